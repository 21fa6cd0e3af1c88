"""Take the readings that a program sends in one call; its good rows count without a person's word."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.durable import durable_commits
from shuiheng.adapters.records.models import LedgerBatch, Organisation
from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.errors import PayloadError
from shuiheng.adapters.telemetry.interval_csv import read_interval_csv
from shuiheng.adapters.telemetry.json_batch import json_batch, read_json_batch
from shuiheng.adapters.telemetry.payloads import Units
from shuiheng.services.errors import EmptyFileError, ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.batch_kinds import BatchKind, BatchRow, know_kind
from shuiheng.services.readings.call_errors import CallTooLargeError, KeeperWaitsError
from shuiheng.services.readings.take_readings import RECEIVED, TAKING, Brought, keep_batch
from shuiheng.services.repeat_call import Answer, once
from shuiheng.services.scope import row_for

HTTP_JSON, HTTP_CSV = "http_json", "http_csv"
ENDINGS = {HTTP_JSON: "json", HTTP_CSV: "csv"}
MOST_BYTES = 8 * 1024 * 1024
MOST_READINGS = 50_000
MOST_WAITING = 100
HEADER_LINES = 50


def units_of_telemetry() -> Units:
    """Return litres of the units that senders use, by the rulebook."""
    return Units(volume=csv_columns().volume_units, flow=csv_columns().flow_units)


def receive_call(actor: Actor, *, content: bytes, kind: str, keeper: int, repeat: str = "") -> Answer:
    """Keep the body of a call as it came and queue it; return key and state of its batch.

    The same body again gives the batch that stands, and so does a call with the same key.

    Args:
        actor: Who calls.
        content: The body.
        kind: `HTTP_JSON` or `HTTP_CSV`.
        keeper: Key of the organisation whose meters it is about.
        repeat: Key of the call, by which a repetition is known; may be empty.

    Raises:
        NotThereError, NotPermittedError: The organisation is not the actor's.
        EmptyFileError: There is no body.
        CallTooLargeError: It has too many bytes or readings.
        KeeperWaitsError: Too many batches of the keeper wait.
        ServiceError: `telemetry.payload_…`, it is not what a body of its kind is as a whole;
            `services.key_used`, the key was used for another body.
    """
    account = require(actor, Action.READINGS_IMPORT)
    row_for(account, Action.READINGS_IMPORT, Organisation, pk=keeper)
    _check_whole(content, kind)

    def work() -> Answer:
        with transaction.atomic():
            unit = row_for(account, Action.READINGS_IMPORT, Organisation, lock=True, pk=keeper)
            _refuse_flood(unit)
            name = f"api-{timezone.localtime():%Y%m%d-%H%M%S}.{ENDINGS[kind]}"
            batch = keep_batch(account, unit, Brought(content=content, name=name, kind=kind))
        return {"id": batch.pk, "state": batch.state}

    with durable_commits():
        return once(account, repeat, [keeper, kind, hashlib.sha256(content).hexdigest()], work)


def _check_whole(content: bytes, kind: str) -> None:
    """Look at a body as a whole before it is kept; its rows are checked by the worker."""
    if not content:
        raise EmptyFileError
    if len(content) > MOST_BYTES:
        raise CallTooLargeError("readings.call_too_large", limit=MOST_BYTES // 2**20)
    if kind == HTTP_CSV:
        count = content.count(b"\n") - HEADER_LINES
    else:
        try:
            count = len(json_batch(content, units=units_of_telemetry()).rows)
        except PayloadError as error:
            raise ServiceError(f"telemetry.{error.cause}", **error.values) from error
    if count > MOST_READINGS:
        raise CallTooLargeError("readings.call_too_long", limit=MOST_READINGS)


def _refuse_flood(unit: Organisation) -> None:
    waiting = LedgerBatch.objects.filter(
        organisation=unit, kind__in=ENDINGS, state__in=(RECEIVED, TAKING)
    ).count()
    if waiting >= MOST_WAITING:
        raise KeeperWaitsError(count=waiting)


def _json_rows(_batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    return read_json_batch(content, units=units_of_telemetry())


def _csv_rows(_batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    return read_interval_csv(io.BytesIO(content), words=csv_columns())


know_kind(BatchKind(id=HTTP_JSON, read=_json_rows, is_direct=True, is_steady=True))
know_kind(BatchKind(id=HTTP_CSV, read=_csv_rows, is_direct=True, is_steady=True))
