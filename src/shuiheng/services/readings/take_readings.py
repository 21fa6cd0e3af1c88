"""Take files of readings in: kept, checked, taken in on a person's word, undone as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobKind,
    LedgerBatch,
    Meter,
    Organisation,
)
from shuiheng.metering.civil_time import day_of
from shuiheng.services.background import register_work
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.job_steps import ask_job, carry_out
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.batch_kinds import INTERVAL_CSV, is_undone_as_file, kind_of
from shuiheng.services.readings.batch_names import name_in_store, undone_name
from shuiheng.services.readings.check_batch import Checked, as_json, check_file, knows_more_now
from shuiheng.services.readings.reading_store import (
    event_table,
    meter_rules,
    meter_table,
    reading_store,
    store_writer,
)
from shuiheng.services.readings.settle import settle
from shuiheng.services.scope import row_for

RECEIVED, CHECKED, TAKING = "received", "checked", "taking"
TAKEN, UNDOING, UNDONE = "taken", "undoing", "undone"
_Step = Callable[[Account | None, LedgerBatch], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What brings readings.

    Args:
        content: The bytes, kept as they are.
        name: What to show it as.
        kind: Word of its `BatchKind`.
        reason: Why it is brought, where a person says so.
        month: First day of the month that it is about, where it is about one.
    """

    content: bytes
    name: str
    kind: str
    reason: str = ""
    month: date | None = None


def receive_readings(
    actor: Actor, *, content: bytes, name: str, keeper: int, kind: str = INTERVAL_CSV
) -> LedgerBatch:
    """Keep a file of readings and have it checked; nothing of it counts before it is taken in.

    The same file of the same keeper again gives the batch that stands, so that a retry doubles nothing.

    Args:
        actor: Who brings it.
        content: The bytes of the file.
        name: Its name.
        keeper: Key of the organisation whose meters it is about.
        kind: Word of its `BatchKind`; an interval file unless given.

    Raises:
        EmptyFileError: It holds nothing.
        NotThereError, NotPermittedError: The organisation is not the actor's.
    """
    account = require(actor, Action.READINGS_IMPORT)
    with transaction.atomic():
        unit = row_for(account, Action.READINGS_IMPORT, Organisation, lock=True, pk=keeper)
        return keep_batch(account, unit, Brought(content=content, name=name, kind=kind))


