"""Documents of a user are kept once, opened by whoever may see the user, and each look is written down."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from office import the_office
from shuiheng.adapters.records.models import Account, Event, LedgerDocument, Role, WaterUser
from shuiheng.services.errors import EmptyFileError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.keep_document import DocumentFields, add_document, document_file
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

pytestmark = pytest.mark.django_db
WHAT = DocumentFields(kind="contract", title="供水合同", on=date(2026, 1, 1))
TEXT = "供水合同正文".encode()


@pytest.fixture
def user(officer: Account) -> WaterUser:
    fields = WaterUserFields(name="青禾印染厂", district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=date(2025, 1, 1))


def test_the_same_file_is_kept_once_and_every_look_is_told(officer: Account, user: WaterUser) -> None:
    rows = {add_document(officer, user.pk, WHAT, content=TEXT, name="合同.txt").pk for _ in range(2)}
    assert document_file(officer, rows.pop()).content == TEXT and not rows
    told = Event.objects.filter(subject=f"water_user:{user.pk}").values_list("action", flat=True)
    assert {"water_user.document_added", "water_user.document_opened"} <= set(told)


def test_what_cannot_be_kept_is_refused(officer: Account, user: WaterUser) -> None:
    with pytest.raises(EmptyFileError):
        add_document(officer, user.pk, WHAT, content=b"", name="合同.txt")
    with pytest.raises(ServiceError, match="evidence_kind"):
        add_document(officer, user.pk, WHAT, content=b"MZ", name="run.exe")
    untitled = DocumentFields(kind="contract", title=" ", on=date(2026, 1, 1))
    with pytest.raises(ServiceError, match="field=title"):
        add_document(officer, user.pk, untitled, content=TEXT, name="合同.txt")
    assert not LedgerDocument.objects.exists()


def test_a_changed_file_and_that_of_another_city_are_not_there(officer: Account, user: WaterUser) -> None:
    row = add_document(officer, user.pk, WHAT, content=TEXT, name="合同.txt")
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    with pytest.raises(NotThereError):
        document_file(stranger, row.pk)
    (settings.UPLOADS / row.stored_name).write_bytes(b"other")
    with pytest.raises(NotThereError):
        document_file(officer, row.pk)
