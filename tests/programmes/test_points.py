"""Points of a criterion: each rule at both sides of its limits, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from programmes.made import criterion, ground, yes
from shuiheng.programmes.criteria import Band, Criterion, CriterionRule, Slope
from shuiheng.programmes.errors import BadPointsError
from shuiheng.programmes.points import points_of
from shuiheng.rules.conditions import Operator

D = Decimal


def _sure(leaf: Criterion, **facts: Any) -> Decimal:
    found = points_of(leaf, ground(**facts))
    assert found.least == found.most
    return found.least


def test_a_threshold_gives_all_or_nothing() -> None:
    leaf = criterion("rules", CriterionRule.THRESHOLD, "8", passes=yes("has_rules"))
    assert _sure(leaf, has_rules=True) == 8
    assert _sure(leaf, has_rules=False) == 0


BANDS = (
    Band(operator=Operator.AT_LEAST, limit=D("1"), points=D(8)),
    Band(operator=Operator.AT_LEAST, limit=D("0.95"), points=D(4)),
)


@pytest.mark.parametrize(("rate", "points"), [("1", 8), ("0.9999", 4), ("0.95", 4), ("0.9499", 0)])
def test_the_first_band_that_holds_counts(rate: str, points: int) -> None:
    leaf = criterion("meters", CriterionRule.STEP, "8", fact="rate", bands=BANDS)
    assert _sure(leaf, rate=D(rate)) == points


@pytest.mark.parametrize(
    ("rate", "points"), [("0.40", "0"), ("0.50", "0"), ("0.60", "2.5"), ("0.90", "10"), ("0.95", "10")]
)
def test_points_rise_in_a_line(rate: str, points: str) -> None:
    leaf = criterion(
        "reuse", CriterionRule.LINEAR, "10", fact="rate", slope=Slope(zero_at=D("0.5"), full_at=D("0.9"))
    )
    assert _sure(leaf, rate=D(rate)) == D(points)


@pytest.mark.parametrize(
    ("rate", "points"),
    [
        ("0.01", "10"),
        ("0.02", "10"),
        ("0.029", "10"),
        ("0.03", "8"),
        ("0.069", "2"),
        ("0.07", "0"),
        ("0.2", "0"),
    ],
)
def test_only_whole_steps_take_points_off_and_less_may_be_better(rate: str, points: str) -> None:
    slope = Slope(zero_at=D("0.07"), full_at=D("0.02"), per=D("0.01"))
    leaf = criterion("leak", CriterionRule.LINEAR, "10", fact="rate", slope=slope)
    assert _sure(leaf, rate=D(rate)) == D(points)


@pytest.mark.parametrize(("rate", "points"), [("0.06", "2"), ("0.069", "2"), ("0.07", "0")])
def test_steps_that_do_not_fill_the_way_leave_nothing_at_its_end(rate: str, points: str) -> None:
    slope = Slope(zero_at=D("0.07"), full_at=D("0.02"), per=D("0.02"))
    leaf = criterion("leak", CriterionRule.LINEAR, "10", fact="rate", slope=slope)
    assert _sure(leaf, rate=D(rate)) == D(points)


def test_a_person_gives_points_within_what_there_is() -> None:
    leaf = criterion("care", CriterionRule.MANUAL, "10")
    assert _sure(leaf, **{"points:care": D("7.5")}) == D("7.5")
    for wrong in ("-0.1", "10.1"):
        with pytest.raises(BadPointsError):
            points_of(leaf, ground(**{"points:care": D(wrong)}))


@pytest.mark.parametrize(
    ("leaf", "missing"),
    [
        (criterion("a", CriterionRule.MANUAL, "10"), "points:a"),
        (criterion("b", CriterionRule.THRESHOLD, "10", passes=yes("has_rules")), "has_rules"),
        (criterion("c", CriterionRule.STEP, "10", fact="rate", bands=BANDS), "rate"),
    ],
)
def test_what_is_unknown_lies_between_nothing_and_all(leaf: Criterion, missing: str) -> None:
    found = points_of(leaf, ground())
    assert (found.least, found.most, found.missing) == (0, 10, (missing,))


def test_the_arithmetic_shows_the_figures() -> None:
    leaf = criterion(
        "reuse", CriterionRule.LINEAR, "10", fact="rate", slope=Slope(zero_at=D("0.5"), full_at=D("0.9"))
    )
    found = points_of(leaf, ground(rate=D("0.6")))
    assert found.formula == "10 × (0.6 − 0.5) ÷ (0.9 − 0.5)"
    assert (found.terms[0].label, found.terms[0].origin) == ("rate", "test:rate")
