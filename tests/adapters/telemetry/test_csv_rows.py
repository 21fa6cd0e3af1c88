"""Rows of cells."""

from __future__ import annotations

import pytest

from shuiheng.adapters.telemetry.csv_rows import CsvRow, csv_rows, separator_of
from shuiheng.adapters.telemetry.text_lines import Line


def _lines(text: str) -> list[Line]:
    return [Line(at, line) for at, line in enumerate(text.split("\n"), 1)]


def test_a_quoted_cell_may_hold_separators_and_line_ends() -> None:
    found = list(csv_rows(_lines('a,"1,234","two\nlines"\nb,2,3'), separator=","))
    assert found == [CsvRow(1, ["a", "1,234", "two\nlines"]), CsvRow(3, ["b", "2", "3"])]


def test_a_forgotten_quote_costs_its_own_line_only() -> None:
    rows = [f"{at},x" for at in range(2, 60)]
    found = list(csv_rows(_lines("\n".join(['1,"x', *rows])), separator=","))
    assert found[0] == CsvRow(1, [], "quote_open")
    assert [row.cells[0] for row in found[1:]] == [str(at) for at in range(2, 60)]


def test_a_forgotten_quote_before_a_bad_line_does_not_hide_it() -> None:
    lines = [Line(1, '1,"x'), Line(2, "", "line_not_text"), Line(3, "3,y")]
    found = list(csv_rows(lines, separator=","))
    assert [(row.line, row.fault) for row in found] == [(1, "quote_open"), (2, "line_not_text"), (3, "")]


def test_empty_lines_are_left_out() -> None:
    assert [row.line for row in csv_rows(_lines("a,1\n\n  \nb,2"), separator=",")] == [1, 4]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_what_splits_the_lines_alike(separator: str) -> None:
    text = "\n".join(separator.join(["01", "2026-05-01 01:00:00", "12"]) for _ in range(9))
    assert separator_of(_lines("标题，甲；乙\n" + text)) == separator
