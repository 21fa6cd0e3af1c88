"""The renewal of a permit is a checklist of its own, opened once at a time."""

from __future__ import annotations

import pytest

from services.gates.made import a_permit
from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.errors import NotPermittedError
from shuiheng.services.gates.keep_project import close_project
from shuiheng.services.gates.renewals import begin_renewal

pytestmark = pytest.mark.django_db


def test_an_open_renewal_is_returned_and_a_closed_one_is_followed_by_another(officer: Account) -> None:
    permit = a_permit(officer)
    first = begin_renewal(officer, permit.pk)
    assert begin_renewal(officer, permit.pk) == first
    assert (first.kind, first.stage, first.owner) == ("renewal", "renewal", permit.source.user.organisation)
    close_project(officer, first.pk, reason="已办结")
    assert begin_renewal(officer, permit.pk) != first
    assert Event.objects.filter(action="project.renewal_opened").count() == 2


def test_a_reader_opens_none(officer: Account, reader: Account) -> None:
    permit = a_permit(officer)
    with pytest.raises(NotPermittedError):
        begin_renewal(reader, permit.pk)
