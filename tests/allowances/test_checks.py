"""What may be wrong with a year's allowances."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from allowances.made import activity_of, norm_of, record, value_of
from shuiheng.allowances.checks import (
    CheckLimits,
    PlannedRow,
    check_caps,
    check_factor,
    check_row,
    missing_inputs,
)
from shuiheng.allowances.cuts import CutsRule, cuts_rule_of
from shuiheng.allowances.model import Unknown
from shuiheng.allowances.shortage import Cap, Claim

LIMITS = CheckLimits(jump_share=Decimal("0.3"))
NO_CUT = cuts_rule_of(value_of(record(forbidden=["saved_water"]), rule="allowances/cuts"))


def _row(m3: int = 1000, **fields: Any) -> PlannedRow:
    claim = Claim(key="u1/s1", m3=Decimal(m3), district="1", water=fields.pop("water", "surface"))
    return PlannedRow(claim=claim, **fields)


def _codes(row: PlannedRow, cuts: CutsRule | None = None) -> list[str]:
    return [each.code.removeprefix("allowances.") for each in check_row(row, limits=LIMITS, cuts=cuts)]


@pytest.mark.parametrize(("cap", "is_above"), [(2000, False), ("1999.999", True)])
def test_allowances_may_reach_the_cap_and_not_pass_it(cap: Any, is_above: bool) -> None:
    found = list(check_caps([_row(), _row()], [Cap(m3=Decimal(cap))]))
    assert [each.code for each in found] == ["allowances.above_cap"] * is_above


def test_a_cap_counts_what_it_covers() -> None:
    rows = [_row(), _row(water="ground")]
    caps = [Cap(m3=Decimal(999), water="ground"), Cap(m3=Decimal(999), water="other")]
    assert [each.subject for each in check_caps(rows, caps)] == ["ground"]


@pytest.mark.parametrize(("permit", "codes"), [(1000, []), (999, ["above_permit"]), (None, [])])
def test_an_allowance_stays_within_its_permit(permit: int | None, codes: list[str]) -> None:
    assert _codes(_row(permit_m3=None if permit is None else Decimal(permit))) == codes


def test_more_than_was_proposed_is_told() -> None:
    assert _codes(_row(proposal_m3=Decimal(999))) == ["above_proposal"]
    assert _codes(_row(proposal_m3=Decimal(1000))) == []


@pytest.mark.parametrize(
    ("last", "codes"),
    [
        ("1428.571", []),
        ("1428.572", ["far_from_last_year"]),
        ("769.231", []),
        ("769.230", ["far_from_last_year"]),
        ("0", ["far_from_last_year"]),
    ],
)
def test_a_jump_against_last_year_is_told_on_both_sides(last: str, codes: list[str]) -> None:
    assert _codes(_row(last_use_m3=Decimal(last))) == codes


def test_months_without_use_and_months_not_known_are_two_things() -> None:
    months = (Decimal(0), None, *[Decimal(5)] * 10)
    found = list(check_row(_row(last_months=months), limits=LIMITS))
    assert [(each.code, each.evidence) for each in found] == [
        ("allowances.months_without_use", "1"),
        ("allowances.months_unknown", "2"),
    ]


def test_a_cut_for_saving_is_told_where_the_place_forbids_it() -> None:
    row = _row(last_allowance_m3=Decimal(1001), has_saved=True)
    assert _codes(row, NO_CUT) == ["cut_for_saving"]
    assert _codes(row) == []
    assert _codes(_row(last_allowance_m3=Decimal(1001)), NO_CUT) == []
    assert _codes(_row(last_allowance_m3=Decimal(1000), has_saved=True), NO_CUT) == []


def test_an_account_without_a_figure_says_what_is_missing() -> None:
    found = missing_inputs("u1/s1", Unknown(missing=("norm", "year_use")))
    assert dict(found.values) == {"account": "u1/s1", "missing": "norm, year_use"}


@pytest.mark.parametrize(
    ("factor", "is_within"), [("0.7", True), ("1.2", True), ("0.69", False), ("1.21", False)]
)
def test_a_factor_lies_in_the_range_of_its_norm(factor: str, is_within: bool) -> None:
    norm = norm_of(factors=(Decimal("0.7"), Decimal("1.2")))
    assert (check_factor("u1", activity_of(norm=norm, factor=Decimal(factor))) is None) is is_within


def test_a_norm_without_a_range_bears_no_factor() -> None:
    assert check_factor("u1", activity_of()) is None
    assert check_factor("u1", activity_of(factor=Decimal("1.1"))) is not None
