"""Use beside the norms of what a user makes and serves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from allowances.made import activity_of, norm_of
from shuiheng.allowances.norm_evaluation import NormGrade, evaluate_use, over_norm_finding

OFFICE = activity_of(100, norm=norm_of(leader=Decimal(5)))


@pytest.mark.parametrize(
    ("use", "grade"),
    [
        ("500", NormGrade.LEADER),
        ("500.001", NormGrade.ADVANCED),
        ("1000", NormGrade.ADVANCED),
        ("1000.001", NormGrade.QUALIFIED),
        ("2500", NormGrade.QUALIFIED),
        ("2500.001", NormGrade.OVER),
    ],
)
def test_a_figure_that_is_just_reached_belongs_to_the_better_grade(use: str, grade: NormGrade) -> None:
    assert evaluate_use(Decimal(use), (OFFICE,)).grade is grade


def test_several_products_are_held_against_the_sum_of_their_norms() -> None:
    cloth = activity_of(10, norm=norm_of(id="cloth", unit="m³/t", general=Decimal(50), advanced=Decimal(40)))
    evaluation = evaluate_use(Decimal(2400), (OFFICE, cloth))
    assert (evaluation.allowed_m3, evaluation.ratio, evaluation.unit_use) == (3000, Decimal("0.8"), None)


def test_use_per_unit_is_told_in_the_unit_of_the_norm() -> None:
    beds = activity_of(
        1000, unit="床·d", norm=norm_of(unit="L/(床·d)", general=Decimal(804), advanced=Decimal(440))
    )
    evaluation = evaluate_use(Decimal(402), (beds,))
    assert (evaluation.unit_use, evaluation.grade) == (402, NormGrade.ADVANCED)


def test_a_factor_raises_what_is_allowed_and_not_the_use_per_unit() -> None:
    evaluation = evaluate_use(Decimal(2500), (activity_of(100, factor=Decimal("1.25")),))
    assert (evaluation.allowed_m3, evaluation.unit_use) == (3125, 25)


def test_a_level_that_one_activity_lacks_does_not_count() -> None:
    lacking = activity_of(10, norm=norm_of(advanced=None))
    assert evaluate_use(Decimal(1), (OFFICE, lacking)).grade is NormGrade.QUALIFIED


@pytest.mark.parametrize(
    ("use", "amount", "missing"),
    [(None, 100, ("year_use",)), (Decimal(5), None, ("activity",)), (None, None, ("activity", "year_use"))],
)
def test_without_use_or_activity_there_is_no_grade(use: Any, amount: Any, missing: tuple[str, ...]) -> None:
    evaluation = evaluate_use(use, (activity_of(amount),))
    assert (evaluation.grade, evaluation.missing) == (NormGrade.UNKNOWN, missing)


def test_use_without_any_activity_is_over_and_has_no_ratio() -> None:
    evaluation = evaluate_use(Decimal(5), (activity_of(0),))
    assert (evaluation.grade, evaluation.ratio) == (NormGrade.OVER, None)


def test_only_use_above_the_norm_is_a_finding() -> None:
    found = over_norm_finding("u1", evaluate_use(Decimal(2501), (OFFICE,)))
    assert found is not None and dict(found.values)["allowed_m3"] == "2500"
    assert over_norm_finding("u1", evaluate_use(Decimal(2500), (OFFICE,))) is None
    assert over_norm_finding("u1", evaluate_use(None, (OFFICE,))) is None
