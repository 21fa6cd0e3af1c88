"""Workdays of the package and of the rulebook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chinese_calendar import constants

from shuiheng.adapters.rulebook import RulebookError, load_workdays
from shuiheng.adapters.rulebook.workdays import read_workdays

NEXT = max(constants.holidays).year + 1


def _folder(folder: Path, years: str) -> Path:
    (folder / "calendar").mkdir()
    text = f"years:\n{years}checked: {{day: null, by: null}}\n"
    (folder / "calendar" / "workdays.yaml").write_text(text, "utf-8")
    return folder


def _year(number: int, free: str, worked: str = "") -> str:
    return f"  - {{year: {number}, notice: 国办发明电, holidays: [{free}], workdays: [{worked}]}}\n"


def test_the_shipped_table_knows_the_make_up_days_of_2026() -> None:
    calendar = load_workdays()
    assert all(
        calendar.is_workday(date(2026, *day)) for day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    )
    assert not calendar.is_workday(date(2026, 2, 23))
    assert calendar.last >= date(2026, 12, 31)


def test_a_year_of_the_rulebook_takes_the_place_of_the_packages_year(tmp_path: Path) -> None:
    calendar = read_workdays(_folder(tmp_path, _year(2026, "2026-03-02", "2026-03-07")))
    assert not calendar.is_workday(date(2026, 3, 2))
    assert calendar.is_workday(date(2026, 3, 7))
    assert calendar.is_workday(date(2026, 10, 1))  # the package's own holidays of that year are gone


def test_a_new_year_makes_the_table_longer(tmp_path: Path) -> None:
    calendar = read_workdays(_folder(tmp_path, _year(NEXT, f"{NEXT}-01-01")))
    assert calendar.last == date(NEXT, 12, 31)


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        (_year(NEXT + 1, f"{NEXT + 1}-01-01"), "missing before"),
        (_year(2026, "2025-10-01"), "not in 2026"),
        (_year(2026, "2026-10-01", "2026-10-01"), "free and worked"),
        (_year(2026, "2026-10-01").replace("notice: 国办发明电, ", ""), "`notice` is missing"),
    ],
)
def test_a_faulty_year_does_not_load(tmp_path: Path, years: str, reason: str) -> None:
    with pytest.raises(RulebookError, match=reason):
        read_workdays(_folder(tmp_path, years))
