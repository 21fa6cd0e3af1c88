"""An application is approved or rejected by another person, once, within what is possible."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from shuiheng.adapters.records.models import Account, AllowanceEntry, EntryState, Message
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.services.allowances.change_allowance import Wanted, ask_change
from shuiheng.services.allowances.decide_change import Answer, barring_reasons, decide_change
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    found = planned_city(officer)
    published_round(found)
    return found


def _ask(city: PlannedCity, kind: str, months: dict[int, int]) -> AllowanceEntry:
    filer = city.filer(city.mill)
    wanted = Wanted(months=[Decimal(months.get(month, 0)) for month in range(1, 13)], reason="扩产")
    return ask_change(filer, city.allowance(city.mill).pk, kind, wanted)


def _year(city: PlannedCity) -> Decimal:
    seen = sight(city.leader, Action.ALLOWANCES_LOOK)
    return effective_months(seen, year=2026, on=DAY)[city.allowance(city.mill).pk].year_m3


def test_what_is_approved_counts_from_today_and_the_user_is_told(city: PlannedCity) -> None:
    entry = _ask(city, "increase", {6: 500})
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    entry.refresh_from_db()
    assert (entry.state, entry.effective_on, entry.decided_by) == (EntryState.APPROVED, DAY, city.reviewer)
    assert _year(city) == 12_500
    assert Message.objects.filter(kind="allowance_change_approved").count() == 1
    with pytest.raises(WrongStateError):
        decide_change(city.reviewer, entry.pk, Answer(is_approved=False, reason="x"))


def test_a_rejection_needs_its_reason_and_changes_nothing(city: PlannedCity) -> None:
    entry = _ask(city, "increase", {6: 500})
    with pytest.raises(ServiceError) as error:
        decide_change(city.reviewer, entry.pk, Answer(is_approved=False))
    assert error.value.code == "allowances.reason_needed"
    decide_change(city.reviewer, entry.pk, Answer(is_approved=False, reason="未做水平衡测试"))
    assert _year(city) == 12_000
    with pytest.raises(NotPermittedError):
        decide_change(city.clerk, entry.pk, Answer(is_approved=True))


def test_two_decreases_that_together_leave_less_than_nothing_are_not_both_approved(city: PlannedCity) -> None:
    first, second = _ask(city, "decrease", {6: -600}), _ask(city, "decrease", {6: -600})
    decide_change(city.reviewer, first.pk, Answer(is_approved=True))
    with pytest.raises(ServiceError) as error:
        decide_change(city.reviewer, second.pk, Answer(is_approved=True))
    assert error.value.code == "allowances.below_zero"
    second.refresh_from_db()
    assert (second.state, second.effective_on) == (EntryState.ASKED, None)


def test_nothing_is_added_where_the_place_bars_it(city: PlannedCity) -> None:
    local_rule(city.clerk, "allowances/increase_barred", {"reasons": ["over_norm", "surcharge_owed"]})
    entry = _ask(city, "increase", {6: 500})
    assert barring_reasons(entry.allowance) == ("over_norm", "surcharge_owed")
    with pytest.raises(ServiceError) as error:
        decide_change(city.reviewer, entry.pk, Answer(is_approved=True, circumstances=["over_norm"]))
    assert error.value.code == "allowances.increase_barred"
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True, circumstances=["weather"]))
    assert _year(city) == 12_500
