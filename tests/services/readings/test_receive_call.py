"""A program's call is kept as it came, once, and only for meters that its account may bring readings of."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Role
from shuiheng.services.errors import EmptyFileError, NotPermittedError, NotThereError, ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.found_city import found_city
from shuiheng.services.readings.batch_kinds import kind_of
from shuiheng.services.readings.call_errors import CallTooLargeError
from shuiheng.services.readings.receive_call import (
    HTTP_CSV,
    HTTP_JSON,
    MOST_BYTES,
    receive_call,
    units_of_telemetry,
)

pytestmark = pytest.mark.django_db
BODY = b'{"unit":"m3","readings":[{"meter":"A","at":"2026-05-01 01:00","register":1}]}'


def test_the_body_is_kept_as_it_came_and_counts_without_a_persons_word(officer: Account) -> None:
    office = the_office()
    answers = [receive_call(officer, content=BODY, kind=HTTP_JSON, keeper=office.pk) for _ in range(2)]
    batch = LedgerBatch.objects.get()
    assert answers == [{"id": batch.pk, "state": "received"}] * 2
    assert kept_content(batch.stored_name) == BODY and batch.made_by == officer
    assert kind_of(batch).is_direct and batch.original_name.endswith(".json")


def test_a_call_of_another_is_refused_before_its_body_is_looked_at(officer: Account) -> None:
    with pytest.raises(NotPermittedError):
        receive_call(make_account("r", Role.READER), content=b"", kind=HTTP_JSON, keeper=the_office().pk)
    with pytest.raises(NotThereError):
        receive_call(officer, content=b"", kind=HTTP_JSON, keeper=found_city("远山市").pk)


def test_a_body_that_is_none_leaves_no_file(officer: Account) -> None:
    office = the_office().pk
    with pytest.raises(EmptyFileError):
        receive_call(officer, content=b"", kind=HTTP_CSV, keeper=office)
    with pytest.raises(CallTooLargeError):
        receive_call(officer, content=b" " * (MOST_BYTES + 1), kind=HTTP_CSV, keeper=office)
    with pytest.raises(ServiceError, match="payload_not_json"):
        receive_call(officer, content=b"{", kind=HTTP_JSON, keeper=office)
    uploads: Path = settings.UPLOADS
    assert not uploads.exists() and not LedgerBatch.objects.exists()


def test_units_are_those_of_the_rulebook() -> None:
    assert units_of_telemetry().volume["m3"] == 1000
