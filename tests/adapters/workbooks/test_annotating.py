from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from python_calamine import CalamineWorkbook

from adapters.workbooks.hostile import zip_of
from adapters.workbooks.legacy_making import xls_of
from adapters.workbooks.making import (
    FORM,
    RULES,
    cell_set,
    changed,
    checked,
    codes,
    form_with,
    honest_rows,
    say,
)
from shuiheng.adapters.workbooks import (
    StampRules,
    WorkbookLimits,
    WorkbookRefusedError,
    annotate,
    check,
    read_workbook,
)

ISSUED = form_with(honest_rows(4))


def _page(content: bytes):  # type: ignore[no-untyped-def]  # a sheet of openpyxl, which has no types
    return load_workbook(io.BytesIO(content)).worksheets[0]


def test_bad_cells_are_coloured_and_noted_and_nothing_else_changes() -> None:
    sent = cell_set(ISSUED, I6="约3", N2="我的列", N6="自用")
    returned = annotate(sent, checked(sent), say=say)
    page, before = _page(returned), _page(sent)
    assert page["I6"].fill.start_color.rgb[-6:] == "FFC7CE"
    assert page["I6"].comment.text == "错误：“约3”是约数。请填确切的数值。"
    assert page["A6"].value.startswith("错误：实际节水量：") and page["A7"].value == "通过"
    for row in before.iter_rows(min_col=2):
        for cell in row:
            assert page[cell.coordinate].value == cell.value
    validations = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert "list_state" in validations.values()


def test_the_summary_links_to_every_cell() -> None:
    sent = cell_set(ISSUED, I6="约3", L7="5月1日")
    book = load_workbook(io.BytesIO(annotate(sent, checked(sent), say=say)))
    summary = book["校验汇总"]
    assert [cell.value for cell in summary[1]][:4] == ["级别", "行", "列", "单元格"]
    links = [summary.cell(row, 4).hyperlink.location for row in (2, 3)]
    assert links == ["'节水工程进展表'!I6", "'节水工程进展表'!L7"]
    assert book.sheetnames[:2] == ["节水工程进展表", "校验汇总"]


def test_sending_the_marked_file_in_again_is_the_same_act_and_marks_do_not_pile_up() -> None:
    sent = cell_set(ISSUED, I6="约3")
    first = checked(sent)
    returned = annotate(sent, first, say=say)
    second = checked(returned)
    assert (second.table_key, second.findings) == (first.table_key, first.findings)
    mended = cell_set(returned, I6=1.5)
    third = checked(mended)
    assert third.can_commit
    page = _page(annotate(mended, third, say=say))
    assert page["I6"].comment is None and page["I6"].fill.fill_type is None
    assert page["A6"].value == "通过" and page["A6"].fill.fill_type is None


def test_a_note_of_the_sender_is_kept_below_ours_and_comes_back_alone() -> None:
    def note(page: object) -> None:
        page["I6"].comment = Comment("请核对抄表日", "张工")  # type: ignore[index]  # a sheet of openpyxl

    sent = changed(cell_set(ISSUED, I6="约3"), note)
    returned = annotate(sent, checked(sent), say=say)
    text = _page(returned)["I6"].comment.text
    assert text.startswith("错误：") and text.endswith("请核对抄表日")
    mended = cell_set(returned, I6=1.5)
    assert _page(annotate(mended, checked(mended), say=say))["I6"].comment.text == "请核对抄表日"


def test_a_table_without_our_column_gets_it_and_stays_the_same_act() -> None:
    def strip(page: object) -> None:
        page.delete_cols(1)  # type: ignore[attr-defined]  # a sheet of openpyxl

    sent = changed(cell_set(ISSUED, I6="约3"), strip)
    first = checked(sent)
    assert first.result_position is None and codes(first) == ["number_is_about"]
    returned = annotate(sent, first, say=say)
    page = _page(returned)
    assert page["A2"].value == "校验结果" and page["A6"].value.startswith("错误")
    assert page["I6"].comment is not None
    assert checked(returned).table_key == first.table_key


