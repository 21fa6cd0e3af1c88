"""The sheet of all names holds what it says, and can itself be filled."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook

from adapters.workbooks.filled_forms import opened
from shuiheng.adapters.workbooks import NamedLine, Share, fill_workbook, write_named_form

LINES = [
    NamedLine(part="表头", name="单位", value="=青禾市节水办", shown="=青禾市节水办"),
    NamedLine(part="表头", name="填报日期", value=date(2026, 7, 8), shown="2026-07-08"),
    NamedLine(part="任务", name="任务_总数", value=Decimal(12), shown="12项"),
    NamedLine(part="目标", name="目标_漏损率_本期值", value=Share(Decimal("0.0925")), shown="9.25%"),
    NamedLine(part="目标", name="目标_用水量_本期值", value=None, shown="暂无数据"),
]


def test_every_name_leads_to_its_value() -> None:
    book = load_workbook(io.BytesIO(write_named_form("半年报告", LINES, notes=("说明",))))
    page = book.worksheets[0]
    assert {name: each.attr_text for name, each in book.defined_names.items()} == {
        line.name: f"'名称一览'!$C${row}" for row, line in enumerate(LINES, start=3)
    }
    assert [page.cell(row, 3).value for row in range(3, 8)][2:] == [12, 0.0925, None]
    assert (page["C3"].value, page["C3"].data_type, page["C6"].number_format) == (
        "=青禾市节水办",
        "s",
        "0.00%",
    )


def test_the_sheet_of_names_can_be_filled_and_lacks_none() -> None:
    form = write_named_form("半年报告", LINES, notes=())
    done = fill_workbook(form, {line.name: Decimal(7) for line in LINES}, name="a.xlsx")
    assert (done.lacking, done.unknown, done.left) == ((), (), ())
    assert [opened(done.content)[f"C{row}"] for row in range(3, 8)] == [7, datetime(1900, 1, 7), 7, 7, 7]  # noqa: DTZ001  a civil day
