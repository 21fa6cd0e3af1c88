from __future__ import annotations

import io

from openpyxl import load_workbook

from adapters.workbooks.making import FORM, say
from shuiheng.adapters.workbooks import StampRules, check, read_workbook
from shuiheng.adapters.workbooks.answers import SummaryLine, answers_of
from shuiheng.adapters.workbooks.fresh_copy import cell_name, error_list, fresh_copy, summary_words

HEAD = ",".join(column.heading for column in FORM.columns)
CONTENT = f"{HEAD},我的列\nG0001,=甲,9133,已完成,,2,1,3,4,2026-05-01,自用\n".encode()
OUTCOME = check(read_workbook(CONTENT, name="a.csv"), FORM, rules=StampRules(is_needed=False))


def test_a_copy_has_the_same_columns_after_the_result_and_marks_in_place() -> None:
    content = fresh_copy(OUTCOME, OUTCOME.table.sheets[0], answers_of(OUTCOME, say))
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in page[1]] == ["校验结果", *HEAD.split(","), "我的列"]
    assert (page["C2"].value, page["C2"].data_type, page["L2"].value) == ("=甲", "s", "自用")
    assert page["D2"].comment is not None and page["D2"].fill.start_color.rgb[-6:] == "FFC7CE"
    assert page["E2"].comment is None


def test_a_list_of_errors_names_cells() -> None:
    page = load_workbook(io.BytesIO(error_list(OUTCOME, answers_of(OUTCOME, say)))).worksheets[0]
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert ["错误", "2", "信用代码", "C2", "9133"] in [line[:5] for line in lines]


def test_a_line_about_the_whole_file_names_no_cell_and_one_about_a_row_its_first() -> None:
    line = SummaryLine(level="warn", row=None, position=None, heading="", evidence="", says="a", remedy="b")
    assert summary_words(line, shift=0) == ["提示", "", "", "", "", "a", "b"]
    whole_row = SummaryLine(level="warn", row=7, position=None, heading="", evidence="", says="", remedy="")
    assert cell_name(whole_row, shift=1) == "A7"
