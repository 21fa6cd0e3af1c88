"""What bars a report from being issued."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.made_up import SIGNING, half_year
from shuiheng.adapters.rulebook.finding_texts import finding_texts
from shuiheng.kernel import Severity
from shuiheng.reports import Annex, Column, Figure, Paragraph, Quality, Report, ReportKind, Table
from shuiheng.reports.checks import (
    check_document_is_whole,
    check_figures_have_one_value,
    check_figures_have_sources,
    check_prose_stands_in_tables,
    check_report,
    check_rows_fit_columns,
    check_unknown_is_not_zero,
    check_words_say_the_value,
)
from shuiheng.reports.half_year import half_year_report

FIGURE = Figure(key="a", value=Decimal("9.256"), unit="%", shown="9.26%", sources=("s",))


def _report(*parts: str | Figure, cells: tuple[str | Figure, ...] = ()) -> Report:
    columns = tuple(Column(key=str(index), title="列") for index in range(1))
    annexes = (Annex(title="表", tables=(Table(key="t", columns=columns, rows=(cells,)),)),) if cells else ()
    return Report(
        kind=ReportKind.NOTICE,
        title="题",
        place="青禾市",
        opening=(Paragraph(parts=parts),),
        annexes=annexes,
    )


def test_a_figure_that_differs_between_prose_and_table_is_found() -> None:
    other = replace(FIGURE, shown="9.25%", value=Decimal("9.25"))
    found = check_figures_have_one_value(_report(FIGURE, cells=(other,)))
    assert [(finding.subject, finding.evidence) for finding in found] == [("a", "9.26% / 9.25%")]
    assert check_figures_have_one_value(_report(FIGURE, cells=(FIGURE,))) == ()


@pytest.mark.parametrize(
    ("value", "unit", "words", "is_right"),
    [
        ("9.256", "%", "9.26%", True),
        ("9.256", "%", "9.25%", False),
        ("9.256", "%", "9.3%", True),
        ("0.09256", "ratio", "9.26%", True),
        ("320000000", "m3", "3.2亿立方米", True),
        ("320000000", "m3", "3.3亿立方米", False),
        ("320000000", "m3", "3.2万立方米", False),
        ("12", "项", "十二项", False),
        ("12", "项", "12" * 60, False),
    ],
)
def test_words_that_do_not_say_the_value_are_found(value: str, unit: str, words: str, is_right: bool) -> None:
    figure = replace(FIGURE, value=Decimal(value), unit=unit, shown=words)
    assert (check_words_say_the_value(_report(figure)) == ()) is is_right


def test_a_value_without_a_source_is_found_and_a_zero_needs_none() -> None:
    assert check_figures_have_sources(_report(replace(FIGURE, sources=())))
    zero = replace(FIGURE, value=Decimal(0), shown="0%", sources=())
    assert check_figures_have_sources(_report(zero)) == ()


@pytest.mark.parametrize(
    ("value", "quality", "is_right"),
    [
        (Decimal(0), Quality.MISSING, False),
        (None, Quality.MEASURED, False),
        (None, Quality.MISSING, True),
        (Decimal(0), Quality.MEASURED, True),
    ],
)
def test_unknown_with_a_value_and_known_without_one_are_found(
    value: Decimal | None, quality: Quality, is_right: bool
) -> None:
    figure = replace(FIGURE, value=value, quality=quality)
    assert (check_unknown_is_not_zero(_report(figure)) == ()) is is_right


def test_a_row_that_is_too_long_is_found() -> None:
    assert [finding.subject for finding in check_rows_fit_columns(_report("x", cells=("甲", "乙")))] == ["t"]
    assert check_rows_fit_columns(_report("x", cells=("甲",))) == ()


def test_a_figure_of_the_prose_that_no_table_shows_is_a_note() -> None:
    found = check_prose_stands_in_tables(_report(FIGURE, cells=("甲",)))
    assert [(finding.subject, finding.severity) for finding in found] == [("a", Severity.NOTE)]
    assert check_prose_stands_in_tables(_report(FIGURE)) == ()


def test_a_document_without_signer_addressee_or_day_cannot_be_issued() -> None:
    assert [finding.subject for finding in check_document_is_whole(_report("x"))] == [
        "addressees",
        "signer",
        "issued_on",
    ]


def test_every_finding_has_its_sentence_in_both_languages() -> None:
    faulty = _report(
        replace(FIGURE, value=None, sources=()), FIGURE, cells=(replace(FIGURE, key="b", sources=()), "x")
    )
    codes = {finding.code for finding in check_report(faulty)}
    wrong_words = check_words_say_the_value(_report(replace(FIGURE, shown="8%")))
    codes |= {finding.code for finding in wrong_words}
    assert len(codes) == 7
    assert all(code in finding_texts(language) for code in codes for language in ("zh", "en"))


def test_a_report_as_it_is_built_has_no_barring_fault() -> None:
    report = half_year_report(half_year(), SIGNING)
    assert [finding.code for finding in check_report(report) if finding.severity is Severity.DISQUALIFY] == []
