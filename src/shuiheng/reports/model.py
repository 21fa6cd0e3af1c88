"""Nouns of a report as data: figures, paragraphs, sections, tables, annexes, the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.period import Period
from shuiheng.reports.document_number import DocumentNumber


class ReportKind(StrEnum):
    """What sort of document a report is."""

    HALF_YEAR = "half_year_progress"
    REMINDER = "reminder"
    NOTICE = "notice"
    RETURN = "return_notice"


class Quality(StrEnum):
    """How the value of a figure came about."""

    MEASURED = "measured"
    COUNTED = "counted"
    DECLARED = "declared"
    ESTIMATED = "estimated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of a report (数据项): wherever it is printed, its words are `shown`.

    Args:
        key: Name of the figure in its report, for example `tasks.done`. One key has one value.
        value: Exact value in `unit`, or None while nothing is known.
        unit: Unit of `value`: `m3`, `%`, `ratio`, or a measure word such as 项.
        shown: The number with its unit as people read it, in prose and in tables alike.
        sources: Keys of what it was taken or counted from; a reader can open each.
        quality: How the value came about.
        inputs: The days between which days were counted, the earlier first; nothing for all else.
    """

    key: str
    value: Decimal | None
    unit: str
    shown: str
    sources: tuple[str, ...] = ()
    quality: Quality = Quality.COUNTED
    inputs: tuple[str, ...] = ()


Part = str | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph: words and figures in the order of reading."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The words with the figures as shown."""
        return "".join(shown(part) for part in self.parts)


Cell = str | Figure | Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part under a heading; its number follows from its place (一、 （一） 1. （1）).

    Args:
        heading: Words of the heading, without number and without a full stop.
        paragraphs: Paragraphs directly under the heading.
        sections: Parts one level below.
    """

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its title, and its share of the width beside the others."""

    key: str
    title: str
    width: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: columns, and rows of words, figures or both, each as long as the columns."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A part behind the signature (附件) on pages of its own.

    Args:
        title: Name of the annex, without a mark behind it.
        paragraphs: Words before the tables.
        tables: Its tables.
        is_landscape: Whether its pages lie on their side.
    """

    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    is_landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report or letter as data (公文); rendering it adds no word and no number.

    Args:
        kind: Sort of document.
        title: Title.
        place: Name of the city or district that it is about.
        period: Days that it covers, or None.
        document_number: Number (发文字号), or None while it has none.
        letterhead: Words of the red head (发文机关标志), or empty on printed letter paper.
        addressees: Units that must act on it, in order.
        opening: Paragraphs before the first section.
        sections: Numbered parts.
        closing: Paragraphs behind the last section (特此报告。).
        annexes: Annexes in order.
        signer: Unit that signs, or empty while nobody does.
        issued_on: Day of signing, or None in a draft.
        contact: Words in brackets below the day, for example who can be asked.
        copies_to: Units that get a copy.
        snapshot_id: Id of the frozen figures and words, or None in a draft.
        audit_root: Root of the sealed event log when it was frozen, or None.
    """

    kind: ReportKind
    title: str
    place: str
    period: Period | None = None
    document_number: DocumentNumber | None = None
    letterhead: str = ""
    addressees: tuple[str, ...] = ()
    opening: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    annexes: tuple[Annex, ...] = ()
    signer: str = ""
    issued_on: date | None = None
    contact: str = ""
    copies_to: tuple[str, ...] = ()
    snapshot_id: str | None = None
    audit_root: str | None = None


def shown(part: Cell) -> str:
    """Return the words of a part or cell as people read them."""
    if isinstance(part, Figure):
        return part.shown
    return part.text if isinstance(part, Paragraph) else part


def paragraphs_of(report: Report) -> Iterator[Paragraph]:
    """Yield every paragraph of a report in the order of reading."""
    yield from report.opening
    yield from _paragraphs_of(report.sections)
    yield from report.closing
    for annex in report.annexes:
        yield from annex.paragraphs


def tables_of(report: Report) -> Iterator[Table]:
    """Yield every table of a report in the order of reading."""
    for annex in report.annexes:
        yield from annex.tables


def prose_figures(report: Report) -> Iterator[Figure]:
    """Yield the figures of the prose, in the order of reading, each as often as it is printed."""
    for paragraph in paragraphs_of(report):
        yield from (part for part in paragraph.parts if isinstance(part, Figure))


def table_figures(report: Report) -> Iterator[Figure]:
    """Yield the figures of the tables, row by row, each as often as it is printed."""
    for table in tables_of(report):
        for row in table.rows:
            for cell in row:
                parts = cell.parts if isinstance(cell, Paragraph) else (cell,)
                yield from (part for part in parts if isinstance(part, Figure))


def figures_of(report: Report) -> Iterator[Figure]:
    """Yield every figure of a report, prose first, each as often as it is printed."""
    yield from prose_figures(report)
    yield from table_figures(report)


def _paragraphs_of(sections: tuple[Section, ...]) -> Iterator[Paragraph]:
    for section in sections:
        yield from section.paragraphs
        yield from _paragraphs_of(section.sections)