@pytest.mark.parametrize("payload", ["=1+1", "@SUM(1)", "+1", "=cmd|'/C calc'!A0"])
def test_what_a_sender_wrote_never_becomes_a_formula(payload: str) -> None:
    sent = cell_set(ISSUED, I6=payload, N6=payload, N2=payload)
    returned = annotate(sent, checked(sent), say=say)
    for sheet in load_workbook(io.BytesIO(returned)).worksheets:
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_csv_and_old_workbooks_come_back_as_xlsx_with_the_same_rows() -> None:
    head = [column.heading for column in FORM.columns]
    row = ["G0001", "甲", "9133", "已完成", None, 2.0, 1.0, 3.0, 4.0, "2026-05-01"]
    lines = "\r\n".join(",".join("" if cell is None else str(cell) for cell in each) for each in (head, row))
    loose = StampRules(is_needed=False)
    for name, content in (("a.xls", xls_of([head, row])), ("a.csv", lines.encode("gb18030"))):
        outcome = check(read_workbook(content, name=name), FORM, rules=loose)
        assert codes(outcome) == ["credit_code_length"]
        returned = annotate(content, outcome, say=say)
        rows = CalamineWorkbook.from_filelike(io.BytesIO(returned)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["校验结果", *head]
        assert rows[1][0].startswith("错误：信用代码：") and rows[1][3] == "9133"
        again = check(read_workbook(returned, name="a.xlsx"), FORM, rules=loose)
        assert again.table_key == outcome.table_key


def test_the_stamp_survives_a_copy_made_anew() -> None:
    lines = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in _csv_rows())
    outcome = check(read_workbook(lines.encode(), name="a.csv"), FORM, rules=RULES)
    assert outcome.can_commit
    returned = annotate(lines.encode(), outcome, say=say)
    assert checked(returned).table_key == outcome.table_key


def _csv_rows() -> list[list[object]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(ISSUED)).get_sheet_by_index(0).to_python()
    return [list(row) for row in rows]


def test_a_file_with_too_many_rows_or_no_table_comes_back_as_a_list() -> None:
    sent = cell_set(ISSUED, I6="约3")
    few = replace(WorkbookLimits(), marked_rows=3)
    book = CalamineWorkbook.from_filelike(io.BytesIO(annotate(sent, checked(sent), say=say, limits=few)))
    assert book.sheet_names[0] == "校验汇总"
    assert book.get_sheet_by_index(0).to_python()[1][:4] == ["错误", "6", "实际节水量", "I6"]
    foreign = check(read_workbook(sent, name="a.xlsx"), replace(FORM, id="other"))
    listed = CalamineWorkbook.from_filelike(io.BytesIO(annotate(sent, foreign, say=say)))
    assert listed.get_sheet_by_index(0).to_python()[1][0] == "错误"


def test_a_workbook_that_can_be_read_but_not_written_into_comes_back_anew() -> None:
    sent = cell_set(ISSUED, I6="约3")
    with zipfile.ZipFile(io.BytesIO(sent)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    rule = b'<cfRule type="no such rule" priority="1"/>'
    rules = b'<conditionalFormatting sqref="A1">' + rule + b"</conditionalFormatting>"
    page = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = page.replace(b"</sheetData>", b"</sheetData>" + rules, 1)
    odd = zip_of(parts)
    returned = annotate(odd, checked(odd), say=say)
    assert _page(returned)["I6"].comment is not None
    assert checked(returned).table_key == checked(sent).table_key


def test_a_process_that_runs_out_of_its_limits_is_a_failure() -> None:
    sent = cell_set(ISSUED, I6="约3")
    with pytest.raises(WorkbookRefusedError, match=r"workbooks\.(too_much_memory|reader_died)"):
        annotate(sent, checked(sent), say=say, limits=replace(WorkbookLimits(), memory_bytes=20_000_000))
