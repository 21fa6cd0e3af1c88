"""Users and authorities are reminded once of each step of a permit, and of the yearly report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from services.gates.made import a_permit, a_user
from shuiheng.adapters.records.models import Account, Message
from shuiheng.services.gates.permit_book import PermitNote, note_permit
from shuiheng.services.gates.watch_permits import remind_permits, watch_permits

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


def _kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_a_permit_is_reminded_of_when_near_and_again_when_late(officer: Account) -> None:
    a_permit(officer, ends=JUNE + timedelta(days=90))
    assert remind_permits(JUNE - timedelta(days=1)) == 0
    assert remind_permits(JUNE) == 1
    assert remind_permits(JUNE + timedelta(days=1)) == 0
    assert remind_permits(JUNE + timedelta(days=46)) == 1
    assert _kinds() == ["permit_near", "permit_late"]


def test_who_has_asked_is_not_reminded(officer: Account) -> None:
    today = timezone.localdate()
    permit = a_permit(officer, ends=today + timedelta(days=30))
    note_permit(officer, permit.pk, PermitNote(kind="renewal_asked", on=today, note="申请书"))
    assert not [kind for kind in _kinds() if kind != "permit_report"]
    remind_permits(today)
    assert not {"permit_near", "permit_late"} & set(_kinds())


def test_the_yearly_report_is_reminded_of_in_december_only(officer: Account) -> None:
    user = a_user(officer)
    a_permit(officer, user=user, ends=date(2030, 1, 1))
    assert remind_permits(date(2026, 11, 30)) == 0
    assert remind_permits(date(2026, 12, 1)) == 1
    assert remind_permits(date(2026, 12, 31)) == 0
    assert _kinds() == ["permit_report"]


def test_the_worker_looks_once_a_day(officer: Account) -> None:
    cache.delete("gates.watched_on")
    a_permit(officer, ends=timezone.localdate() + timedelta(days=60))
    watch_permits()
    count = Message.objects.count()
    assert count >= 1
    a_permit(officer, user=a_user(officer, "另一家"), ends=timezone.localdate() + timedelta(days=60))
    watch_permits()
    assert Message.objects.count() == count
