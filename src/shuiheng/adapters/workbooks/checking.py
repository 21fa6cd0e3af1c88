"""Checking a returned workbook: every cell, every row, the file as a whole. Nothing is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shuiheng.adapters.containers.stamp import FoundStamp
from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.checked import CellFinding, CheckedRow, CheckedTable, IgnoredRow
from shuiheng.adapters.workbooks.headings import Heads, found_heads
from shuiheng.adapters.workbooks.keys import table_key
from shuiheng.adapters.workbooks.row_checks import RowReader
from shuiheng.adapters.workbooks.stamp_checks import StampRules, found_stamp, stamp_faults
from shuiheng.adapters.workbooks.table import RawTable
from shuiheng.adapters.workbooks.table_checks import duplicates, issued_row_faults
from shuiheng.adapters.workbooks.template import Row, Template
from shuiheng.adapters.workbooks.template_checks import check_template
from shuiheng.kernel import Severity

__all__ = ["StampRules", "check"]
_NO_RULES = StampRules()
_MOST_FINDINGS = 20_000
_PROGRESS_STEP = 500
OnProgress = Callable[[int, int], None]


def check(
    table: RawTable,
    template: Template,
    *,
    rules: StampRules = _NO_RULES,
    issued: Sequence[Row] | None = None,
    on_progress: OnProgress | None = None,
) -> CheckedTable:
    """Return the rows of a returned workbook as values, and every fault with its cell.

    Args:
        table: The file as read.
        template: The form that it must be.
        rules: What its stamp must say.
        issued: The rows that were filled before issue. With them, locked cells must be as they
            were, missing rows are counted, and new rows are refused unless the form takes them.
        on_progress: Told how many rows are read, and of how many; what it raises ends the check.

    Raises:
        TemplateFaultError: The template contradicts itself.
    """
    check_template(template)
    stamp = found_stamp(table)
    faults = list(stamp_faults(stamp, template, rules))
    findings = [_of_file(fault, template) for fault in faults]
    if any(fault.severity is Severity.DISQUALIFY for fault in faults):
        return CheckedTable(table=table, template=template.id, stamp=stamp, findings=tuple(findings))
    places = found_heads(table, template)
    if not places:
        missing = Fault("header_not_found", (("title", template.title),))
        findings.append(_of_file(missing, template))
        return CheckedTable(table=table, template=template.id, stamp=stamp, findings=tuple(findings))
    heads = places[0]
    findings += [_of_file(fault, template, column) for column, fault in _head_faults(heads, template, places)]
    if any(each.severity is Severity.DISQUALIFY for each in findings):
        return _outcome(table, template, stamp, heads, _Rows((), (), tuple(findings)))
    reader = RowReader(template, heads, is_1904=table.is_1904, issued=issued)
    found = _rows(reader, findings, issued=issued, on_progress=on_progress)
    return _outcome(table, template, stamp, heads, found)


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: tuple[CheckedRow, ...]
    ignored: tuple[IgnoredRow, ...]
    findings: tuple[CellFinding, ...]


def _rows(
    reader: RowReader,
    findings: list[CellFinding],
    *,
    issued: Sequence[Row] | None,
    on_progress: OnProgress | None,
) -> _Rows:
    """Return the rows of the sheet; what is wrong with the file as a whole is added to `findings`."""
    template, heads = reader.template, reader.heads
    total = len(heads.sheet.rows)
    for number in range(heads.row + 1, total):
        reader.read(number)
        if len(reader.findings) > _MOST_FINDINGS:
            told = (("count", str(_MOST_FINDINGS)), ("row", str(number + 1)))
            findings.append(_of_file(Fault("check_stopped", told), template))
            break
        if on_progress is not None and number % _PROGRESS_STEP == 0:
            on_progress(number, total)
    later = [
        *duplicates(template, heads, reader.drafts),
        *issued_row_faults(template, heads, reader.drafts, issued, ignored=reader.ignored),
    ]
    found = sorted([*reader.findings, *later], key=lambda each: (each.row or 0, each.position or 0))
    if not reader.drafts:
        found.insert(0, _of_file(Fault("no_rows"), template))
    marked = {Severity.DISQUALIFY: set[int](), Severity.WARN: set[int](), Severity.NOTE: set[int]()}
    for each in found:
        marked[each.severity].add(each.row or 0)
    rows = tuple(
        draft.checked(
            template,
            has_errors=draft.number in marked[Severity.DISQUALIFY],
            has_doubts=draft.number in marked[Severity.WARN],
        )
        for draft in reader.drafts
    )
    return _Rows(rows, tuple(reader.ignored), (*findings, *found))


def _outcome(
    table: RawTable, template: Template, stamp: FoundStamp | None, heads: Heads, outcome: _Rows
) -> CheckedTable:
    return CheckedTable(
        table=table,
        template=template.id,
        stamp=stamp,
        sheet=heads.sheet.name,
        header_row=heads.row + 1,
        positions=tuple(heads.positions.items()),
        result_position=heads.own.get(layout.RESULT),
        rows=outcome.rows,
        ignored=outcome.ignored,
        findings=outcome.findings,
        table_key=table_key(template, stamp, outcome.rows),
    )


def _head_faults(
    heads: Heads, template: Template, places: Sequence[Heads]
) -> Iterator[tuple[str | None, Fault]]:
    """Yield what is wrong with the headings."""
    for other in places[1:]:
        if any(row for row in other.sheet.rows[other.row + 1 :]):
            yield None, Fault("two_tables", (("first", heads.sheet.name), ("second", other.sheet.name)))
    for column in template.columns:
        if column.key not in heads.positions:
            is_grave = template.needs(column) or column.is_locked
            severity = Severity.DISQUALIFY if is_grave else Severity.NOTE
            yield column.key, Fault("column_missing", (("column", column.zh),), severity)
    for name in heads.twice:
        yield None, Fault("column_twice", (("column", name),))
    for key, unit in heads.other_units:
        column = template.column(key)
        told = (("column", column.zh), ("found", unit), ("expected", column.shown_unit or "-"))
        yield key, Fault("column_unit", told)
    for _, words in heads.unknown:
        yield None, Fault("column_unknown", (("column", words[:40]),), Severity.NOTE)


def _of_file(fault: Fault, template: Template, column: str | None = None) -> CellFinding:
    code = f"workbooks.{fault.cause}"
    return CellFinding(
        code=code, severity=template.severity(code, fault.severity), column=column, values=fault.values
    )
