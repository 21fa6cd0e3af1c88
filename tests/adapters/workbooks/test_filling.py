"""An office's own sheet is filled by its named cells, and nothing else of it changes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from adapters.workbooks.filled_forms import office_form, opened, through_office
from shuiheng.adapters.workbooks import (
    FilledWorkbook,
    FillValue,
    Share,
    WhyLeft,
    WorkbookNotReadError,
    WorkbookRefusedError,
    fill_workbook,
)

VALUES: dict[str, FillValue] = {
    "单位": "=青禾市节水办",
    "填报日期": date(2026, 7, 8),
    "报告日": date(2026, 6, 30),
    "任务_总数": 12,
    "任务_已完成": Decimal("3.5"),
    "漏损率_百分格": Share(Decimal("0.0925")),
    "漏损率_数字格": Share(Decimal("0.0925")),
    "合计": 1,
    "说明": "\t多行\n文字",
    "一片": 1,
    "没有的名称": 1,
}


def _filled(content: bytes, **values: FillValue) -> FilledWorkbook:
    return fill_workbook(content, values or VALUES, name="半年报.xlsx")


def test_each_value_stands_in_its_cell_as_what_it_is() -> None:
    done = _filled(office_form())
    cells = opened(done.content)
    assert cells["B2"] == "=青禾市节水办"
    assert (cells["B4"], cells["B5"], cells["C4"], cells["C5"]) == (12, 3.5, 0.0925, 9.25)
    assert (cells["E8"], cells["E2"]) == (datetime(2026, 7, 8), datetime(2026, 6, 30))  # noqa: DTZ001  civil days
    assert cells["A7"] == "\t多行\n文字"
    book = load_workbook(io.BytesIO(done.content))
    page = book.worksheets[0]
    assert (page["B2"].data_type, page["B6"].value) == ("s", "=SUM(B4:B5)")
    assert (page["B4"].number_format, page["E8"].number_format) == ("#,##0", "yyyy年m月d日")
    assert page["E2"].is_date and page["E2"].fill.start_color.rgb == "00FFEB9C"


def test_a_name_of_one_sheet_is_filled_beside_that_of_the_book() -> None:
    done = _filled(office_form())
    assert opened(done.content, sheet="汇总")["C3"] == "=青禾市节水办"
    assert {(each.sheet, each.cell) for each in done.filled if each.name == "单位"} == {
        ("半年报 表一", "B2"),
        ("汇总", "C3"),
    }


def test_what_was_not_filled_is_told() -> None:
    done = _filled(office_form())
    assert {each.name: each.why for each in done.left} == {"合计": WhyLeft.FORMULA, "一片": WhyLeft.AREA}
    assert done.unknown == ("别家的名称",)
    assert done.lacking == ("没有的名称",)
    assert _filled(office_form(), 失效=1).left[0].why is WhyLeft.NOWHERE


def test_every_other_part_and_the_shape_of_the_sheet_stay() -> None:
    form = office_form()
    done = _filled(form, 单位="青禾市")
    before, after = (load_workbook(io.BytesIO(each)).worksheets[0] for each in (form, done.content))
    for asked in (
        lambda page: sorted(map(str, page.merged_cells.ranges)),
        lambda page: (page.print_title_rows, page.print_area, page.page_setup.orientation),
        lambda page: (page.page_setup.paperSize, page.page_margins.left, page.oddFooter.center.text),
        lambda page: (page.freeze_panes, page.column_dimensions["A"].width, page.row_dimensions[1].height),
        lambda page: [str(rule.sqref) for rule in page.data_validations.dataValidation],
        lambda page: (page["A1"].value, page["A1"].font.name, page["B4"].value),
    ):
        assert asked(before) == asked(after)
    old, new = (zipfile.ZipFile(io.BytesIO(each)) for each in (form, done.content))
    assert old.namelist() == new.namelist()
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}


def test_missing_values_empty_their_cell() -> None:
    assert opened(_filled(office_form(), 任务_总数=None).content)["B4"] is None


def test_a_number_with_more_digits_than_a_sheet_keeps_is_written_as_words() -> None:
    assert opened(_filled(office_form(), 任务_总数=12345678901234567).content)["B4"] == "12345678901234567"


def test_a_form_from_libreoffice_is_filled_and_its_sums_follow() -> None:
    done = _filled(through_office(office_form()))
    assert not {"单位", "任务_总数", "任务_已完成"} & set(done.lacking)
    computed = through_office(done.content)
    assert opened(computed, computed=True)["B6"] == 15.5
    assert opened(computed, sheet="汇总", computed=True)["A1"] == 31
    assert opened(computed)["B6"] == "=SUM(B4:B5)"
    assert opened(computed)["B2"] == "=青禾市节水办"
    assert opened(computed)["E2"] == datetime(2026, 6, 30)  # noqa: DTZ001  a civil day


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (office_form(is_protected=True), "a.xlsx", "workbooks.sheet_protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx", "workbooks."),
        ("单位,数\n".encode(), "a.csv", "workbooks.not_fillable"),
        (b"MZ", "a.xlsx", "workbooks."),
    ],
)
def test_what_cannot_be_filled_is_refused_by_name(content: bytes, name: str, code: str) -> None:
    with pytest.raises(WorkbookRefusedError) as caught:
        fill_workbook(content, VALUES, name=name)
    assert caught.value.code.startswith(code)


def test_a_workbook_with_macros_is_refused() -> None:
    out = io.BytesIO(office_form())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(WorkbookRefusedError) as caught:
        _filled(out.getvalue())
    assert caught.value.code == "workbooks.macros"


def test_a_protected_sheet_without_our_names_is_no_obstacle() -> None:
    assert _filled(office_form(is_protected=True), 别家的名称="青禾").filled[0].cell == "D3"


def test_nonsense_from_the_filling_process_is_an_error() -> None:
    with pytest.raises(WorkbookNotReadError):
        fill_workbook(
            office_form(), VALUES, name="a.xlsx", command=("/bin/sh", "-c", "cat >/dev/null; echo 1")
        )
