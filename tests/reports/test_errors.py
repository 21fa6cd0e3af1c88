"""Errors of the reports say what, why and what to do."""

from __future__ import annotations

from shuiheng.reports.errors import (
    AlteredReportError,
    ConflictingFigureError,
    InconsistentCountError,
    UnknownPaperError,
    UnreadableWordsError,
    UnsayableNumberError,
)


def test_every_error_bears_its_code_and_its_evidence() -> None:
    errors = (
        (UnreadableWordsError("某日", "2026年5月1日"), "reports.unreadable_words", "某日"),
        (UnsayableNumberError("-1", "it is negative"), "reports.unsayable_number", "-1"),
        (ConflictingFigureError("a", first="1项", second="2项"), "reports.conflicting_figure", "2项"),
        (AlteredReportError("sha256:1", "sha256:2"), "reports.altered", "sha256:2"),
        (UnknownPaperError("x", ("a", "b")), "reports.unknown_paper", "a, b"),
        (InconsistentCountError("3 of 2"), "reports.inconsistent_counts", "3 of 2"),
    )
    for error, code, evidence in errors:
        assert str(error).startswith(f"{code}: ")
        assert evidence in str(error)


def test_an_error_does_not_repeat_endless_words() -> None:
    assert len(str(UnreadableWordsError("长" * 10_000, "2026年5月1日"))) < 300
