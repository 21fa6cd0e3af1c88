"""Rules of a draw from values of the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.errors import BadRuleError
from shuiheng.programmes.draw.rules import (
    SPARED,
    TEAM,
    WEIGHTS,
    draw_rules_of,
    size_of,
    spared_by,
    team_of,
    weights_of,
)
from shuiheng.rules.parameter import Asked, DatedValue, Value


def value(held: Value, rule: str = TEAM) -> DatedValue:
    return DatedValue(
        rule=rule,
        area="",
        valid_from=date(2026, 1, 1),
        value=held,
        source="demo",
        clause="1",
        recorded_on=date(2026, 1, 1),
    )


def test_the_shipped_rules_send_two_and_spare_whom_they_saw_lately() -> None:
    asked = Asked(area="", on=date(2026, 11, 2))
    shipped = {name: shipped_rulebook().value(name, asked) for name in (TEAM, WEIGHTS, SPARED)}
    rules = draw_rules_of(shipped, as_of=date(2026, 11, 2))
    assert rules.team == 2
    assert rules.spared_after is not None
    assert rules.spared_after < date(2026, 11, 2)
    assert set(rules.never_spared) <= set(rules.weights)
    assert rules.weights["D"] > rules.weights["A"]
    assert [each[0] for each in rules.basis] == [TEAM, WEIGHTS, SPARED]


def test_where_no_rule_spares_nobody_is_left_out() -> None:
    rules = draw_rules_of(
        {TEAM: value(Decimal(2)), WEIGHTS: value({"A": Decimal(1)})}, as_of=date(2026, 11, 2)
    )
    assert rules.spared_after is None


def test_months_are_counted_back_to_the_same_day() -> None:
    six = value({"months": Decimal(6), "never": ("D",)})
    assert spared_by(six, as_of=date(2026, 8, 31)) == (date(2026, 2, 28), ("D",))


@pytest.mark.parametrize("held", [Decimal(0), Decimal("1.5"), "two"])
def test_a_team_that_is_no_number_of_persons_is_refused(held: Value) -> None:
    with pytest.raises(BadRuleError):
        team_of(value(held))


@pytest.mark.parametrize("held", [{"A": Decimal(0)}, {"A": "much"}, Decimal(1)])
def test_a_class_that_could_never_be_drawn_is_refused(held: Value) -> None:
    with pytest.raises(BadRuleError):
        weights_of(value(held))


@pytest.mark.parametrize(
    "held", [{"months": Decimal(0)}, {"months": Decimal("0.5")}, {"days": Decimal(3)}, {}]
)
def test_a_time_of_sparing_without_whole_months_is_refused(held: Mapping[str, Value]) -> None:
    with pytest.raises(BadRuleError):
        spared_by(value(held), as_of=date(2026, 11, 2))


def test_a_share_is_rounded_up_and_exact() -> None:
    assert [size_of(count, Decimal("0.1")) for count in (0, 1, 10, 11, 30)] == [0, 1, 1, 2, 3]
