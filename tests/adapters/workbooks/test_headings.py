from __future__ import annotations

import pytest

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.headings import candidate_sheets, found_heads, matched_template
from shuiheng.adapters.workbooks.table import Cell, RawSheet, RawTable
from shuiheng.adapters.workbooks.template import Column, RowRule, RuleKind, Template

HEADINGS = [column.heading for column in FORM.columns]


def _table(*sheets: tuple[str, list[list[Cell]]], is_visible: bool = True) -> RawTable:
    return RawTable(
        name="a.xlsx",
        form=WorkbookForm.XLSX,
        content_key="k",
        sheets=tuple(
            RawSheet(name=name, is_visible=is_visible, rows=tuple(tuple(row) for row in rows))
            for name, rows in sheets
        ),
    )


def test_headings_are_found_in_any_order_below_other_lines() -> None:
    rows: list[list[Cell]] = [["青禾市节水工程进展表"], [], ["我的列", *reversed(HEADINGS)]]
    (heads,) = found_heads(_table(("Sheet1", rows)), FORM)
    assert heads.row == 2
    assert heads.positions["on"] == 1 and heads.positions["code"] == len(HEADINGS)
    assert heads.unknown == ((0, "我的列"),)


@pytest.mark.parametrize(
    "heading", ["*实际节水量 （万m³）", "实际节水量(万M3)", "实际节水量", "实际节水量［万立方米］"]
)
def test_a_heading_is_known_in_its_usual_spellings(heading: str) -> None:
    row: list[Cell] = [heading if "实际" in each else each for each in HEADINGS]
    (heads,) = found_heads(_table(("a", [row])), FORM)
    assert heads.positions["done"] == 6 and not heads.other_units


def test_another_unit_in_a_heading_is_told() -> None:
    row: list[Cell] = [each.replace("实际节水量（万m³）", "实际节水量（m³）") for each in HEADINGS]
    (heads,) = found_heads(_table(("a", [row])), FORM)
    assert heads.other_units == (("done", "m3"),)


def test_a_heading_that_stands_twice_is_told_and_own_columns_are_known() -> None:
    row: list[Cell] = ["校验结果", "序号", *HEADINGS, "工程名称", "情况说明"]
    (heads,) = found_heads(_table(("a", [row])), FORM)
    assert heads.twice == ("工程名称",)
    assert heads.own == {"校验结果": 0, "序号": 1, "情况说明": 13}


def test_hidden_and_own_sheets_are_not_looked_at_and_half_a_heading_is_none() -> None:
    rows: list[list[Cell]] = [[*HEADINGS]]
    assert not found_heads(_table(("a", rows), is_visible=False), FORM)
    assert not list(candidate_sheets(_table(("校验汇总", rows))))
    assert not found_heads(_table(("a", [[*HEADINGS[:4]]])), FORM)
    assert found_heads(_table(("a", [[*HEADINGS[:5]]])), FORM)


def test_a_sheet_of_the_senders_own_leaves_the_columns_that_it_has() -> None:
    rows = (("某单位台账",), ("编号", "名称", "经办"), ("1", "甲", "王"))
    table = RawTable(
        name="a.xlsx",
        form=WorkbookForm.XLSX,
        content_key="",
        sheets=(RawSheet(name="一", is_visible=True, rows=rows),),
    )
    form = Template(
        id="own",
        version=1,
        title="表",
        columns=tuple(Column(key=key, zh=zh) for key, zh in (("a", "编号"), ("b", "名称"), ("c", "数量"))),
        keys=("a",),
        rules=(RowRule(kind=RuleKind.COMPARE, left="c", right=("b",)),),
    )
    found = matched_template(table, form, wanted=("a", "b"))
    assert ([column.key for column in found.columns], found.rules) == (["a", "b"], ())
    missing = matched_template(table, form, wanted=("a", "c"))
    assert [column.key for column in missing.columns] == ["a", "c"]
