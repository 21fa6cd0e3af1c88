"""What is written into a returned workbook: a result for each row, a note on each bad cell, a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.checked import LEVEL_WORDS, CellFinding, CheckedTable
from shuiheng.kernel import Severity

AUTHOR = "水衡校验"
PASSED = "通过"
FILLS = {Severity.DISQUALIFY.value: "FFC7CE", Severity.WARN.value: "FFEB9C"}
SUMMARY_HEADINGS = ("级别", "行", "列", "单元格", "填写的内容", "问题", "处理办法")
SUMMARY_WIDTHS = (8, 8, 18, 10, 26, 50, 50)
_LONGEST_RESULT = 800
_IGNORED_WORDS = {
    "sample": "示例行，不读取",
    "total": "合计行，不读取",
    "foot": "表尾，不读取",
    "untouched": "未填写，不读取",
}
_GRAVEST = (Severity.DISQUALIFY, Severity.WARN, Severity.NOTE)


class Said(Protocol):
    """What people read about a finding."""

    @property
    def says(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do."""


Say = Callable[[CellFinding], Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """The result of one row, in the first column; `level` is empty when it passed."""

    row: int
    level: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """The note on one cell; row from 1, column from 0."""

    row: int
    position: int
    level: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One line of the summary sheet."""

    level: str
    row: int | None
    position: int | None
    heading: str
    evidence: str
    says: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that is written into the workbook."""

    sheet: str
    header_row: int
    result_position: int | None
    rows: tuple[RowAnswer, ...]
    cells: tuple[CellAnswer, ...]
    summary: tuple[SummaryLine, ...]
    summary_sheet: str = layout.SUMMARY_SHEET


def answers_of(checked: CheckedTable, say: Say, *, summary_sheet: str = layout.SUMMARY_SHEET) -> Answers:
    """Return what is to be written about a check, in the words that `say` gives."""
    lines = tuple(_line(finding, say(finding)) for finding in checked.findings)
    return Answers(
        sheet=checked.sheet,
        header_row=checked.header_row,
        result_position=checked.result_position,
        rows=tuple(_rows(checked, lines)),
        cells=tuple(_cells(checked, lines)),
        summary=lines,
        summary_sheet=summary_sheet,
    )


def _line(finding: CellFinding, said: Said) -> SummaryLine:
    return SummaryLine(
        level=finding.severity.value,
        row=finding.row,
        position=finding.position,
        heading=finding.heading,
        evidence=finding.evidence,
        says=said.says,
        remedy=said.remedy,
    )


def _rows(checked: CheckedTable, lines: tuple[SummaryLine, ...]) -> Iterator[RowAnswer]:
    told: dict[int, list[SummaryLine]] = {}
    for line in lines:
        if line.row is not None:
            told.setdefault(line.row, []).append(line)
    ignored = {row.number: row.why for row in checked.ignored}
    for number in sorted({row.number for row in checked.rows} | set(told) | set(ignored)):
        faults = told.get(number, [])
        level = next((each for each in _GRAVEST for line in faults if line.level == each.value), None)
        if level is Severity.NOTE or level is None:
            words = _IGNORED_WORDS.get(ignored.get(number, ""), PASSED)
            yield RowAnswer(row=number, level="", words=words)
        else:
            words = "；".join(
                f"{line.heading}：{line.says}" if line.heading else line.says for line in faults
            )
            yield RowAnswer(
                row=number, level=level.value, words=f"{LEVEL_WORDS[level]}：{words}"[:_LONGEST_RESULT]
            )


def _cells(checked: CheckedTable, lines: tuple[SummaryLine, ...]) -> Iterator[CellAnswer]:
    told: dict[tuple[int, int], list[SummaryLine]] = {}
    for line in lines:
        if line.row is not None and line.position is not None and line.level in FILLS:
            told.setdefault((line.row, line.position), []).append(line)
    for (row, position), faults in told.items():
        level = next(each.value for each in _GRAVEST for line in faults if line.level == each.value)
        words = "\n".join(f"{LEVEL_WORDS[Severity(line.level)]}：{line.says}{line.remedy}" for line in faults)
        yield CellAnswer(row=row, position=position, level=level, words=words)
