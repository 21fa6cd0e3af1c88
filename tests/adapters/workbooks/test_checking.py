from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.workbooks.making import (
    FORM,
    RULES,
    cell_set,
    changed,
    checked,
    codes,
    form_with,
    honest_rows,
)
from shuiheng.adapters.workbooks import StampRules, check, checking, read_workbook
from shuiheng.kernel import Severity

ISSUED = form_with(honest_rows(3))


def test_a_file_of_another_form_or_unit_is_refused_before_its_rows_are_read() -> None:
    table = read_workbook(ISSUED, name="a.xlsx")
    foreign = check(table, replace(FORM, id="other"), rules=RULES)
    assert (codes(foreign), foreign.rows, foreign.can_commit) == (["foreign_template"], (), False)
    other = check(table, FORM, rules=replace(RULES, unit="白石市水务局"))
    assert codes(other) == ["other_unit"]


def test_headings_that_are_gone_are_told() -> None:
    assert codes(checked(changed(ISSUED, lambda page: page.delete_rows(2)))) == ["header_not_found"]
    assert codes(checked(cell_set(ISSUED, I2="别的"))) == ["column_missing"]
    assert codes(checked(cell_set(ISSUED, G2=None))) == []  # an open column that nobody must fill in


def test_a_changed_unit_and_a_column_that_stands_twice_bar_the_file() -> None:
    assert codes(checked(cell_set(ISSUED, I2="实际节水量（m³）"))) == ["column_unit"]
    assert codes(checked(cell_set(ISSUED, N2="进展"))) == ["column_twice"]


def test_a_column_of_the_sender_is_noted_and_kept() -> None:
    outcome = checked(cell_set(ISSUED, N2="我的备注", N5="自用"))
    assert codes(outcome, least=Severity.NOTE) == ["column_unknown"] and outcome.can_commit


def test_the_same_table_on_two_sheets_bars_the_file() -> None:
    def copy(page: object) -> None:
        book = page.parent  # type: ignore[attr-defined]  # a sheet of openpyxl
        book.copy_worksheet(page).title = "备份"

    assert codes(checked(changed(ISSUED, copy))) == ["two_tables"]


def test_a_form_without_any_row_is_told() -> None:
    assert codes(checked(form_with([]))) == ["no_rows"]


def test_columns_may_be_moved_and_our_own_removed() -> None:
    def move(page: object) -> None:
        page.move_range("C1:C20", cols=20)  # type: ignore[attr-defined]  # a sheet of openpyxl
        page.delete_cols(1, 2)  # type: ignore[attr-defined]  # a sheet of openpyxl

    moved = checked(changed(ISSUED, move))
    assert moved.can_commit and [dict(row.values) for row in moved.rows] == honest_rows(3)
    assert moved.table_key == checked(ISSUED).table_key


def test_a_table_without_stamp_is_read_where_none_is_needed() -> None:
    plain = changed(ISSUED, lambda page: page.delete_rows(1))

    def bare(page: object) -> None:
        del page.parent["_shuiheng_stamp"]  # type: ignore[attr-defined]  # a sheet of openpyxl

    table = read_workbook(changed(plain, bare), name="a.xlsx")
    assert codes(check(table, FORM)) == ["no_stamp"]
    outcome = check(table, FORM, rules=StampRules(is_needed=False))
    assert codes(outcome, least=Severity.NOTE) == ["stamp_absent"] and len(outcome.rows) == 3


def test_a_check_tells_how_far_it_is_and_may_be_ended() -> None:
    seen: list[tuple[int, int]] = []
    many = read_workbook(form_with(honest_rows(1200)), name="a.xlsx")
    check(many, FORM, rules=RULES, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(500, 1204), (1000, 1204)]


def test_a_check_stops_where_everything_is_wrong_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_MOST_FINDINGS", 2)
    outcome = checked(cell_set(ISSUED, I5="约1", I6="约1", I7="约1", J5="x"))
    assert codes(outcome)[0] == "check_stopped" and not outcome.can_commit
    assert dict(outcome.findings[0].values) == {"count": "2", "row": "6"}
