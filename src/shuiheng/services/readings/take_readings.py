"""Take files of readings in: kept, checked, taken in on a person's word, undone as a whole."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.engines.columnar import StoreBusyError, Writer
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobKind,
    LedgerBatch,
    Meter,
    MeterFact,
    Organisation,
)
from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.interval_csv import read_interval_csv
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.kernel import Finding, Severity
from shuiheng.metering.civil_time import day_of
from shuiheng.services.background import register_work
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.job_steps import ask_job, carry_out
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.reading_store import event_table, meter_rules, meter_table, reading_store
from shuiheng.services.readings.settle_months import settle_months
from shuiheng.services.scope import row_for

RECEIVED, CHECKED, TAKING = "received", "checked", "taking"
TAKEN, UNDOING, UNDONE = "taken", "undoing", "undone"
INTERVAL_CSV = "interval_csv"
SHOWN_FINDINGS = 1000


@dataclass(slots=True)
class Checked:
    """What a file holds, by the ledger's meters.

    Args:
        meters: Meter by the number that the file gives it.
        rows: Key of the meter, instant and litres of each reading that can be taken in.
        findings: What is wrong, the first thousand.
        counts: How many rows of each kind.
    """

    meters: dict[str, Meter]
    rows: list[tuple[int, int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def receive_readings(actor: Actor, *, content: bytes, name: str, keeper: int) -> LedgerBatch:
    """Keep a file of readings and have it checked; nothing of it counts before it is taken in.

    The same file of the same keeper again gives the batch that stands, so that a retry doubles nothing.

    Args:
        actor: Who brings it.
        content: The bytes of an interval file.
        name: Its name.
        keeper: Key of the organisation whose meters it is about.

    Raises:
        EmptyFileError: It holds nothing.
        NotThereError, NotPermittedError: The organisation is not the actor's.
    """
    account = require(actor, Action.READINGS_IMPORT)
    if not content:
        raise EmptyFileError
    with transaction.atomic():
        unit = row_for(account, Action.READINGS_IMPORT, Organisation, lock=True, pk=keeper)
        digest = hashlib.sha256(content).hexdigest()
        standing = LedgerBatch.objects.filter(organisation=unit, sha256=digest, kind=INTERVAL_CSV)
        known = standing.exclude(state=UNDONE).first()
        if known is not None:
            return known
        kept = keep_file(content)
        batch = LedgerBatch.objects.create(
            kind=INTERVAL_CSV,
            place=unit.place,
            organisation=unit,
            sha256=kept.sha256,
            stored_name=kept.name,
            original_name=shown_name(name),
            state=RECEIVED,
            made_by=account,
        )
        record_event(
            account,
            "readings.received",
            subject=f"ledger_batch:{batch.pk}",
            place=unit.place,
            after={"file": batch.original_name, "sha256": batch.sha256},
        )
        _queue(account, batch)
    return batch


def take_in(actor: Actor, key: int) -> LedgerBatch:
    """Take a checked batch in; its good rows count, its others stay findings.

    A batch that is taken in already, or just being, is returned as it is.

    Raises:
        WrongStateError: It is not checked yet, or was undone.
        ServiceError: `readings.nothing_to_take`, no row of it can be taken in.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.READINGS_IMPORT)
    with transaction.atomic():
        batch = row_for(account, Action.READINGS_IMPORT, LedgerBatch, lock=True, pk=key)
        if batch.state in (TAKING, TAKEN):
            return batch
        if batch.state != CHECKED:
            raise WrongStateError(batch.state)
        if not batch.counts.get("good"):
            raise ServiceError("readings.nothing_to_take")
        _step(account, batch, TAKING)
    return batch


