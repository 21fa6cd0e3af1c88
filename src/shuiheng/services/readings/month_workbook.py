"""Readings by the monthly workbook of a water company: sent out, checked, given back marked, taken in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    LedgerBatch,
    Meter,
    MeterEvent,
    MeterEventKind,
    Organisation,
)
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedRow,
    CheckedTable,
    RawTable,
    WorkbookRefusedError,
    annotate,
    check,
    matched_template,
    read_workbook,
)
from shuiheng.adapters.workbooks.stamp_checks import found_stamp
from shuiheng.kernel import Finding, Severity
from shuiheng.metering.model import Reading
from shuiheng.services.errors import EmptyFileError, NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import kept_content
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.ledger.keep_meter import write_meter_event, write_withdrawal
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.batch_kinds import BatchKind, BatchRow, SetAside, know_kind
from shuiheng.services.readings.known_meters import KnownMeter, known_meters
from shuiheng.services.readings.month_checks import (
    MonthRow,
    MonthTerms,
    by_number,
    is_known_swap,
    judged,
    month_row,
)
from shuiheng.services.readings.month_form import (
    ESTIMATED,
    MONTH_FORM,
    NEEDED,
    UNREAD,
    form_of,
    issued_rows,
    month_name,
    month_workbook,
    own_form,
    stamp_rules,
)
from shuiheng.services.readings.reading_store import reading_store, rules_of_intervals
from shuiheng.services.readings.take_readings import UNDOING, UNDONE, Brought, keep_batch
from shuiheng.services.readings.told_by_others import told_by_others
from shuiheng.services.scope import row_for

MONTH_WORKBOOK = "month_workbook"
_MARK = re.compile(r"K[0-9]{1,12}M([0-9]{4})([0-9]{2})")
_SILENT = frozenset(f"workbooks.row_{why}" for why in ("untouched", "sample", "total", "foot")) | {
    "workbooks.stamp_absent",
    "workbooks.column_unknown",
    "workbooks.rows_missing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCheck:
    """What a returned workbook holds.

    Args:
        checked: Every row and every fault with its cell.
        meters: The meters of its keeper.
    """

    checked: CheckedTable
    meters: Sequence[KnownMeter]

    def good_rows(self) -> Iterator[MonthRow]:
        """Yield the rows of which nothing is wrong and every doubt is answered."""
        known = by_number(self.meters)
        for row in self.checked.rows:
            if not row.has_errors and (not row.has_doubts or self.answer(row)):
                yield month_row(row, known, frozenset())

    def answer(self, row: CheckedRow) -> str:
        """Return the reason written for a row; a sheet without our column says it in its remarks."""
        has_ours = self.checked.stamp is not None
        return row.reason or ("" if has_ours else str(row.values.get("remark") or ""))


def issue_month_form(actor: Actor, *, keeper: int, month: date) -> tuple[str, bytes]:
    """Return name and bytes of the workbook in which a keeper of meters files a month.

    Raises:
        NotThereError, NotPermittedError: The organisation is not the actor's.
        ServiceError: `month_workbook.no_meters`.
    """
    account = require(actor, Action.READINGS_IMPORT)
    unit = row_for(account, Action.READINGS_IMPORT, Organisation, pk=keeper)
    month = month.replace(day=1)
    meters = [meter for meter in known_meters(unit, month) if meter.is_active]
    if not meters:
        raise ServiceError("month_workbook.no_meters", unit=unit.name)
    content = month_workbook(month, unit, meters)
    with transaction.atomic():
        record_event(
            account, "form.issued", subject=f"organisation:{unit.pk}", organisation=unit, rows=len(meters)
        )
    return f"{unit.name}_{MONTH_FORM.title}_{month_name(month)}.xlsx", content


def receive_month_workbook(
    actor: Actor, *, content: bytes, name: str, keeper: int, month: date | None = None
) -> LedgerBatch:
    """Keep a returned workbook and have it checked; a file that cannot be read is refused at once.

    Args:
        actor: Who brings it.
        content: The file: our form, or the company's own sheet with headings that are known.
        name: Its name.
        keeper: Key of the organisation whose meters it is about.
        month: The month; our form says it itself.

    Raises:
        EmptyFileError: It holds nothing.
        ServiceError: The file cannot be read, or is of another month; `month_workbook.month_needed`.
        NotThereError, NotPermittedError: The organisation is not the actor's.
    """
    account = require(actor, Action.READINGS_IMPORT)
    if not content:
        raise EmptyFileError
    unit = row_for(account, Action.READINGS_IMPORT, Organisation, pk=keeper)
    table = _read(content, name)
    wanted = _month_of(table, month)
    found = check_month(table, unit=unit, month=wanted, now=timezone.now())
    refused = next((each for each in found.checked.errors if each.row is None), None)
    if refused is not None:
        raise ServiceError(refused.code, **refused.blanks)
    with transaction.atomic():
        unit = row_for(account, Action.READINGS_IMPORT, Organisation, lock=True, pk=keeper)
        brought = Brought(content=content, name=name, kind=MONTH_WORKBOOK, month=wanted)
        return keep_batch(account, unit, brought)


def marked_month_workbook(actor: Actor, key: int) -> tuple[str, bytes]:
    """Return name and bytes of the sender's own workbook with every bad cell marked.

    Raises:
        NotThereError, NotPermittedError: It is not there, or is no monthly workbook.
        ServiceError: It cannot be written into.
    """
    account = require(actor, Action.READINGS_LOOK)
    batch = row_for(account, Action.READINGS_LOOK, LedgerBatch, pk=key)
    if batch.kind != MONTH_WORKBOOK:
        raise NotThereError(f"ledger_batch:{key}")
    content = kept_content(batch.stored_name)
    found = _check_of(batch, content)
    try:
        marked = annotate(content, found.checked, say=_say)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    return f"{batch.original_name.rpartition('.')[0]}_校验结果.xlsx", marked


def check_month(table: RawTable, *, unit: Organisation, month: date, now: datetime) -> MonthCheck:
    """Return what a workbook of a month holds, by what is known of the keeper's meters."""
    meters = known_meters(unit, month)
    rules, is_own = stamp_rules(month, unit), found_stamp(table) is None
    if is_own:
        checked = check(table, matched_template(table, own_form(), wanted=NEEDED), rules=rules)
    else:
        checked = check(table, form_of(month), rules=rules, issued=issued_rows(meters))
    terms = MonthTerms(month=month, now=int(now.timestamp()), rules=rules_of_intervals(), has_own_form=is_own)
    return MonthCheck(checked=judged(checked, meters, terms), meters=meters)


