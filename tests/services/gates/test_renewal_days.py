"""The calendar holds the last days of asking for renewal, of permits of which nobody has asked yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.gates.made import a_permit, a_user
from shuiheng.adapters.records.models import Account
from shuiheng.services.gates.permit_book import PermitNote, note_permit
from shuiheng.services.gates.renewal_days import renewal_due_days
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
LEAD = 45


def _due(officer: Account, first: date, last: date) -> list[tuple[date, str]]:
    found = renewal_due_days(sight(officer, Action.GATES_LOOK), first, last)
    return [(each.on, each.title.split()[0]) for each in found]


def test_renewal_is_due_so_many_days_before_the_end_at_both_sides_of_the_window(officer: Account) -> None:
    user, today = a_user(officer), timezone.localdate()
    due = today + timedelta(days=30)
    a_permit(officer, user=user, ends=due + timedelta(days=LEAD), number="甲")
    a_permit(officer, user=user, ends=due + timedelta(days=LEAD + 1), number="乙")
    a_permit(officer, user=user, ends=None, number="丙")
    assert _due(officer, today, due) == [(due, "甲")]
    assert _due(officer, due + timedelta(days=1), due + timedelta(days=9)) == [
        (due + timedelta(days=1), "乙")
    ]


def test_who_has_asked_is_left_out(officer: Account) -> None:
    today = timezone.localdate()
    permit = a_permit(officer, ends=today + timedelta(days=LEAD + 5))
    assert len(_due(officer, today, today + timedelta(days=9))) == 1
    note_permit(officer, permit.pk, PermitNote(kind="renewal_asked", on=today, note="申请"))
    assert _due(officer, today, today + timedelta(days=9)) == []
