"""The office is reminded before the last day; silence grants only where the rule says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from shuiheng.adapters.records.models import Account, AllowanceEntry, EntryState, Message
from shuiheng.services.allowances.change_allowance import Wanted, ask_change
from shuiheng.services.allowances.watch_applications import BY_SILENCE, watch_applications

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _asked(city: PlannedCity, **rule: str) -> AllowanceEntry:
    local_rule(city.clerk, "allowances/adjustment", {"decide_within": "5", **rule})
    published_round(city)
    months = [Decimal(0)] * 11 + [Decimal(500)]
    wanted = Wanted(months=months, reason="扩产")
    return ask_change(city.filer(city.mill), city.allowance(city.mill).pk, "increase", wanted)


def test_the_office_is_reminded_two_workdays_before_and_once(city: PlannedCity) -> None:
    entry = _asked(city)
    assert entry.due_on == date(2026, 5, 27)
    reminders = Message.objects.filter(kind="allowance_answer_due")
    watch_applications(date(2026, 5, 22))
    assert reminders.count() == 0
    for _ in range(2):
        assert watch_applications(date(2026, 5, 25)) == 0
    assert reminders.count() == 1 and "2026-05-27" in reminders.get().text


def test_silence_grants_nothing_unless_the_rule_says_so(city: PlannedCity) -> None:
    entry = _asked(city)
    assert watch_applications(date(2026, 6, 30)) == 0
    entry.refresh_from_db()
    assert entry.state == EntryState.ASKED


def test_by_a_rule_of_silence_it_is_granted_after_the_last_day_and_not_on_it(city: PlannedCity) -> None:
    entry = _asked(city, silence="granted")
    assert watch_applications(date(2026, 5, 27)) == 0
    assert watch_applications(date(2026, 5, 28)) == 1
    entry.refresh_from_db()
    assert (entry.state, entry.decision, entry.decided_by) == (EntryState.APPROVED, BY_SILENCE, None)
    assert watch_applications(date(2026, 5, 28)) == 0