def undo_readings(actor: Actor, key: int, *, reason: str) -> LedgerBatch:
    """Undo a batch: what it had overwritten holds again, the rest is no reading any more.

    Raises:
        WrongStateError: It is not taken in.
        ServiceError: `ledger.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.READINGS_IMPORT)
    with transaction.atomic():
        batch = row_for(account, Action.READINGS_IMPORT, LedgerBatch, lock=True, pk=key)
        if not reason.strip():
            raise ServiceError("ledger.reason_needed")
        if batch.state != TAKEN:
            raise WrongStateError(batch.state)
        batch.undone_by, batch.undone_at, batch.undo_reason = account, timezone.now(), reason.strip()[:300]
        batch.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        _step(account, batch, UNDOING, reason=batch.undo_reason)
    return batch


def work_on_readings(job_key: int) -> None:
    """Do the job with this key: check, take in or undo the batch, whatever its state asks for."""
    carry_out(job_key, _work)


def check_file(batch: LedgerBatch) -> Checked:
    """Return what the kept file of a batch holds; asking again gives the same."""
    found = Checked(meters=_meters_of(batch))
    for each in _rows_of(batch):
        _take_row(found, each)
    return found


def _work(job: Job) -> Mapping[str, Any]:
    batch = LedgerBatch.objects.select_related("organisation", "place").get(pk=job.arguments["batch"])
    if job.asked_by is None:
        raise NotPermittedError(Action.READINGS_IMPORT.value)
    done = {RECEIVED: _check, TAKING: _take, UNDOING: _undo}.get(batch.state)
    if done is not None:
        done(job.asked_by, batch)
    return {"batch": batch.pk, "state": batch.state, **batch.counts}


def _check(account: Account, batch: LedgerBatch) -> None:
    found = check_file(batch)
    batch.counts = dict(found.counts) | {"good": len(found.rows)}
    batch.findings = [_as_json(each) for each in found.findings]
    with transaction.atomic():
        batch.state = CHECKED
        batch.save(update_fields=["counts", "findings", "state"])
        _tell(account, batch, "readings.checked")


def _take(account: Account, batch: LedgerBatch) -> None:
    found = check_file(batch)
    recorded_at = int(batch.made_at.timestamp())
    columns = list(zip(*found.rows, strict=True))
    table = pa.table([*columns, [recorded_at] * len(found.rows)], schema=SCHEMA)
    meters = _read_meters(found)
    with _writer() as writer:
        writer.put_meters(meter_table(meter_rules(meters)))
        writer.put_events(event_table())
        writer.append(_name(batch), table)
    _settled(account, batch, meters, found.rows, TAKEN)


def _undo(account: Account, batch: LedgerBatch) -> None:
    found = check_file(batch)
    undone_at = batch.undone_at or timezone.now()
    with _writer() as writer:
        writer.withdraw(
            _name(batch), as_batch=f"{_name(batch)}-undone", recorded_at=int(undone_at.timestamp())
        )
    _settled(account, batch, _read_meters(found), found.rows, UNDONE)


def _writer() -> Writer:
    try:
        return reading_store().writer()
    except StoreBusyError as error:
        raise ServiceError("readings.store_busy") from error


def _settled(
    account: Account, batch: LedgerBatch, meters: list[Meter], rows: list[tuple[int, int, int]], state: str
) -> None:
    """Settle what the readings touch, and say that the batch is done."""
    instants = [read_at for _, read_at, _ in rows]
    with reading_store().snapshot() as reader:
        settle_months(reader, meters, day_of(min(instants)), day_of(max(instants)))
    with transaction.atomic():
        batch.state = state
        batch.committed_at = batch.committed_at or timezone.now()
        batch.save(update_fields=["state", "committed_at"])
        _tell(account, batch, f"readings.{state}")


def _take_row(found: Checked, each: ReceivedReading | Finding) -> None:
    if isinstance(each, Finding):
        if each.severity is not Severity.NOTE:
            found.counts["bad"] += 1
        _keep(found, each)
        return
    meter = found.meters.get(each.meter_number)
    if meter is None:
        found.counts["bad"] += 1
        found.counts["unknown_meter"] += 1
        _keep(found, _unknown(each.meter_number))
        return
    found.rows.append((meter.pk, each.read_at, each.register_litres))


def _unknown(number: str) -> Finding:
    return Finding(
        code="readings.unknown_meter",
        severity=Severity.DISQUALIFY,
        subject=number,
        values=(("meter", number),),
    )


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "values": dict(finding.values),
    }


def _keep(found: Checked, finding: Finding) -> None:
    if len(found.findings) < SHOWN_FINDINGS:
        found.findings.append(finding)


def _rows_of(batch: LedgerBatch) -> Iterator[ReceivedReading | Finding]:
    return read_interval_csv(io.BytesIO(kept_content(batch.stored_name)), words=csv_columns())


def _meters_of(batch: LedgerBatch) -> dict[str, Meter]:
    """Return the meters that the organisation keeps, by their numbers and by what they report as."""
    meters = {meter.pk: meter for meter in Meter.objects.filter(keeper=batch.organisation)}
    facts = MeterFact.objects.filter(
        subject__keeper=batch.organisation, superseded_at__isnull=True, valid_to__isnull=True
    )
    named = facts.exclude(telemetry_id="").values_list("telemetry_id", "subject")
    return {name: meters[key] for name, key in named} | {meter.number: meter for meter in meters.values()}


def _read_meters(found: Checked) -> list[Meter]:
    """Return the meters of which the file holds a reading."""
    read = {key for key, _, _ in found.rows}
    return list({meter.pk: meter for meter in found.meters.values() if meter.pk in read}.values())


def _name(batch: LedgerBatch) -> str:
    return f"batch-{batch.pk:012d}"  # ids are in order of arrival


def _step(account: Account, batch: LedgerBatch, state: str, *, reason: str = "") -> None:
    batch.state = state
    batch.save(update_fields=["state"])
    _tell(account, batch, f"readings.{state}", reason=reason)
    _queue(account, batch)


def _tell(account: Account, batch: LedgerBatch, action: str, *, reason: str = "") -> None:
    record_event(
        account,
        action,
        subject=f"ledger_batch:{batch.pk}",
        place=batch.place,
        reason=reason,
        after={"state": batch.state, "counts": batch.counts},
    )


def _queue(account: Account, batch: LedgerBatch) -> None:
    ask_job(
        account,
        JobKind.READINGS,
        title=batch.original_name,
        place=batch.place,
        arguments={"batch": batch.pk, "state": batch.state},
        after={"batch": batch.pk, "state": batch.state},
    )


register_work(JobKind.READINGS, work_on_readings)
