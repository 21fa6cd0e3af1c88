from __future__ import annotations

from dataclasses import replace

from adapters.workbooks.making import (
    FORM,
    RULES,
    cell_set,
    checked,
    codes,
    form_with,
    honest_row,
    honest_rows,
)
from shuiheng.adapters.workbooks import check, read_workbook
from shuiheng.kernel import Severity

ISSUED = form_with(honest_rows(4))


def test_rows_with_the_same_key_name_each_other() -> None:
    outcome = checked(cell_set(ISSUED, C7="g0001"))
    told = [(each.row, dict(each.values)["rows"]) for each in outcome.findings]
    assert codes(outcome) == ["duplicate", "duplicate"] and told == [(5, "7"), (7, "5")]


def test_a_locked_cell_must_come_back_as_it_was() -> None:
    outcome = checked(cell_set(ISSUED, D6="改了名"), issued=honest_rows(4))
    (finding,) = outcome.findings
    assert codes(outcome) == ["locked_changed"]
    assert dict(finding.values) == {"expected": "第2号管网改造"} and finding.evidence == "改了名"
    assert not codes(checked(cell_set(ISSUED, D6="改了名")))  # nothing to compare with


def test_a_new_row_is_taken_only_where_the_form_takes_it() -> None:
    more = form_with([*honest_rows(4), honest_row(9)])
    assert not codes(checked(more, issued=honest_rows(4)))
    closed = replace(FORM, takes_new_rows=False)
    outcome = check(read_workbook(more, name="a.xlsx"), closed, rules=RULES, issued=honest_rows(4))
    assert codes(outcome) == ["row_unknown"]


def test_issued_rows_that_did_not_come_back_are_counted() -> None:
    outcome = checked(form_with(honest_rows(2)), issued=honest_rows(4))
    (finding,) = outcome.findings
    assert (finding.code, finding.severity) == ("workbooks.rows_missing", Severity.NOTE)
    assert dict(finding.values) == {"count": "2"}


def test_a_row_whose_key_cannot_be_read_is_not_counted_as_missing() -> None:
    outcome = checked(cell_set(ISSUED, C5="?"), issued=honest_rows(4))
    assert codes(outcome, least=Severity.NOTE) == ["nothing_mark"]
