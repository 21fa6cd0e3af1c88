"""Names of a workbook lead to the cells that they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.named_cells import (
    area_of,
    column_letters,
    column_number,
    name_key,
    named_areas,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = etree.fromstring(
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
)


def _book(*names: str) -> etree._Element:
    return etree.fromstring(
        f'<workbook xmlns="{MAIN}" xmlns:r="urn:r"><sheets><sheet name="表一" r:id="r1"/>'
        f'<sheet name="王\'s 表!" r:id="r2"/></sheets>'
        f"<definedNames>{''.join(names)}</definedNames></workbook>"
    )


@pytest.mark.parametrize(
    ("words", "part", "area"),
    [
        ("表一!$B$2", "xl/worksheets/sheet1.xml", (1, 1, 1, 1)),
        ("'表一'!B2:AA10", "xl/worksheets/sheet1.xml", (1, 1, 9, 26)),
        ("'王''s 表!'!$A$1", "xl/worksheets/sheet2.xml", (0, 0, 0, 0)),
        ("别的表!$A$1", "", (0, 0, 0, 0)),
        ("#REF!", "", (0, 0, 0, 0)),
        ("0.13", "", (0, 0, 0, 0)),
        ("[1]表一!$A$1", "", (0, 0, 0, 0)),
    ],
)
def test_a_name_leads_to_its_part_and_cells(words: str, part: str, area: tuple[int, ...]) -> None:
    found = named_areas(_book(f'<definedName name="单位">{words}</definedName>'), RELATIONS)
    assert [(each.name, each.part, each.area) for each in found] == [("单位", part, area)]


def test_names_that_the_program_keeps_for_itself_are_left_out() -> None:
    book = _book(
        '<definedName name="_xlnm.Print_Area">表一!$A$1</definedName>',
        '<definedName name="藏" hidden="1">表一!$A$1</definedName>',
    )
    assert named_areas(book, RELATIONS) == []


def test_more_names_than_anybody_gives_are_refused() -> None:
    with pytest.raises(ContainerRefusedError):
        named_areas(_book('<definedName name="甲">表一!$A$1</definedName>' * 20_001), RELATIONS)


@given(st.integers(0, 18_277))
def test_letters_of_a_column_read_back(number: int) -> None:
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(("words", "area"), [("A1", (0, 0, 0, 0)), ("$B$2:C3", (1, 1, 2, 2)), ("A", None)])
def test_areas_are_read(words: str, area: tuple[int, ...] | None) -> None:
    assert area_of(words) == area


def test_case_and_width_of_letters_make_no_other_name() -> None:
    assert name_key("目标Ｇ1") == name_key("目标g１")
