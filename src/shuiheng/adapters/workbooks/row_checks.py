"""Reading the rows of a table one by one: which are rows, what they hold, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.parsing import parse_cell
from shuiheng.adapters.workbooks.cells.plain import plain_text, plain_word
from shuiheng.adapters.workbooks.checked import CellFinding, CheckedRow, IgnoredRow
from shuiheng.adapters.workbooks.headings import Heads
from shuiheng.adapters.workbooks.keys import row_digest, row_key
from shuiheng.adapters.workbooks.printing import printed_cell, printed_value
from shuiheng.adapters.workbooks.rules import broken_rules
from shuiheng.adapters.workbooks.samples import SAMPLE, sample_rows
from shuiheng.adapters.workbooks.table import Cell
from shuiheng.adapters.workbooks.template import Row, Template, Value
from shuiheng.kernel import Severity

_MERGED_PLACES = 200_000
_LONGEST_WORD, _FOOT_CELLS = 40, 4
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计合计|合计数)[:：]?")
_FOOT = re.compile(
    r"(?:注|备注|说明|单位负责人|统计负责人|负责人|填表人|制表人|审核人|复核人|联系人|联系电话|填报日期|填表日期|报出日期)[:：]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """A row before the whole file is known: its number from 1, its values, its reason."""

    number: int
    values: Row
    at_fault: frozenset[str]
    reason: str

    def checked(self, template: Template, *, has_errors: bool, has_doubts: bool) -> CheckedRow:
        """Return the row with its digests."""
        return CheckedRow(
            number=self.number,
            values=self.values,
            key=row_key(template, self.values),
            digest=row_digest(template, self.values, self.reason),
            reason=self.reason,
            has_errors=has_errors,
            has_doubts=has_doubts,
        )


class RowReader:
    """Collects the rows of one table, those left out, and what is wrong with cells."""

    def __init__(
        self, template: Template, heads: Heads, *, is_1904: bool, issued: Sequence[Row] | None
    ) -> None:
        self.template = template
        self.heads = heads
        self.drafts: list[RowDraft] = []
        self.ignored: list[IgnoredRow] = []
        self.findings: list[CellFinding] = []
        self._is_1904 = is_1904
        self._samples = sample_rows(template)
        self._have_telling_samples = any(
            isinstance(value, str) and SAMPLE in value
            for sample in self._samples
            for value in sample.values()
        )
        self._inner = _inner_places(heads.sheet.merged)
        self._open = {
            column.key
            for column in template.columns
            if not column.is_locked and column.key not in template.keys
        }
        self._is_prefilled = bool(issued)

    def read(self, number: int) -> None:
        """Read one row, counted from 0."""
        row = self.heads.sheet.rows[number]
        cells = {key: row[at] if at < len(row) else None for key, at in self.heads.positions.items()}
        merged = {key for key, at in self.heads.positions.items() if (number, at) in self._inner}
        if all(cell is None for cell in cells.values()) and not merged:
            return
        if (why := self._left_out(row, cells)) is not None:
            self._leave_out(number, why)
            return
        values, faults = self._parsed(number, cells)
        if self._is_sample(number, row, cells, values):
            return
        if self._is_untouched(cells):
            self._leave_out(number, "untouched")
            return
        for key in merged:
            faults.setdefault(key, Fault("merged_cell"))
        for column in self.template.columns:
            if cells.get(column.key) is None and self.template.needs(column):
                faults.setdefault(column.key, Fault("required"))
        at_fault = frozenset(key for key, fault in faults.items() if values[key] is None)
        told = list(faults.items())
        told += broken_rules(self.template, values, at_fault=at_fault)
        for key, fault in told:
            self.tell(number, fault, key=key)
        self.drafts.append(
            RowDraft(
                number=number + 1, values=values, at_fault=at_fault, reason=self._own(row, layout.REASON)
            )
        )

    def tell(self, number: int, fault: Fault, *, key: str | None = None) -> None:
        """Keep a finding about a cell or row, counted from 0."""
        self.findings.append(finding_of(self.template, self.heads, number=number, fault=fault, key=key))

    def _parsed(self, number: int, cells: Mapping[str, Cell]) -> tuple[dict[str, Value], dict[str, Fault]]:
        values: dict[str, Value] = {}
        faults: dict[str, Fault] = {}
        for column in self.template.columns:
            at = self.heads.positions.get(column.key, -1)
            value, fault = parse_cell(
                cells.get(column.key),
                column,
                is_1904=self._is_1904,
                is_percent=(number, at) in self.heads.sheet.percents,
            )
            values[column.key] = value
            if fault is not None:
                faults[column.key] = fault
        return values, faults

    def _own(self, row: Sequence[Cell], heading: str) -> str:
        at = self.heads.own.get(heading)
        return plain_text(printed_cell(row[at])) if at is not None and at < len(row) else ""

    def _left_out(self, row: Sequence[Cell], cells: Mapping[str, Cell]) -> str | None:
        """Return why a row is no row of the table: a total, or a foot line."""
        number = self._own(row, layout.NUMBER)
        first = next((cell for cell in cells.values() if isinstance(cell, str)), "")
        words = (plain_word(number), plain_word(first[:_LONGEST_WORD]))
        if any(_TOTAL.fullmatch(word) for word in words):
            return "total"
        is_short = sum(cell is not None for cell in cells.values()) <= _FOOT_CELLS
        return "foot" if is_short and any(_FOOT.match(word) for word in words) else None

    def _is_sample(self, number: int, row: Sequence[Cell], cells: Mapping[str, Cell], values: Row) -> bool:
        """Return whether a row is a sample; a sample that was changed is told and not read."""
        is_marked = plain_word(self._own(row, layout.NUMBER)).startswith(SAMPLE)
        if not is_marked and not self._have_telling_samples:
            return False
        is_same = any(
            all(
                values[key] == sample[key] or self._reads_as(cell, key, sample[key])
                for key, cell in cells.items()
            )
            for sample in self._samples
        )
        if is_marked and not is_same:
            self.tell(number, Fault("sample_changed"))
        if is_marked or is_same:
            self.ignored.append(IgnoredRow(number=number + 1, why="sample"))
        return is_marked or is_same

    def _reads_as(self, cell: Cell, key: str, sample: Value) -> bool:
        shown = printed_value(sample, self.template.column(key).form)
        return plain_word(printed_cell(cell)) == plain_word(shown)

    def _is_untouched(self, cells: Mapping[str, Cell]) -> bool:
        """Return whether an issued row came back with nothing but what was filled in before."""
        answers = [cell for key, cell in cells.items() if key in self._open]
        return self._is_prefilled and bool(answers) and all(cell is None for cell in answers)

    def _leave_out(self, number: int, why: str) -> None:
        self.ignored.append(IgnoredRow(number=number + 1, why=why))
        self.tell(number, Fault(f"row_{why}", severity=Severity.NOTE))


def finding_of(
    template: Template, heads: Heads, *, number: int, fault: Fault, key: str | None = None
) -> CellFinding:
    """Return a fault with its place; the row is counted from 0 here and from 1 in the finding."""
    code = f"workbooks.{fault.cause}"
    at = heads.positions.get(key) if key is not None else None
    row = heads.sheet.rows[number] if number < len(heads.sheet.rows) else ()
    return CellFinding(
        code=code,
        severity=template.severity(code, fault.severity),
        row=number + 1,
        column=key,
        position=at,
        heading=template.column(key).zh if key is not None else "",
        evidence=printed_cell(row[at]) if at is not None and at < len(row) else "",
        values=fault.values,
    )


def _inner_places(areas: Sequence[tuple[int, int, int, int]]) -> frozenset[tuple[int, int]]:
    """Return the places of merged areas that show nothing of their own, as many as a sheet may have."""
    places = (
        (row, column)
        for top, left, bottom, right in areas
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    )
    return frozenset(islice(places, _MERGED_PLACES))
