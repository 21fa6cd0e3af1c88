"""The figures and the head of a report under Chinese names, by which cells of a sheet are filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.workbooks import FillValue, Share
from shuiheng.reports import Figure, Report
from shuiheng.reports.errors import UnreadableWordsError
from shuiheng.reports.model import Cell, Paragraph, Table, figures_of, tables_of
from shuiheng.reports.progress import STATUS_WORDS
from shuiheng.reports.wording import period_words, split_amount

WORDS_ENDING, MULTIPLES = "_文字", {"_万": Decimal(10**4), "_亿": Decimal(10**8)}
_HEAD = "表头"
_LONGEST_PIECE = 60
_NO_LETTER = re.compile(r"\W+")
_FIXED = {
    "tasks.total": "任务_总数",
    **{f"tasks.{status.value}": f"任务_{words}" for status, words in STATUS_WORDS.items()},
    "filing.due": "应报送单位数",
    "filing.filed": "已报送单位数",
    "filing.missing": "未报送单位数",
}
# The word before the names of a table, and the columns that say what a row is about.
_TABLES: dict[str, tuple[str, tuple[int, ...]]] = {
    "targets": ("目标", (1,)),
    "chapters": ("章节", (0,)),
    "units": ("牵头单位", (0,)),
    "districts": ("地区", (0,)),
    "shares": ("地区", (0, 1)),
    "missing": ("未报送", (1,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedValue:
    """One value of a report and the name of its cell.

    Args:
        name: The name.
        value: What is written into its cell; None while it is unknown.
        shown: The words of the page.
        part: Which part of the report it belongs to, in words.
    """

    name: str
    value: FillValue
    shown: str
    part: str

    @property
    def variants(self) -> dict[str, FillValue]:
        """The same value under further names: in 万 and 亿, and in the words of the page."""
        found: dict[str, FillValue] = {self.name + WORDS_ENDING: self.shown}
        if isinstance(self.value, Decimal):
            found |= {self.name + ending: self.value / multiple for ending, multiple in MULTIPLES.items()}
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who made, reviewed and issued a report, as its reader may read them, and on which day it was made."""

    maker: str = ""
    reviewer: str = ""
    issuer: str = ""
    made_on: date | None = None


def report_cells(report: Report, people: People) -> list[NamedValue]:
    """Return the head and every figure of a report, each under a name of its own.

    A name is made of the words that the tables print, so that it stays from one period to the
    next. Where two figures would have one name, both carry their key too.
    """
    return [*_head(report, people), *_figures(report)]


def fill_values(cells: list[NamedValue]) -> Mapping[str, FillValue]:
    """Return all values by name, those under further names too."""
    values: dict[str, FillValue] = {}
    for cell in cells:
        values |= cell.variants
    return values | {cell.name: cell.value for cell in cells}


def _head(report: Report, people: People) -> Iterator[NamedValue]:
    day = report.issued_on or people.made_on
    for name, value in (
        ("标题", report.title),
        ("城市", report.place),
        ("单位", report.signer),
        ("报告期", period_words(report.period) if report.period else ""),
        ("文号", str(report.document_number or "")),
        ("主送单位", "、".join(report.addressees)),
        ("抄送单位", "、".join(report.copies_to)),
        ("联系人", report.contact),
        ("制表人", people.maker),
        ("审核人", people.reviewer),
        ("签发人", people.issuer),
        ("快照编号", report.snapshot_id or ""),
        ("封印值", report.audit_root or ""),
    ):
        yield NamedValue(name=name, value=value or None, shown=value, part=_HEAD)
    yield NamedValue(name="填报日期", value=day, shown=day.isoformat() if day else "", part=_HEAD)


def _figures(report: Report) -> Iterator[NamedValue]:
    named = dict(_named(report))
    counted = Counter(name.casefold() for name, _ in named.values())
    for figure in {each.key: each for each in figures_of(report)}.values():
        name, part = named.get(figure.key, (f"数据_{_clean(figure.key)}", "其他"))
        if counted[name.casefold()] > 1:
            name = f"{name}_{_clean(figure.key)}"
        yield NamedValue(name=name, value=_value(figure), shown=figure.shown, part=part)


def _named(report: Report) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the key of each figure with its name and its part."""
    for table in tables_of(report):
        for row in table.rows:
            for column, cell in enumerate(row):
                for figure in _figures_in(cell):
                    if figure.key not in _FIXED:
                        yield figure.key, _name(table, row, column, figure)
    for key, name in _FIXED.items():
        yield key, (name, "总数")


def _name(table: Table, row: tuple[Cell, ...], column: int, figure: Figure) -> tuple[str, str]:
    title = table.columns[column].title + ("上限" if figure.key.endswith("_upper") else "")
    if table.key == "tasks":
        number = figure.key.removeprefix("task.task:").partition(".")[0]
        return f"任务T{_clean(number)}_{_clean(title)}", "任务"
    part, labels = _TABLES.get(table.key, (table.key, (0,)))
    pieces = [_clean(str(row[at])) for at in labels if at < len(row) and isinstance(row[at], str)]
    return "_".join((part, *pieces, _clean(title))), part


def _figures_in(cell: Cell) -> Iterator[Figure]:
    parts = cell.parts if isinstance(cell, Paragraph) else (cell,)
    return (part for part in parts if isinstance(part, Figure))


def _clean(words: str) -> str:
    """Return words as a name may hold them: letters, digits and low lines."""
    return _NO_LETTER.sub("_", words).strip("_")[:_LONGEST_PIECE]


def _value(figure: Figure) -> FillValue:
    """Return the number that the page shows, in the unit without 万 or 亿; a rate as a share."""
    if figure.value is None:
        return None
    try:
        printed, multiple, unit = split_amount(figure.shown)
    except UnreadableWordsError:
        return figure.value
    return Share(printed / 100) if unit == "%" else printed * multiple
