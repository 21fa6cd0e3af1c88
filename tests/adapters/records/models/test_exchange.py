"""What the database refuses on reports, letters and imports."""

from __future__ import annotations

import pytest

from access.rows import Rows
from shuiheng.adapters.records.models import (
    ImportChange,
    Letter,
    Message,
    NumberSeries,
    ReportRecord,
    ReportState,
    WorkdayException,
    WorkdayNotice,
)

from .refusals import breaks, keeps, refused


def test_an_issued_report_neither_changes_nor_goes(office_rows: Rows) -> None:
    report = ReportRecord.objects.filter(pk=office_rows.row(ReportRecord).pk)
    assert report.update(title="初稿") == 1
    report.update(state=ReportState.ISSUED)
    refused("report_issued", lambda: report.update(title="另改"))
    refused("report_issued", lambda: report.update(state=ReportState.DRAFT))
    refused("report_issued", lambda: report._raw_delete("default"))


def test_whoever_made_a_report_does_not_review_it(office_rows: Rows) -> None:
    report = office_rows.row(ReportRecord)
    made = ReportRecord.objects.filter(pk=report.pk)
    breaks("maker_does_not_review", lambda: made.update(reviewed_by=report.made_by))


@pytest.mark.parametrize("table", [ImportChange, Letter])
def test_what_went_out_or_came_in_is_neither_changed_nor_deleted(rows: Rows, table: type) -> None:
    keeps(rows.row(table))


def test_a_number_of_a_letter_is_given_once(rows: Rows) -> None:
    letter = rows.row(Letter)
    same = {"mark": letter.mark, "year": letter.year, "number": letter.number}
    breaks("one_letter_per_number", lambda: rows.make(Letter, **same))
    assert rows.make(Letter, **(same | {"number": letter.number + 500})).pk
    series = rows.row(NumberSeries)
    breaks("one_series_per_year", lambda: rows.make(NumberSeries, mark=series.mark, year=series.year))


def test_a_message_with_the_same_cause_is_written_once(rows: Rows) -> None:
    breaks("key", lambda: rows.make(Message, key=rows.row(Message).key))


def test_a_day_has_one_exception_and_a_year_one_notice(rows: Rows) -> None:
    notice = rows.make(WorkdayNotice, year=2031)
    rows.make(WorkdayException, notice=notice)
    breaks("day", lambda: rows.make(WorkdayException, notice=notice))
    breaks("year", lambda: rows.make(WorkdayNotice, year=2031))
