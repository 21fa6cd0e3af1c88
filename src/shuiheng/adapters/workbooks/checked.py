"""What a check found: the rows as values, and every fault with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shuiheng.adapters.containers.stamp import FoundStamp
from shuiheng.adapters.workbooks.table import RawTable
from shuiheng.adapters.workbooks.template import Row
from shuiheng.kernel import Severity

LEVEL_WORDS = {Severity.DISQUALIFY: "错误", Severity.WARN: "提示", Severity.NOTE: "信息"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFinding:
    """One fault or doubt in a workbook.

    The sentence and the remedy stand in `rulebook/findings/workbooks.yaml` under `code`.

    Args:
        code: Room and rule, for example `workbooks.day_impossible`.
        severity: `disqualify` is 错误 and bars the import, `warn` is 提示 and wants a written
            reason, `note` is 信息.
        row: Row of the sheet as the user sees it, from 1; None for the whole file.
        column: Key of the column, or None for the whole row or file.
        position: Column of the sheet, counted from 0, or None.
        heading: Heading of the column.
        evidence: What the cell holds.
        values: Names and values for the sentence, in order.
    """

    code: str
    severity: Severity
    row: int | None = None
    column: str | None = None
    position: int | None = None
    heading: str = ""
    evidence: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def blanks(self) -> dict[str, str]:
        """What fills the blanks of its sentence."""
        place = {"row": "" if self.row is None else str(self.row)}
        return {**place, "heading": self.heading, "evidence": self.evidence, **dict(self.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """One row that asks to be imported.

    Args:
        number: Row of the sheet as the user sees it, from 1.
        values: Values by key of column; a cell at fault is None.
        key: Digest of the template and the key columns: the same row has it in every file.
        digest: Digest of all values: it changes when anything in the row does.
        reason: The reason written for a 提示, or empty.
        has_errors: Whether an error stands in the row.
        has_doubts: Whether a 提示 stands in the row.
    """

    number: int
    values: Row
    key: str
    digest: str
    reason: str = ""
    has_errors: bool = False
    has_doubts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredRow:
    """A row that is not read: `sample`, `total`, `foot`, `untouched`."""

    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTable:
    """The outcome of a check; nothing is saved by it.

    Args:
        table: The file as read.
        template: Id of the template.
        stamp: Stamp that the file carries, or None.
        sheet: Name of the sheet that was read, or empty when none was found.
        header_row: Row of the headings, from 1, or 0.
        positions: Column of the sheet, from 0, by key of column.
        result_position: Column of 校验结果 in the sheet, or None.
        rows: Rows to import, in order.
        ignored: Rows left out, with the reason.
        findings: All faults and doubts, in the order of the sheet.
        table_key: Digest of stamp and values: two files with the same answers share it.
    """

    table: RawTable
    template: str
    stamp: FoundStamp | None
    sheet: str = ""
    header_row: int = 0
    positions: tuple[tuple[str, int], ...] = ()
    result_position: int | None = None
    rows: tuple[CheckedRow, ...] = ()
    ignored: tuple[IgnoredRow, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    table_key: str = ""

    @property
    def errors(self) -> Iterator[CellFinding]:
        """The findings that bar the import."""
        return (each for each in self.findings if each.severity is Severity.DISQUALIFY)

    @property
    def unanswered(self) -> Iterator[CheckedRow]:
        """The rows with a 提示 for which no reason is written."""
        return (row for row in self.rows if row.has_doubts and not row.reason)

    @property
    def can_commit(self) -> bool:
        """Whether the file may be imported: rows, no error, every 提示 answered."""
        return bool(self.rows) and next(self.errors, None) is None and next(self.unanswered, None) is None