def read_month_workbook(batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    """Yield the readings of a kept workbook, what is wrong with it, and what it takes the place of.

    A meter that an earlier workbook of the same month gave another day is read on the new day only.
    """
    try:
        found = _check_of(batch, content)
    except ServiceError as error:
        values = tuple(error.values.items())
        yield Finding(code=error.code, severity=Severity.DISQUALIFY, subject="document", values=values)
        return
    answers = {row.number: found.answer(row) for row in found.checked.rows}
    numbers = {row.number: str(row.values.get("number") or "") for row in found.checked.rows}
    for each in found.checked.findings:
        if each.code not in _SILENT:
            yield _as_finding(each, number=numbers.get(each.row or 0, ""), answer=answers.get(each.row or 0))
    earlier = _earlier_days(batch)
    for meter, reading in _readings(found):
        yield from _given_back(batch, meter, sorted(earlier.get(meter.key, set()) - {reading.read_at}))
        yield ReceivedReading(
            meter_number=meter.number, read_at=reading.read_at, register_litres=reading.register
        )


def _readings(found: MonthCheck) -> Iterator[tuple[KnownMeter, Reading]]:
    """Yield meter and reading of each row that has one; an estimate of the company is none."""
    for row in found.good_rows():
        if row.meter is not None and row.reading is not None and row.mark not in (ESTIMATED, UNREAD):
            yield row.meter, row.reading


def _given_back(batch: LedgerBatch, meter: KnownMeter, instants: Sequence[int]) -> Iterator[BatchRow]:
    """Yield what holds at instants where earlier workbooks of a month read a meter and this one does not.

    What telemetry or anyone else told of such an instant holds again; what nobody told is no reading.
    """
    if not instants:
        return
    months = Q(kind=MONTH_WORKBOOK, organisation=batch.organisation_id, month=batch.month)
    with reading_store().snapshot() as reader:
        for at in instants:
            litres = told_by_others(reader, meter.key, at, own=months | Q(pk__gte=batch.pk))
            if litres is None:
                yield SetAside(meter_number=meter.number, read_at=at)
            else:
                yield ReceivedReading(meter_number=meter.number, read_at=at, register_litres=litres)


def _earlier_days(batch: LedgerBatch) -> dict[int, set[int]]:
    """Return when earlier workbooks of the same month read each meter, by its key; undone ones read none."""
    found: dict[int, set[int]] = {}
    earlier = LedgerBatch.objects.filter(
        kind=MONTH_WORKBOOK,
        organisation=batch.organisation_id,
        month=batch.month,
        committed_at__isnull=False,
        pk__lt=batch.pk,
    ).exclude(state__in=(UNDOING, UNDONE))
    for each in earlier.select_related("organisation"):
        for meter, reading in _readings(_check_of(each, kept_content(each.stored_name))):
            found.setdefault(meter.key, set()).add(reading.read_at)
    return found


def _check_of(batch: LedgerBatch, content: bytes) -> MonthCheck:
    if batch.month is None:
        raise ServiceError("month_workbook.month_needed")
    table = _read(content, batch.original_name)
    return check_month(table, unit=batch.organisation, month=batch.month, now=batch.made_at)


def _read(content: bytes, name: str) -> RawTable:
    """Return what stands in a file.

    Raises:
        ServiceError: It cannot be read; the code says why.
    """
    try:
        return read_workbook(content, name=name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error


def _month_of(table: RawTable, asked: date | None) -> date:
    """Return the month that a file is about: that of its stamp, else the one that was asked for."""
    stamp = found_stamp(table)
    said = _MARK.fullmatch(stamp.batch) if stamp is not None else None
    if said is not None and 1 <= int(said[2]) <= 12:
        return date(int(said[1]), int(said[2]), 1)
    if asked is None:
        raise ServiceError("month_workbook.month_needed")
    return asked.replace(day=1)


def _as_finding(each: CellFinding, *, number: str, answer: str | None) -> Finding:
    is_answered = each.severity is Severity.WARN and bool(answer)
    values = {**each.blanks, "line": "" if each.row is None else str(each.row)}
    if is_answered:
        values["answer"] = str(answer)
    return Finding(
        code=each.code,
        severity=Severity.NOTE if is_answered else each.severity,
        subject=number or "document",
        values=tuple(values.items()),
    )


def _say(finding: CellFinding) -> Sentence:
    return sentence_of(finding.code, finding.blanks, language="zh")


def _take_swaps(account: Account | None, batch: LedgerBatch) -> None:
    """Write the exchanges of which the good rows of a workbook tell; those that are known stay."""
    found = _check_of(batch, kept_content(batch.stored_name))
    with transaction.atomic():
        for row in found.good_rows():
            if row.meter is None or row.swap is None or is_known_swap(row.swap, row.meter):
                continue
            event = MeterEvent(
                kind=MeterEventKind.SWAPPED,
                at=datetime.fromtimestamp(row.swap.at, tz=UTC),
                final_litres=row.swap.final,
                start_litres=row.swap.start,
                serial=row.swap.serial,
                note=row.remark[:300],
                batch=batch,
            )
            meter = Meter.objects.select_for_update(of=("self",)).get(pk=row.meter.key)
            write_meter_event(meter, event, by=account)


def _undo_swaps(account: Account | None, batch: LedgerBatch) -> None:
    """Withdraw the exchanges that a workbook brought."""
    with transaction.atomic():
        events = MeterEvent.objects.select_for_update(of=("self",)).filter(
            batch=batch, superseded_at__isnull=True
        )
        for event in events.select_related("meter__city"):
            write_withdrawal(event, by=account, reason=batch.undo_reason)


know_kind(BatchKind(id=MONTH_WORKBOOK, read=read_month_workbook, take=_take_swaps, undo=_undo_swaps))
__all__ = [
    "MONTH_WORKBOOK",
    "check_month",
    "issue_month_form",
    "marked_month_workbook",
    "receive_month_workbook",
]
