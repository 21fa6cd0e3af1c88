"""What a target asks follows its words: the comparison, its day, and where its path begins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.indicators.definition import Better
from shuiheng.kernel.comparison import Comparison
from shuiheng.services.indicators.judging_desk import PlanFrame
from shuiheng.services.indicators.target_ask import DEADLINE_OF_PLAN, ask_of, comparison_of, term_of

FRAME = PlanFrame(first_on=date(2020, 12, 31), last_on=date(2025, 12, 31))
ON = date(2023, 5, 1)


def _target(**changes: object) -> RegisterTarget:
    plain = {"kind": "level", "op": "=", "value": Decimal(10), "unit": "%", "deadline": date(2022, 12, 31)}
    return RegisterTarget(**{**plain, **changes})


@pytest.mark.parametrize(
    ("op", "kind", "better", "expected"),
    [
        (">=", "level", Better.HIGHER, Comparison.AT_LEAST),
        (">", "level", Better.HIGHER, Comparison.ABOVE),
        ("<", "level", Better.LOWER, Comparison.BELOW),
        ("=", "level", Better.LOWER, Comparison.AT_MOST),
        ("=", "level", Better.HIGHER, Comparison.AT_LEAST),
        ("=", "reduction", Better.LOWER, Comparison.AT_LEAST),
        ("=", "count", None, Comparison.AT_LEAST),
        ("~", "count", None, Comparison.AT_LEAST),
    ],
)
def test_a_bare_number_asks_for_the_good_side(
    op: str, kind: str, better: Better | None, expected: Comparison
) -> None:
    assert comparison_of(_target(op=op, kind=kind), better) is expected


def test_without_a_day_the_end_of_the_plan_counts_and_is_said() -> None:
    term = term_of(_target(deadline=None), FRAME, ON)
    assert term is not None and (term.deadline, term.notes) == (date(2025, 12, 31), (DEADLINE_OF_PLAN,))
    endless = PlanFrame(first_on=FRAME.first_on, last_on=None)
    assert term_of(_target(deadline=None), endless, ON) is None


def test_a_path_begins_at_the_base_year_else_with_the_plan() -> None:
    with_base = term_of(_target(baseline_year=2015), FRAME, ON)
    plain = term_of(_target(), FRAME, ON)
    assert with_base is not None and with_base.first_on == date(2015, 12, 31)
    assert plain is not None and plain.first_on == FRAME.first_on and plain.notes == ()


@pytest.mark.parametrize(
    ("on", "whole", "expected"),
    [
        (date(2023, 5, 1), False, 2023),
        (date(2023, 5, 1), True, 2022),
        (date(2023, 12, 31), True, 2023),
        (date(2031, 1, 1), False, 2025),
        (date(2020, 1, 1), False, 2021),
    ],
)
def test_a_yearly_target_is_that_of_one_year_within_the_plan(on: date, whole: bool, expected: int) -> None:
    target = _target(is_annual=True, deadline=None)
    term = term_of(target, FRAME, on, last_whole_year=whole)
    assert term is not None
    assert (term.first_on, term.deadline) == (date(expected - 1, 12, 31), date(expected, 12, 31))


def test_a_milestone_asks_for_one_and_a_range_of_things_for_its_lower_end() -> None:
    term = term_of(_target(), FRAME, ON)
    assert term is not None
    milestone = _target(kind="milestone", value=None, unit="")
    assert ask_of(milestone, term, base=Decimal(0)).limit == 1
    assert ask_of(milestone, term, base=None, better=Better.LOWER).limit is None
    some = ask_of(_target(kind="count", op="~", value_max=Decimal(12)), term, base=Decimal(0))
    level = ask_of(_target(op="~", value_max=Decimal(12)), term, base=None, better=Better.HIGHER)
    assert (some.limit, some.upper, level.upper) == (10, None, 12)


def test_a_share_takes_the_place_of_the_number_of_the_plan() -> None:
    term = term_of(_target(), FRAME, ON)
    assert term is not None
    assert ask_of(_target(), term, base=None, limit=Decimal(3)).limit == 3
