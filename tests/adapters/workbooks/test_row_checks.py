from __future__ import annotations

import pytest

from adapters.workbooks.making import cell_set as with_cells
from adapters.workbooks.making import changed, checked, codes, form_with, honest_rows
from shuiheng.kernel import Severity

ISSUED = form_with(honest_rows(4))
LAST = 9  # the first free row


def _why(number: int, **cells: object) -> list[str]:
    outcome = checked(with_cells(ISSUED, **cells))
    assert not codes(outcome)
    return [row.why for row in outcome.ignored if row.number == number]


def test_an_honest_return_has_rows_and_no_finding() -> None:
    outcome = checked(ISSUED, issued=honest_rows(4))
    assert outcome.can_commit and not outcome.findings
    assert [dict(row.values) for row in outcome.rows] == honest_rows(4)
    assert [row.number for row in outcome.ignored] == [3, 4]


def test_samples_are_ignored_even_when_their_mark_was_removed() -> None:
    outcome = checked(with_cells(ISSUED, B3=None, B4="1"))
    assert len(outcome.rows) == 4 and not codes(outcome)


def test_a_sample_that_was_written_over_is_told_and_not_read() -> None:
    outcome = checked(with_cells(ISSUED, D3="真实的工程"))
    assert codes(outcome) == ["sample_changed"] and len(outcome.rows) == 4


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({f"B{LAST}": "合计", f"I{LAST}": 99}, "total"),
        ({f"C{LAST}": "总 计：", f"I{LAST}": 99}, "total"),
        ({f"B{LAST}": "7", f"D{LAST}": "合计", f"I{LAST}": 99}, "total"),
        ({f"C{LAST}": "填表人：王工"}, "foot"),
        ({f"C{LAST}": "注：按抄表日统计。"}, "foot"),
    ],
)
def test_totals_and_foot_lines_are_left_out(cells: dict[str, object], why: str) -> None:
    assert _why(LAST, **cells) == [why]


def test_blank_rows_between_rows_are_no_rows() -> None:
    outcome = checked(with_cells(ISSUED, **{f"{letter}6": None for letter in "BCDEFGHIJKLM"}))
    assert [row.number for row in outcome.rows] == [5, 7, 8] and not codes(outcome)


def test_an_issued_row_without_any_answer_is_left_out_and_noted() -> None:
    issued = [{"code": f"G{number:04}", "name": f"工程{number}"} for number in (1, 2)]
    outcome = checked(form_with(issued), issued=issued)
    assert [row.why for row in outcome.ignored] == ["sample", "sample", "untouched", "untouched"]
    assert codes(outcome) == ["no_rows"]
    assert codes(checked(form_with(issued))).count("required") == 8  # not issued: a row is a row


def test_the_value_of_a_merged_cell_counts_for_its_first_row_only() -> None:
    merged = changed(ISSUED, lambda page: page.merge_cells("F5:F6"))
    outcome = checked(merged)
    assert codes(outcome) == ["merged_cell"]
    assert (outcome.findings[0].row, outcome.findings[0].heading) == (6, "进展")


def test_a_doubt_is_answered_by_a_written_reason() -> None:
    doubtful = with_cells(ISSUED, J5=0.2)
    assert codes(checked(doubtful)) == ["percent_looks_like_share"]
    assert not checked(doubtful).can_commit
    answered = checked(with_cells(ISSUED, J5=0.2, M5="新建管网，已核实"))
    assert answered.can_commit and answered.rows[0].reason == "新建管网，已核实"


def test_a_finding_names_row_column_heading_and_what_stands_there() -> None:
    (finding,) = checked(with_cells(ISSUED, I6="约3")).findings
    assert (finding.row, finding.position, finding.column) == (6, 8, "done")
    assert (finding.heading, finding.evidence, finding.severity) == ("实际节水量", "约3", Severity.DISQUALIFY)
    assert finding.blanks["row"] == "6"
