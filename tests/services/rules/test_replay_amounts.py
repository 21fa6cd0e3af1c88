"""Each part of a replayed year has the prices of its time, and households are those of a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import City, book, ladder, use_book
from services.rules.proposals import LADDER, a_ladder
from services.rules.replaying import Callbacks, a_proposal, city, found_of
from shuiheng.adapters.records.models import ActivityFact
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.charges.households import HOUSEHOLDS
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.rules import replay
from shuiheng.services.rules.local_rules import propose_rule

__all__ = ["city"]
pytestmark = pytest.mark.django_db


def _two_prices(since: date) -> Rulebook:
    """Return rules by which water costs 3.00 and then 5.00 a cubic metre, without sewage fee."""
    made = book(sewage_fee=None)
    rule = made["charges/non_household_price"]
    later = replace(rule.values[0], valid_from=since, value={"all": Decimal(5)})
    return Rulebook({**made, rule.id: replace(rule, values=(*rule.values, later))})


@pytest.mark.parametrize(
    "changed",
    [
        (date(2025, 7, 1), "month", 6 * 60 * 300 + 6 * 60 * 500),
        (date(2025, 7, 1), "quarter", 6 * 60 * 300 + 6 * 60 * 500),
        # the first 360 m³ over plan arose in layers: January at 3.00, and the rest of the year at 5.00
        (date(2025, 2, 1), "year_to_date", 60 * 300 + 11 * 60 * 500),
    ],
)
def test_each_part_of_a_year_has_the_prices_of_its_time(
    city: City,
    django_capture_on_commit_callbacks: Callbacks,
    monkeypatch: pytest.MonkeyPatch,
    changed: tuple[date, str, int],
) -> None:
    """60 m³ over plan a month at one times the price."""
    since, period, old = changed
    made = _two_prices(since)
    flat = {**ladder(period), "bands": ({"multiple": Decimal(1)},)}
    held = replace(made[LADDER].values[0], value=flat)
    made = Rulebook({**made, LADDER: replace(made[LADDER], values=(held,))})
    use_book(monkeypatch, made)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: made)
    city.user("甲厂", litres=dict.fromkeys(range(1, 13), 160_000))
    row = a_proposal(city, period=period, bands=[{"multiple": "2"}])
    totals = found_of(city, django_capture_on_commit_callbacks, row)["totals"]
    assert (totals["old"], totals["new"]) == (old, 2 * old)


def test_households_of_a_replay_are_those_of_a_run(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """12 m³ a month: 10 × 2 + 2 × 3 of one household, 12 × 2 where the meter is shared."""
    for name, households in (("王家", 1), ("小区", 30)):
        user = city.user(name, litres=dict.fromkeys(range(1, 13), 12_000), plan=None)
        city.restate(user, price_class="residential")
        ActivityFact.objects.create(
            subject=user,
            code=HOUSEHOLDS,
            unit="户",
            amount=households,
            valid_from=date(2020, 1, 1),
            recorded_at=user.created_at,
        )
    tiers = [{"up_to": "10", "supply": "2"}, {"supply": "4"}]
    value = {"period": "month", "tiers": tiers, "shared": {"supply": "3"}}
    row = propose_rule(
        city.clerk, city.metered.place.pk, a_ladder(rule="charges/household_tiers", value=value)
    )
    found = found_of(city, django_capture_on_commit_callbacks, row, RunKind.HOUSEHOLD)
    by_name = {each["name"]: (each["old"] // 12, each["new"] // 12) for each in found["rows"]}
    assert by_name == {"王家": (2600, 2800), "小区": (2400, 3600)}
