"""A report as a page shows it: lines with figures that lead to their sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from shuiheng.reports import Figure, Report, Table
from shuiheng.reports.lines import LineRole, annex_lines, foot_lines, front_lines
from shuiheng.reports.model import Cell, Paragraph, Part, figures_of
from shuiheng.reports.recompute import Recomputed, recompute_figure

ANNEX_WORD = "附件："  # an official document is Chinese, whatever language the reader chose
SOURCE_PAGES = {"task": "task", "progress": "progress"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """Words, or a figure with where it came from.

    Args:
        text: What is read.
        address: Page of its only source, or empty.
        key: Key of the figure, or empty for words.
        sources: How many sources it has.
    """

    text: str
    address: str = ""
    key: str = ""
    sources: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One line of the page."""

    role: str
    level: int
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """One table of an annex."""

    titles: tuple[str, ...]
    rows: tuple[tuple[tuple[ShownPart, ...], ...], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnnex:
    """One annex: its head and words, and its tables."""

    lines: tuple[ShownLine, ...]
    tables: tuple[ShownTable, ...]


def front(report: Report) -> list[ShownLine]:
    """Return the lines before the annexes; the first line of their list says 附件."""
    shown = []
    for line in front_lines(report):
        is_first = line.role is LineRole.ANNEX_NOTE and line.level == 1
        shown.append(_line(line.role, line.level, (ANNEX_WORD, *line.parts) if is_first else line.parts))
    return shown


def annexes(report: Report) -> list[ShownAnnex]:
    """Return the annexes in order."""
    count = len(report.annexes)
    return [
        ShownAnnex(
            lines=tuple(
                _line(line.role, line.level, line.parts)
                for line in annex_lines(annex, number=number, count=count)
            ),
            tables=tuple(_table(table) for table in annex.tables),
        )
        for number, annex in enumerate(report.annexes, start=1)
    ]


def foot(report: Report) -> list[ShownLine]:
    """Return the lines at the foot of the last page: copies, snapshot, audit root."""
    return [_line(line.role, line.level, line.parts) for line in foot_lines(report)]


def source_address(source: str) -> str:
    """Return the page of a source such as `task:12`, or nothing when it has none."""
    kind, _, key = source.partition(":")
    name, number = SOURCE_PAGES.get(kind), key.partition(":")[0]
    if name is None or not number.isdecimal():
        return ""
    try:
        return reverse(name, args=[int(number)])
    except NoReverseMatch:
        return ""


def figures(report: Report) -> Iterator[tuple[Figure, list[tuple[str, str]], Recomputed]]:
    """Yield every figure once with the pages of its sources and what it comes to again, in order of keys."""
    for figure in sorted({each.key: each for each in figures_of(report)}.values(), key=lambda each: each.key):
        yield (
            figure,
            [(source, source_address(source)) for source in figure.sources],
            recompute_figure(figure),
        )


def _line(role: LineRole, level: int, parts: tuple[Part, ...]) -> ShownLine:
    return ShownLine(role=role.value, level=level, parts=tuple(_part(part) for part in parts))


def _part(part: Part) -> ShownPart:
    if isinstance(part, str):
        return ShownPart(text=part)
    address = source_address(part.sources[0]) if len(part.sources) == 1 else ""
    return ShownPart(text=part.shown, address=address, key=part.key, sources=len(part.sources))


def _table(table: Table) -> ShownTable:
    return ShownTable(
        titles=tuple(column.title for column in table.columns),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in table.rows),
        note=table.note,
    )


def _cell(cell: Cell) -> tuple[ShownPart, ...]:
    if isinstance(cell, Paragraph):
        return tuple(_part(part) for part in cell.parts)
    return (_part(cell),)
