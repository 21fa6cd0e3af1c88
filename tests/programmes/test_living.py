"""Living status: readings put a result at risk by themselves, and say why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from programmes.made import criteria, criterion, day, ground, kind, state, to_award, yes
from shuiheng.programmes.criteria import CriterionRule, Slope
from shuiheng.programmes.events import Revoked
from shuiheng.programmes.living import Holding, LivingStatus, living_status
from shuiheng.programmes.scoring import score_of
from shuiheng.rules.conditions import FactValue, Group

TREE = criteria(
    criterion("law", CriterionRule.VETO, passes=Group(parts=yes("breach").parts, is_negated=True)),
    criterion("norm", CriterionRule.VETO, passes=yes("within_norm"), is_watched=True),
    criterion("care", CriterionRule.MANUAL, "70"),
    criterion(
        "leak",
        CriterionRule.LINEAR,
        "30",
        fact="leak_rate",
        slope=Slope(zero_at=Decimal("0.10"), full_at=Decimal(0)),
        is_watched=True,
    ),
)
GOOD: dict[str, FactValue] = {
    "within_norm": True,
    "breach": False,
    "points:care": Decimal(70),
    "leak_rate": Decimal("0.05"),
}


TODAY = day(30)


def _status(on: date = TODAY, due: date | None = None, **facts: FactValue) -> LivingStatus:
    score = score_of(kind(criteria=TREE), TREE, ground(on, **facts))
    return living_status(state(to_award()), on=on, score=score, recheck_due_on=due)


def test_a_result_that_its_readings_bear_out_is_valid() -> None:
    status = _status(**GOOD)
    assert (status.holding, status.broken, status.unknown) == (Holding.VALID, (), ())


@pytest.mark.parametrize(
    ("changed", "broken", "is_below"),
    [
        ({"within_norm": False}, ["norm"], False),
        ({"breach": True}, ["law"], False),
        ({"leak_rate": Decimal("0.10")}, ["leak"], False),
        ({"points:care": Decimal(0)}, [], True),
    ],
)
def test_readings_that_break_a_criterion_put_it_at_risk_with_the_reason(
    changed: dict[str, FactValue], broken: list[str], is_below: bool
) -> None:
    status = _status(**{**GOOD, **changed})
    assert status.holding is Holding.AT_RISK
    assert [line.criterion.id for line in status.broken] == broken
    assert status.is_below_mark is is_below


def test_what_is_unknown_puts_nothing_at_risk_and_is_named() -> None:
    status = _status()
    assert (status.holding, status.unknown) == (Holding.VALID, ("within_norm", "leak_rate"))


def test_the_last_day_and_the_day_of_the_recheck_decide_too() -> None:
    last = day(20 + 3 * 365)
    assert _status(last, **GOOD).holding is Holding.VALID
    assert _status(day(20 + 3 * 365 + 1), **GOOD).holding is Holding.EXPIRED
    assert _status(due=day(30), **GOOD).holding is Holding.VALID
    assert _status(due=day(29), **GOOD).holding is Holding.RECHECK_DUE
    assert _status(due=day(29), **{**GOOD, "within_norm": False}).holding is Holding.AT_RISK


def test_only_what_was_reached_and_not_taken_away_lives() -> None:
    revoked = state([*to_award(), Revoked(on=day(25), by="head", reason="fraud")])
    assert living_status(revoked, on=day(30)).holding is Holding.REVOKED
    assert living_status(state(to_award()[:5]), on=day(30)).holding is Holding.NOT_REACHED
    assert living_status(state(to_award()), on=day(30)).holding is Holding.VALID
