"""Annexed tables of an official document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from shuiheng.adapters.exports.official_styles import WORD, twips_of_mm
from shuiheng.adapters.exports.official_tables import table_xml
from shuiheng.reports import Column, Table

COLUMNS = (
    Column(key="a", title="序号", width=1),
    Column(key="b", title="任务", width=2),
    Column(key="c", title="单位", width=4),
)


def _table(*rows: tuple[str, str, str]) -> etree._Element:
    xml = table_xml(Table(key="t", columns=COLUMNS, rows=rows), width_mm=Decimal(156))
    return etree.fromstring(xml.replace("<w:tbl>", f'<w:tbl xmlns:w="{WORD}">', 1))


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.iter(f"{{{WORD}}}{name}"))


def test_the_columns_share_the_whole_width_as_they_ask() -> None:
    widths = [int(column.get(f"{{{WORD}}}w") or 0) for column in _all(_table(), "gridCol")]
    assert sum(widths) == twips_of_mm(Decimal(156))
    assert widths[0] * 2 == widths[1]


def test_the_head_row_is_repeated_on_each_page_and_no_other() -> None:
    rows = _all(_table(("1", "甲", "乙")), "tr")
    assert [len(_all(row, "tblHeader")) for row in rows] == [1, 0]


@pytest.mark.parametrize(("length", "is_whole"), [(160, True), (161, False)])
def test_a_row_with_long_words_may_break_across_pages(length: int, is_whole: bool) -> None:
    row = _all(_table(("1", "甲" * length, "乙")), "tr")[1]
    assert bool(_all(row, "cantSplit")) is is_whole


def test_short_columns_stand_in_the_middle_and_long_ones_at_the_left() -> None:
    cells = _all(_all(_table(("1", "甲" * 9, "乙" * 8)), "tr")[1], "tc")
    assert [_all(cell, "jc")[0].get(f"{{{WORD}}}val") for cell in cells] == ["center", "left", "center"]


def test_words_are_escaped() -> None:
    assert "".join(_table(("<b>", "a&b", "乙")).itertext()) == "序号任务单位<b>a&b乙"
