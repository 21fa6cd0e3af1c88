"""A workbook of cases as checked: each new case with its events, and every fault with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import Account, CasePhase, Place, ProgrammeCase, Project, WaterUser
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedTable,
    StampRules,
    Template,
    Value,
    WorkbookRefusedError,
    check,
    read_workbook,
)
from shuiheng.kernel import Severity
from shuiheng.programmes.case import BEFORE_AWARD, CaseState
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases import case_form as form
from shuiheng.services.cases.case_rows import (
    Persons,
    RowFaultError,
    case_of_row,
    has_steps,
    rows_of_cases,
)
from shuiheng.services.cases.choose_subject import AREA, PROJECT, subject_named
from shuiheng.services.cases.keep_case import Desk
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.book_reading import secret_key
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

Row = Mapping[str, Value]
LONGEST_KEY = 18  # digits of a key that a database can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case that a row tells.

    Args:
        number: Row of the sheet.
        row: Its values.
        subject: What it is about.
        district: Key of the place in which it is counted.
        state: What it comes to.
        events: What happened.
    """

    number: int
    row: Row
    subject: Subject
    district: int
    state: CaseState
    events: Sequence[CaseEvent]

    @property
    def has_steps(self) -> bool:
        """Return whether it tells of steps that have ended."""
        return has_steps(self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCheck:
    """A workbook of cases as checked: the sheet, its new cases, and how many stand already."""

    kind: ProgrammeKind
    table: CheckedTable
    new: Sequence[NewCase]
    same: int

    @property
    def errors(self) -> int:
        """How many errors bar the workbook."""
        return sum(1 for _ in self.table.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands already, by which rows are held: read once for a whole workbook.

    Args:
        districts: Keys of the places by name.
        users: Key and unit of the users in sight, by number.
        names: Subjects of areas and projects by name.
        sent: The rows of those of its cases that are in sight, by key, as they went out.
        running: Subjects that have a case under way.
        opened: Subjects with the days on which they were opened.
        numbers: Numbers of certificates that are taken.
    """

    districts: Mapping[str, int]
    users: Mapping[str, tuple[int, int]]
    names: Mapping[str, Subject]
    sent: Mapping[str, Row]
    running: set[str]
    opened: set[tuple[str, date]]
    numbers: set[str]


def check_cases(account: Account, desk: Desk, content: bytes, name: str, persons: Persons) -> BookCheck:
    """Return what a workbook of cases holds, by what its sender may see; nothing is saved.

    Raises:
        ServiceError: It cannot be read.
    """
    kind = desk.course.kind
    try:
        table = read_workbook(content, name=name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    places = list(sight(account, Action.CASES_KEEP)(Place).order_by("order", "pk"))
    template = form.form_of(kind, [each.name for each in places])
    checked = check(table, template, rules=StampRules(is_needed=False, secret=secret_key()))
    standing = _standing(account, desk, places, [row.values for row in checked.rows])
    found: list[CellFinding] = []
    new: list[NewCase] = []
    same = 0
    for row in checked.rows:
        if row.has_errors:
            continue
        try:
            case = _case(desk, standing, row.number, row.values, persons)
        except RowFaultError as fault:
            found.append(_finding(checked, template, row.number, row.values, fault))
            continue
        same += case is None
        new += [] if case is None else [case]
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    return BookCheck(kind=kind, table=replace(checked, findings=tuple(findings)), new=new, same=same)


def _case(desk: Desk, standing: Standing, number: int, row: Row, persons: Persons) -> NewCase | None:
    """Return the case that a row tells; None where it stands already.

    Raises:
        RowFaultError: There can be no such case.
    """
    if row.get(form.CASE):
        _check_unchanged(standing, row)
        return None
    subject = _subject(desk.course.kind, standing, row)
    opened_on = row[form.OPENED]
    if isinstance(opened_on, date) and (subject.key, opened_on) in standing.opened:
        return None
    _check_days(row)
    district = standing.districts[str(row[form.DISTRICT])]
    state, events = case_of_row(desk, row, subject, district, persons)
    if has_steps(row) and not row.get(form.PAPER):
        raise RowFaultError(form.PAPER, "case_batches.no_paper", {})
    if state.phase in BEFORE_AWARD:
        if subject.key in standing.running:
            raise RowFaultError(form.NAME, "cases.running", {"name": subject.name})
        standing.running.add(subject.key)
    if state.number:
        if state.number in standing.numbers:
            raise RowFaultError(form.NUMBER, "cases.number_taken", {"number": state.number})
        standing.numbers.add(state.number)
    return NewCase(number=number, row=row, subject=subject, district=district, state=state, events=events)


def _check_unchanged(standing: Standing, row: Row) -> None:
    """Raise RowFaultError unless a row that went out comes back as it was."""
    sent = standing.sent.get(str(row[form.CASE]))
    if sent is None:
        raise RowFaultError(form.CASE, "case_batches.no_case", {"case": str(row[form.CASE])})
    for name, value in row.items():
        if name != form.PAPER and not _is_same(value, sent.get(name)):
            raise RowFaultError(name, "case_batches.changed_row", {"case": str(row[form.CASE])})


def _is_same(left: Value, right: Value) -> bool:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left == right
    return (left or None) == (right or None)


def _check_days(row: Row) -> None:
    today = timezone.localdate()
    for name, value in row.items():
        if isinstance(value, date) and value > today and name != form.UNTIL:
            raise RowFaultError(name, "cases.future_day", {"day": value.isoformat()})


def _subject(kind: ProgrammeKind, standing: Standing, row: Row) -> Subject:
    name = " ".join(str(row[form.NAME]).split())
    if kind.subject in (AREA, PROJECT) and name in standing.names:
        return standing.names[name]
    if kind.subject == AREA:
        raise RowFaultError(form.NAME, "case_batches.no_area", {"name": name})
    number = str(row.get(form.USER) or "")
    if not number:
        return subject_named(kind, name)
    if number not in standing.users:
        raise RowFaultError(form.USER, "case_batches.no_user", {"number": number})
    user, unit = standing.users[number]
    return Subject(key=f"user:{user}", name=name, sort=kind.subject, user=user, organisation=unit)


def _standing(account: Account, desk: Desk, places: Sequence[Place], rows: Sequence[Row]) -> Standing:
    kind = desk.course.kind
    users: Mapping[str, tuple[int, int]] = {}
    if form.has_users(kind):
        found = sight(account, Action.LEDGER_LOOK)(WaterUser).filter(
            city=desk.place, merged_into__isnull=True
        )
        columns = ("number", "pk", "organisation_id")
        users = {number: (user, unit) for number, user, unit in found.values_list(*columns)}
    stand = ProgrammeCase.objects.filter(place=desk.place, kind=kind.id).exclude(phase=CasePhase.WITHDRAWN)
    cases = list(stand.values_list("subject_key", "phase", "opened_on", "number"))
    return Standing(
        districts={each.name: each.pk for each in places},
        users=users,
        names=_subjects(account, desk, places),
        sent=_sent(account, desk, rows),
        running={subject for subject, phase, _, _ in cases if phase in BEFORE_AWARD},
        opened={(subject, on) for subject, _, on, _ in cases},
        numbers={number for *_, number in cases if number},
    )


def _subjects(account: Account, desk: Desk, places: Sequence[Place]) -> Mapping[str, Subject]:
    """Return the areas or projects that a case can be about, by name; none for other kinds."""
    if desk.course.kind.subject == AREA:
        return {
            each.name: Subject(key=f"place:{each.pk}", name=each.name, sort=AREA, place=each.pk)
            for each in places
        }
    if desk.course.kind.subject != PROJECT:
        return {}
    projects = sight(account, Action.GATES_LOOK)(Project).filter(place=desk.place)
    return {
        name: Subject(key=f"project:{key}", name=name, sort=PROJECT, project=key, organisation=owner)
        for key, name, owner in projects.values_list("pk", "name", "owner_id")
    }


def _sent(account: Account, desk: Desk, rows: Sequence[Row]) -> Mapping[str, Row]:
    """Return the cases that rows name, as rows; one that is not in sight looks like one that is not there."""
    named = {str(row[form.CASE]) for row in rows if row.get(form.CASE)}
    keys = [int(each) for each in named if each.isascii() and each.isdecimal() and len(each) <= LONGEST_KEY]
    cases = sight(account, Action.CASES_LOOK)(ProgrammeCase).filter(
        place=desk.place, kind=desk.course.kind.id, pk__in=keys
    )
    known = cases.exclude(phase=CasePhase.WITHDRAWN).select_related("place", "district", "user")
    return {str(each.pk): values for each, values in rows_of_cases(list(known))}


def _finding(
    checked: CheckedTable, template: Template, number: int, row: Row, fault: RowFaultError
) -> CellFinding:
    value = row.get(fault.column)
    return CellFinding(
        code=fault.code,
        severity=Severity.DISQUALIFY,
        row=number,
        column=fault.column,
        position=dict(checked.positions).get(fault.column),
        heading=template.column(fault.column).zh,
        evidence="" if value is None else str(value),
        values=tuple(fault.values.items()),
    )
