"""The reporting form of a unit as a workbook: its columns, its rows, and the contents that come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from shuiheng.adapters.records.models import Organisation, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import period_name
from shuiheng.adapters.records.queries_progress import FormRow, ValueCell
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedRow,
    CheckedTable,
    Column,
    ColumnForm,
    Stamp,
    StampRules,
    Template,
    Value,
    write_template,
)
from shuiheng.kernel import Severity
from shuiheng.services.demand_words import Language, demand, plain_number, printed_unit, shown_amount
from shuiheng.services.progress_content import TEXT_LIMIT, ProgressContent, content_of, value_from
from shuiheng.services.progress_errors import FieldRefusedError

OPEN = ("draft", "returned")
YES, NO = "是", "否"
SALT = "shuiheng.workbooks"
Row = Mapping[str, Value]

_BY_SYSTEM = "由系统填写，请勿改动。"
_OPTIONAL = "任务行选填。"
_PLACES = 16  # 亿 and the eight places of the table
_OF_FORM = frozenset({"workbooks.number_has_multiple", "workbooks.number_has_unit"})

PROGRESS_FORM = Template(
    id="progress",
    version=2,
    title="节水任务进展填报表",
    keys=("code",),
    takes_new_rows=False,
    columns=(
        Column(
            key="code",
            zh="编号",
            en="Code",
            form=ColumnForm.CODE,
            is_locked=True,
            is_required=True,
            pattern=r"T[0-9]{1,11}(-G[0-9]{1,11})?",
            help=_BY_SYSTEM,
            samples=("T0", "T0-G0"),
            width=14,
        ),
        Column(
            key="what",
            zh="任务或指标",
            en="Task or metric",
            is_locked=True,
            longest=4000,
            help=_BY_SYSTEM,
            samples=("推进渠系改造", "改造数量"),
            width=46,
        ),
        Column(
            key="asked",
            zh="要求",
            en="Asked",
            is_locked=True,
            help=_BY_SYSTEM,
            samples=("2027-12-31 前", "≥ 4 处"),
            width=20,
        ),
        Column(
            key="last",
            zh="上期",
            en="Last period",
            longest=4000,
            help="上期填报的内容，供参考。",
            samples=("完成勘察设计", "1"),
            width=26,
        ),
        Column(
            key="done_text",
            zh="本期完成情况",
            en="Done",
            longest=TEXT_LIMIT,
            help="任务行填写；指标行留空。",
            samples=("完成渠道衬砌两公里", ""),
            width=46,
        ),
        Column(
            key="value",
            zh="本期数值",
            en="Value",
            form=ColumnForm.DECIMAL,
            places=_PLACES,
            help="指标行按“计量单位”填写数字；任务行留空。",
            samples=("", "2"),
            width=14,
        ),
        Column(
            key="measure",
            zh="计量单位",
            en="Unit",
            is_locked=True,
            help=_BY_SYSTEM,
            samples=("", "处"),
            width=12,
        ),
        Column(
            key="is_complete",
            zh="是否已全部完成",
            en="Complete",
            form=ColumnForm.CHOICE,
            choices=(YES, NO),
            help=_OPTIONAL,
            samples=(NO, ""),
            width=12,
        ),
        Column(
            key="obstacles",
            zh="存在问题",
            en="Obstacles",
            longest=TEXT_LIMIT,
            help=_OPTIONAL,
            samples=("部分地块协议未签", ""),
            width=30,
        ),
        Column(
            key="next_step",
            zh="下一步",
            en="Next step",
            longest=TEXT_LIMIT,
            help=_OPTIONAL,
            samples=("推进二标段招标", ""),
            width=30,
        ),
    ),
    notes=(
        "每项任务占一行，任务下的指标各占一行。",
        "已上报的任务不在表中；退回的任务可修改后重新报送。",
        "整行留空的，视为本次不填，已保存的内容不变。",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedReport:
    """What a returned workbook says about one task.

    Args:
        task: Key of the task.
        row: Row of the sheet on which the task stands.
        rows: All rows of the sheet that speak of it.
        content: What is written.
    """

    task: int
    row: int
    rows: tuple[int, ...]
    content: ProgressContent


def open_rows(rows: Sequence[FormRow]) -> list[FormRow]:
    """Return the rows of a form that can be written now."""
    return [row for row in rows if row.progress is None or row.progress.state in OPEN]


def issued_rows(rows: Sequence[FormRow]) -> list[Row]:
    """Return the rows of the workbook: one for each task, followed by one for each of its targets."""
    return [
        line
        for row in open_rows(rows)
        for line in (_task_row(row), *(_target_row(row, c) for c in row.cells))
    ]


def form_workbook(period: ReportingPeriod, unit: Organisation, rows: Sequence[FormRow]) -> bytes:
    """Return the stamped workbook with what is known already."""
    stamp = Stamp(
        unit=unit.name,
        period=period_name(period),
        issued_at=timezone.now().isoformat(timespec="seconds"),
        batch=batch_mark(period, unit),
    )
    return write_template(PROGRESS_FORM, stamp=stamp, rows=issued_rows(rows), secret=secret_key())


def stamp_rules(period: ReportingPeriod, unit: Organisation) -> StampRules:
    """Return what the stamp of a returned workbook must say."""
    return StampRules(
        unit=unit.name, period=period_name(period), batch=batch_mark(period, unit), secret=secret_key()
    )


def batch_mark(period: ReportingPeriod, unit: Organisation) -> str:
    """Return the mark that tells for which unit and period a workbook was issued."""
    return f"P{period.pk}U{unit.pk}"


def secret_key() -> bytes:
    """Return the key with which this installation signs its workbooks."""
    return f"{SALT}:{settings.SECRET_KEY}".encode()


def returned_reports(rows: Sequence[CheckedRow], known: Sequence[FormRow]) -> list[ReturnedReport]:
    """Return what the rows of a checked workbook say, by task, in the order of the form.

    A row that was left blank says nothing, so that what is saved for it stays.
    """
    by_code = {str(row.values["code"]): row for row in rows}
    found = []
    for row in open_rows(known):
        line = by_code.get(f"T{row.task.pk}")
        given = {cell: by_code.get(f"T{row.task.pk}-G{cell.target.pk}") for cell in row.cells}
        lines = [each for each in (line, *given.values()) if each is not None]
        if not lines:
            continue
        numbers = {cell.target.pk: _number(cell, each) for cell, each in given.items()}
        values = {key: number for key, number in numbers.items() if number is not None}
        saved = content_of(row.progress) if row.progress else ProgressContent()
        content = _content(line.values, values) if line is not None else replace(saved, values=values)
        numbers_of = tuple(each.number for each in lines)
        found.append(ReturnedReport(task=row.task.pk, row=numbers_of[0], rows=numbers_of, content=content))
    return found


def _number(cell: ValueCell, line: CheckedRow | None) -> Decimal | None:
    given = line.values.get("value") if line is not None else None
    return cell.value if given is None else Decimal(str(given))


def in_own_units(checked: CheckedTable, known: Sequence[FormRow]) -> CheckedTable:
    """Return the table with each value in the unit of its target, whatever unit the cell names.

    A cell that names another unit of the same sort, such as 12000亩 in a row for 万亩, is understood.
    A value with more digits than the table holds is an error on its cell.
    """
    cells = {f"T{row.task.pk}-G{cell.target.pk}": cell for row in open_rows(known) for cell in row.cells}
    typed = {each.row: each for each in checked.findings if each.column == "value" and each.code in _OF_FORM}
    rows, settled, found = [], [], []
    for row in checked.rows:
        cell, finding = cells.get(str(row.values.get("code"))), typed.get(row.number)
        given = row.values.get("value")
        text = finding.evidence if finding else plain_number(Decimal(str(given))) if given is not None else ""
        if cell is None or not text:
            rows.append(row)
            continue
        try:
            value = value_from(text, cell.target, asked=_asked(cell))
        except FieldRefusedError as refused:
            rows.append(row)
            found += [_refused(refused, row, checked)] if finding is None else []
            continue
        settled += [finding] if finding else []
        rows.append(
            replace(row, values={**row.values, "value": value}, has_errors=row.has_errors and not finding)
        )
    findings = [each for each in checked.findings if each not in settled] + found
    findings.sort(key=lambda each: (each.row or 0, each.position or 0))
    return replace(checked, rows=tuple(rows), findings=tuple(findings))


def _refused(refused: FieldRefusedError, row: CheckedRow, checked: CheckedTable) -> CellFinding:
    heading = PROGRESS_FORM.column("value").heading
    return CellFinding(
        code=refused.code,
        severity=Severity.DISQUALIFY,
        row=row.number,
        column="value",
        position=dict(checked.positions).get("value"),
        heading=heading,
        evidence=str(row.values["value"])[:80],
        values=tuple(refused.values.items()),
    )


def _asked(cell: ValueCell) -> str:
    return printed_unit(cell.target, language=Language.CHINESE).name


def misplaced(checked: CheckedTable) -> CheckedTable:
    """Return the table with an error on each cell that is filled where its row does not ask for it."""
    places, found = dict(checked.positions), []
    headings = {column.key: column.heading for column in PROGRESS_FORM.columns}
    for row in checked.rows:
        is_target = "-G" in str(row.values.get("code"))
        for key in ("done_text", "is_complete", "obstacles", "next_step") if is_target else ("value",):
            if row.values.get(key) not in (None, ""):
                found.append(
                    CellFinding(
                        code="progress.cell_misplaced",
                        severity=Severity.DISQUALIFY,
                        row=row.number,
                        column=key,
                        position=places.get(key),
                        heading=headings[key],
                        evidence=str(row.values[key])[:80],
                    )
                )
    if not found:
        return checked
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    return replace(checked, findings=tuple(findings))


def _content(values: Row, numbers: Mapping[int, Decimal]) -> ProgressContent:
    texts = {name: str(values.get(name) or "").strip() for name in ("done_text", "obstacles", "next_step")}
    return ProgressContent(**texts, is_complete=values.get("is_complete") == YES, values=dict(numbers))


def _task_row(row: FormRow) -> Row:
    progress, due = row.progress, row.task.due_on
    values: dict[str, Value] = {
        "code": f"T{row.task.pk}",
        "what": f"{row.task.number} {row.task.text}".strip()[:4000],
        "asked": f"{due.isoformat()} 前" if due else None,
        "last": row.last.done_text[:4000] or None if row.last else None,
    }
    if progress is not None:
        values |= {name: getattr(progress, name) or None for name in ("done_text", "obstacles", "next_step")}
        values["is_complete"] = YES if progress.is_complete else None
    return values


def _target_row(row: FormRow, cell: ValueCell) -> Row:
    target = cell.target
    scope = f"（{target.scope}）" if target.scope else ""
    unit = printed_unit(target, language=Language.CHINESE)
    return {
        "code": f"T{row.task.pk}-G{target.pk}",
        "what": f"· {target.metric}{scope}"[:4000],
        "asked": demand(target, language=Language.CHINESE)[:2000] or None,
        "last": None if cell.last is None else shown_amount(cell.last, target, language=Language.CHINESE),
        "value": None if cell.value is None else Decimal(unit.number(cell.value)),
        "measure": unit.name or None,
    }
