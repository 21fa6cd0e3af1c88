"""Rows of a standard of norms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from allowances.made import norm_of
from shuiheng.allowances.use_norm import NormLevel, is_in_force, level_value
from shuiheng.rules.parameter import Mark


def test_a_norm_has_a_value_for_each_level_that_it_gives() -> None:
    norm = norm_of(leader=None)
    assert [level_value(norm, level) for level in NormLevel] == [Decimal(25), Decimal(10), None]


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2021-12-31", False), ("2022-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_a_norm_holds_from_its_first_day_until_another_begins(day: str, holds: bool) -> None:
    norm = norm_of(valid_from=date(2022, 1, 1), valid_to=date(2026, 1, 1))
    assert is_in_force(norm, on=date.fromisoformat(day)) is holds


def test_a_norm_is_believed_from_its_record_until_its_withdrawal() -> None:
    norm = norm_of(recorded_on=date(2023, 1, 1), withdrawn_on=date(2024, 1, 1))
    asked = date(2023, 6, 1)
    known = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1), None]
    assert [is_in_force(norm, on=asked, known_on=day) for day in known] == [False, True, True, False, False]


def test_a_norm_binds_only_when_found_and_checked() -> None:
    assert norm_of().citation.is_binding
    assert not norm_of(check=None).citation.is_binding
    assert not norm_of(mark=Mark.KNOWN).citation.is_binding


def test_a_citation_names_table_and_page() -> None:
    assert norm_of(table="表 3", page="12").citation.clause == "表 3 p. 12"
    assert norm_of().citation.rule == "norms/made-up-norms/n1"
