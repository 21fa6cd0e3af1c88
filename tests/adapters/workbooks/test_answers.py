from __future__ import annotations

from dataclasses import replace

from adapters.workbooks.making import cell_set, checked, form_with, honest_rows, say
from shuiheng.adapters.workbooks.answers import answers_of
from shuiheng.kernel import Severity

ISSUED = form_with(honest_rows(3))


def test_each_row_and_each_bad_cell_gets_one_answer() -> None:
    outcome = checked(cell_set(ISSUED, I5="约1", L5="2026年5月", J6=0.5, C9="合计"))
    answers = answers_of(outcome, say)
    words = {answer.row: (answer.level, answer.words) for answer in answers.rows}
    assert words[3] == ("", "示例行，不读取")
    assert words[5][0] == "disqualify"
    assert words[5][1] == "错误：实际节水量：“约1”是约数。；完成日期：“2026年5月”没有写到日。"
    assert words[6][0] == "warn" and words[6][1].startswith("提示：漏损率：")
    assert words[7] == ("", "通过")
    assert words[9] == ("", "合计行，不读取")
    assert [(cell.row, cell.position, cell.level) for cell in answers.cells] == [
        (5, 8, "disqualify"),
        (5, 11, "disqualify"),
        (6, 9, "warn"),
    ]
    assert len(answers.summary) == len(outcome.findings) == 4
    assert answers.summary[-1].level == Severity.NOTE.value


def test_two_faults_of_one_cell_share_its_note_and_the_graver_gives_the_colour() -> None:
    outcome = checked(cell_set(ISSUED, I5="约1"))
    (error,) = outcome.findings
    doubt = replace(error, code="workbooks.percent_looks_like_share", severity=Severity.WARN)
    answers = answers_of(replace(outcome, findings=(doubt, error)), say)
    (cell,) = answers.cells
    assert cell.level == "disqualify"
    assert [line.partition("：")[0] for line in cell.words.split("\n")] == ["提示", "错误"]