def keep_batch(account: Account | None, unit: Organisation, brought: Brought) -> LedgerBatch:
    """Keep what brings readings as a batch and queue its check; call it inside a transaction.

    Whoever calls has found out that the account may bring readings of this organisation's meters
    and holds the lock of its row. The same bytes of the same month again give the batch that stands,
    unless the ledger has come to know a meter that was unknown then.

    Args:
        account: Who brings it; None for what no person sent, such as a broker.
        unit: The organisation that keeps the meters.
        brought: What is brought.

    Raises:
        EmptyFileError: There are no bytes.
    """
    if not brought.content:
        raise EmptyFileError
    digest = hashlib.sha256(brought.content).hexdigest()
    same = LedgerBatch.objects.filter(
        organisation=unit, sha256=digest, kind=brought.kind, month=brought.month
    )
    known = same.exclude(state=UNDONE).first()
    if known is not None and not knows_more_now(known):
        return known
    kept = keep_file(brought.content)
    batch = LedgerBatch.objects.create(
        kind=brought.kind,
        month=brought.month,
        place=unit.place,
        organisation=unit,
        sha256=kept.sha256,
        stored_name=kept.name,
        original_name=shown_name(brought.name),
        state=RECEIVED,
        reason=brought.reason[:300],
        made_by=account,
    )
    record_event(
        account,
        "readings.received",
        subject=f"ledger_batch:{batch.pk}",
        place=unit.place,
        reason=batch.reason,
        after={"file": batch.original_name, "sha256": batch.sha256, "kind": batch.kind},
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
        NotThereError, NotPermittedError: It is not the actor's, or is undone where it was made.
    """
    account = require(actor, Action.READINGS_IMPORT)
    with transaction.atomic():
        batch = row_for(account, Action.READINGS_IMPORT, LedgerBatch, lock=True, pk=key)
        if not is_undone_as_file(batch):
            raise NotPermittedError(Action.READINGS_IMPORT)
        begin_undo(account, batch, reason=reason)
    return batch


def begin_undo(account: Account, batch: LedgerBatch, *, reason: str) -> None:
    """Have a batch undone; call it in a transaction that holds the lock of its row.

    Whoever calls has found out that the account may undo it.

    Raises:
        WrongStateError: It is not taken in.
        ServiceError: `ledger.reason_needed`.
    """
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    if batch.state != TAKEN:
        raise WrongStateError(batch.state)
    batch.undone_by, batch.undone_at, batch.undo_reason = account, timezone.now(), reason.strip()[:300]
    batch.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    _step(account, batch, UNDOING, reason=batch.undo_reason)


def work_on_readings(job_key: int) -> None:
    """Do the job with this key: check, take in or undo the batch, whatever its state asks for."""
    carry_out(job_key, _work)


def _work(job: Job) -> Mapping[str, Any]:
    batch = LedgerBatch.objects.select_related("organisation", "place").get(pk=job.arguments["batch"])
    steps: dict[str, _Step] = {RECEIVED: _check, TAKING: _take, UNDOING: _undo}
    if batch.state in steps:
        steps[batch.state](job.asked_by, batch)
    return {"batch": batch.pk, "state": batch.state, **batch.counts}


def _check(account: Account | None, batch: LedgerBatch) -> None:
    """Check a batch; go on to take it in where its kind asks nobody."""
    found = check_file(batch)
    goes_on = kind_of(batch).is_direct and bool(found.rows)
    _keep_checked(account, batch, found, TAKING if goes_on else CHECKED)
    if goes_on:
        _take_rows(account, batch, found)


def _take(account: Account | None, batch: LedgerBatch) -> None:
    """Take a batch in; one of which the ledger knows no meter any more is checked, and no more."""
    found = check_file(batch)
    if found.rows:
        _take_rows(account, batch, found)
    else:
        _keep_checked(account, batch, found, CHECKED)


def _keep_checked(account: Account | None, batch: LedgerBatch, found: Checked, state: str) -> None:
    batch.counts = dict(found.counts) | {"good": len(found.rows)}
    batch.findings = [as_json(each) for each in found.findings]
    with transaction.atomic():
        batch.state = state
        batch.save(update_fields=["counts", "findings", "state"])
        _tell(account, batch, "readings.checked")


def _take_rows(account: Account | None, batch: LedgerBatch, found: Checked) -> None:
    if (take := kind_of(batch).take) is not None:
        take(account, batch)
    recorded_at = int(batch.made_at.timestamp())
    columns = list(zip(*found.rows, strict=True))
    table = pa.table([*columns, [recorded_at] * len(found.rows)], schema=SCHEMA)
    with store_writer() as writer:
        writer.put_meters(meter_table(meter_rules(found.read_meters)))
        writer.put_events(event_table())
        writer.append(name_in_store(batch.pk), table)
    _settle(account, batch, TAKEN)


def _undo(account: Account | None, batch: LedgerBatch) -> None:
    undone_at = batch.undone_at or timezone.now()
    if (undo := kind_of(batch).undo) is not None:
        undo(account, batch)
    with store_writer() as writer:
        writer.put_events(event_table())
        writer.withdraw(
            name_in_store(batch.pk),
            as_batch=undone_name(batch.pk),
            recorded_at=int(undone_at.timestamp()),
        )
    _settle(account, batch, UNDONE)


def _settle(account: Account | None, batch: LedgerBatch, state: str) -> None:
    """Settle what a batch touched, and say that it is done.

    What it touched is asked of the store: the ledger may know its meters by other names by now.
    """
    with reading_store().snapshot() as reader:
        reach = reader.reach_of(name_in_store(batch.pk))
    meters = Meter.objects.filter(pk__in=reach.meters)
    is_steady = state == TAKEN and kind_of(batch).is_steady
    settle(meters, day_of(reach.first_at), day_of(reach.last_at), is_steady=is_steady)
    with transaction.atomic():
        batch.state = state
        batch.committed_at = batch.committed_at or timezone.now()
        batch.save(update_fields=["state", "committed_at"])
        _tell(account, batch, f"readings.{state}")


def _step(account: Account, batch: LedgerBatch, state: str, *, reason: str = "") -> None:
    batch.state = state
    batch.save(update_fields=["state"])
    _tell(account, batch, f"readings.{state}", reason=reason)
    _queue(account, batch)


def _tell(account: Account | None, batch: LedgerBatch, action: str, *, reason: str = "") -> None:
    record_event(
        account,
        action,
        subject=f"ledger_batch:{batch.pk}",
        place=batch.place,
        reason=reason,
        after={"state": batch.state, "counts": batch.counts},
    )


def _queue(account: Account | None, batch: LedgerBatch) -> None:
    ask_job(
        account,
        JobKind.READINGS,
        title=batch.original_name,
        place=batch.place,
        arguments={"batch": batch.pk, "state": batch.state},
        after={"batch": batch.pk, "state": batch.state},
    )


register_work(JobKind.READINGS, work_on_readings)
