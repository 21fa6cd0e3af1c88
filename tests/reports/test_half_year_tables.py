"""The annexed tables of the half-year report."""

from __future__ import annotations

from dataclasses import replace

from reports.made_up import half_year
from shuiheng.reports.half_year_tables import half_year_annexes
from shuiheng.reports.model import Figure, Table, shown
from shuiheng.reports.progress import TaskStatus

ANNEXES = half_year_annexes(half_year())
TABLES = {table.key: table for annex in ANNEXES for table in annex.tables}


def _row(table: Table, first: str) -> list[str]:
    return next([shown(cell) for cell in row] for row in table.rows if shown(row[0]) == first)


def test_every_task_has_one_row_in_the_order_of_the_plan() -> None:
    names = [shown(row[1]) for row in TABLES["tasks"].rows]
    assert names == [task.name for task in half_year().tasks]
    assert [shown(row[0]) for row in TABLES["tasks"].rows] == [str(number) for number in range(1, 13)]


def test_every_row_is_as_long_as_the_head() -> None:
    for table in TABLES.values():
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_the_total_of_units_counts_a_task_with_two_leads_once() -> None:
    units = TABLES["units"]
    assert _row(units, "市水利局")[1] == "12项"
    assert _row(units, "市住房城乡建设局")[1] == "6项"
    assert _row(units, "合计") == ["合计", "12项", "3项", "5项", "2项", "1项", "1项"]


def test_chapters_add_up_to_the_total() -> None:
    rows = [[shown(cell) for cell in row] for row in TABLES["chapters"].rows]
    assert [row[0] for row in rows] == ["农业节水增效", "工业节水减排", "城镇节水降损", "合计"]
    for column in range(1, 7):
        values = [int(row[column].removesuffix("项")) for row in rows]
        assert sum(values[:-1]) == values[-1]


def test_a_column_that_says_nothing_in_any_row_is_left_out() -> None:
    tasks = tuple(task for task in half_year().tasks if task.status is TaskStatus.DONE)
    table = half_year_annexes(replace(half_year(), tasks=tasks))[0].tables[0]
    assert {"days_late", "obstacle", "next_step"}.isdisjoint(column.key for column in table.columns)
    assert {"days_late", "obstacle", "next_step"} <= {column.key for column in TABLES["tasks"].columns}


def test_a_task_without_a_lead_is_counted_under_its_own_name() -> None:
    tasks = tuple(replace(task, lead=()) for task in half_year().tasks)
    annexes = half_year_annexes(replace(half_year(), tasks=tasks))
    table = next(table for annex in annexes for table in annex.tables if table.key == "units")
    assert _row(table, "未明确牵头单位")[1] == "12项"


def test_only_a_late_task_shows_days() -> None:
    shown_days = {shown(row[4]): shown(row[5]) for row in TABLES["tasks"].rows}
    assert shown_days["已逾期"] == "56天"
    assert {days for status, days in shown_days.items() if status != "已逾期"} == {""}


def test_districts_have_their_statuses_and_their_shares() -> None:
    assert [shown(row[0]) for row in TABLES["districts"].rows] == ["南浦区", "北屏县", "东陂区"]
    share = TABLES["shares"].rows[1]
    assert [shown(cell) for cell in share[:4]] == ["北屏县", "公共供水管网漏损率", "不超过9%", ""]
    keys = {cell.key for row in TABLES["shares"].rows for cell in row if isinstance(cell, Figure)}
    assert keys == {f"district.{name}.qinghe-T02.value" for name in ("南浦区", "北屏县", "东陂区")}


def test_the_list_of_missing_units_ends_with_their_number() -> None:
    assert [shown(cell) for cell in TABLES["missing"].rows[-1]] == ["", "合计", "", "1家"]


def test_a_table_without_rows_is_no_annex() -> None:
    assert half_year_annexes(replace(half_year(), tasks=(), targets=(), districts=(), missing=())) == ()


def test_wide_tables_lie_on_their_side() -> None:
    assert {annex.tables[0].key for annex in ANNEXES if annex.is_landscape} == {"tasks", "targets", "shares"}
    assert TaskStatus.LATE.value in [column.key for column in TABLES["units"].columns]
