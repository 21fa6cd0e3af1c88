"""What must hold before a report is issued; each check is named by what must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal

from shuiheng.kernel import Finding, Severity
from shuiheng.reports.errors import UnreadableWordsError
from shuiheng.reports.model import (
    Figure,
    Quality,
    Report,
    figures_of,
    prose_figures,
    table_figures,
    tables_of,
)
from shuiheng.reports.wording import split_amount

_LONGEST = 80
_WIDE = Context(prec=200)


def check_figures_have_one_value(report: Report) -> tuple[Finding, ...]:
    """Return a finding for each key (数据项) under which two different figures are printed."""
    first: dict[str, Figure] = {}
    found = {}
    for figure in figures_of(report):
        if first.setdefault(figure.key, figure) != figure:
            found[figure.key] = _finding(
                "reports.figure_has_two_values",
                figure.key,
                evidence=f"{first[figure.key].shown} / {figure.shown}",
            )
    return tuple(found.values())


def check_words_say_the_value(report: Report) -> tuple[Finding, ...]:
    """Return a finding for each figure whose words do not say its value, rounded as they print it."""
    return tuple(
        _finding("reports.words_differ_from_value", figure.key, evidence=f"{figure.shown} / {figure.value}")
        for figure in _single(report)
        if not _says(figure)
    )


def check_figures_have_sources(report: Report) -> tuple[Finding, ...]:
    """Return a finding for each figure with a value that names nothing it was taken from."""
    return tuple(
        _finding("reports.figure_without_source", figure.key, evidence=figure.shown, severity=Severity.WARN)
        for figure in _single(report)
        if figure.value and not figure.sources
    )


def check_unknown_is_not_zero(report: Report) -> tuple[Finding, ...]:
    """Return a finding for each figure that is missing with a value, or has none and is not missing."""
    return tuple(
        _finding("reports.unknown_has_value", figure.key, evidence=figure.shown)
        for figure in _single(report)
        if (figure.value is None) != (figure.quality is Quality.MISSING)
    )


def check_rows_fit_columns(report: Report) -> tuple[Finding, ...]:
    """Return a finding for each table with a row that is longer or shorter than its columns."""
    return tuple(
        _finding("reports.row_does_not_fit", table.key, evidence=str(number))
        for table in tables_of(report)
        for number, row in enumerate(table.rows, start=1)
        if len(row) != len(table.columns)
    )


def check_prose_stands_in_tables(report: Report) -> tuple[Finding, ...]:
    """Return a note for each figure of the prose that no annexed table shows, when there are tables."""
    if not any(table.rows for table in tables_of(report)):
        return ()
    in_tables = {figure.key for figure in table_figures(report)}
    missing = dict.fromkeys(figure.key for figure in prose_figures(report) if figure.key not in in_tables)
    return tuple(
        _finding("reports.figure_only_in_prose", key, evidence=key, severity=Severity.NOTE) for key in missing
    )


def check_document_is_whole(report: Report) -> tuple[Finding, ...]:
    """Return a finding for each part without which a document (公文) cannot be issued."""
    parts = {
        "title": report.title,
        "addressees": report.addressees,
        "signer": report.signer,
        "issued_on": report.issued_on,
    }
    return tuple(
        _finding("reports.part_missing", name, evidence=name) for name, part in parts.items() if not part
    )


CHECKS: tuple[Callable[[Report], tuple[Finding, ...]], ...] = (
    check_document_is_whole,
    check_figures_have_one_value,
    check_words_say_the_value,
    check_unknown_is_not_zero,
    check_figures_have_sources,
    check_rows_fit_columns,
    check_prose_stands_in_tables,
)


def check_report(report: Report) -> tuple[Finding, ...]:
    """Return everything that is wrong with a report, the parts that bar its issue first."""
    return tuple(finding for check in CHECKS for finding in check(report))


def _single(report: Report) -> Iterator[Figure]:
    """Yield each figure once, by key and content."""
    yield from dict.fromkeys(figures_of(report))


def _says(figure: Figure) -> bool:
    if figure.value is None:
        return True
    if len(figure.shown) > _LONGEST:
        return False
    try:
        printed, multiple, _ = split_amount(figure.shown)
    except UnreadableWordsError:
        return False
    value = _WIDE.divide(figure.value.scaleb(2 if figure.unit == "ratio" else 0, _WIDE), multiple)
    exponent = printed.as_tuple().exponent
    step = Decimal((0, (1,), exponent if isinstance(exponent, int) else 0))
    return printed == value.quantize(step, rounding=ROUND_HALF_UP, context=_WIDE)


def _finding(code: str, subject: str, *, evidence: str, severity: Severity = Severity.DISQUALIFY) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        subject=subject,
        evidence=evidence,
        values=(("subject", subject), ("evidence", evidence)),
    )
