"""Doubts about a returned workbook: values that want a written reason (提示), and mere notes (信息)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from shuiheng.adapters.records.queries_progress import FormRow, ValueCell
from shuiheng.adapters.rulebook import import_policy
from shuiheng.adapters.workbooks import CellFinding, CheckedRow, CheckedTable
from shuiheng.kernel import Severity
from shuiheng.services.demand_words import Language, shown_amount
from shuiheng.services.progress_form import PROGRESS_FORM, open_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """What is doubtful about a cell, before its place is known."""

    code: str
    column: str
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.WARN


def doubted(checked: CheckedTable, known: Sequence[FormRow]) -> CheckedTable:
    """Return the table with a doubt on each value that does not go with the last one.

    A row with a doubt is taken in once a reason is written for it; the reason stands in the
    workbook's own column or is typed on the page of the check.
    """
    doubts = {row.number: list(_doubts(row, known)) for row in checked.rows if not row.has_errors}
    found = [_finding(doubt, row, checked) for row in checked.rows for doubt in doubts.get(row.number, ())]
    if not found:
        return checked
    wanting = {each.row for each in found if each.severity is Severity.WARN}
    rows = tuple(replace(row, has_doubts=row.has_doubts or row.number in wanting) for row in checked.rows)
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    return replace(checked, rows=rows, findings=tuple(findings))


def _doubts(row: CheckedRow, known: Sequence[FormRow]) -> Iterator[_Doubt]:
    code = str(row.values.get("code"))
    for form in open_rows(known):
        if code == f"T{form.task.pk}":
            yield from _about_words(row, form)
        for cell in form.cells:
            value = row.values.get("value")
            if code == f"T{form.task.pk}-G{cell.target.pk}" and isinstance(value, Decimal | int):
                yield from _about_value(Decimal(value), cell)


def _about_words(row: CheckedRow, form: FormRow) -> Iterator[_Doubt]:
    said = str(row.values.get("done_text") or "").strip()
    if said and form.last is not None and said == form.last.done_text.strip():
        yield _Doubt(code="progress.same_as_last", column="done_text", severity=Severity.NOTE)


def _about_value(value: Decimal, cell: ValueCell) -> Iterator[_Doubt]:
    if cell.last is None:
        return
    rules, last = import_policy(), cell.last
    told = (
        ("value", shown_amount(value, cell.target, language=Language.CHINESE)),
        ("last", shown_amount(last, cell.target, language=Language.CHINESE)),
    )
    if value < last and cell.target.kind in rules.growing_kinds:
        yield _Doubt(code="progress.value_fell", column="value", values=told)
    elif last > 0 and (value >= last * rules.far_times or value * rules.far_times <= last):
        yield _Doubt(code="progress.value_far", column="value", values=told)


def _finding(doubt: _Doubt, row: CheckedRow, checked: CheckedTable) -> CellFinding:
    return CellFinding(
        code=doubt.code,
        severity=PROGRESS_FORM.severity(doubt.code, doubt.severity),
        row=row.number,
        column=doubt.column,
        position=dict(checked.positions).get(doubt.column),
        heading=PROGRESS_FORM.column(doubt.column).heading,
        evidence=str(row.values[doubt.column])[:80],
        values=doubt.values,
    )
