"""Export the event log as far as its reader may see it, in a form that a stranger can verify."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import Event, SealedEvent
from shuiheng.adapters.records.models import Seal as SealRow
from shuiheng.adapters.rulebook import Reach
from shuiheng.audit import InclusionProof, LoggedEvent, Seal, WithheldEvent, inclusion_path
from shuiheng.audit.canonical import event_json
from shuiheng.audit.export_form import LogHead, export_lines
from shuiheng.services.errors import NotThereError
from shuiheng.services.event_rows import ALGORITHM, event_record, logged_event, remade_hash
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, reaches, require
from shuiheng.services.scope import row_for, scope
from shuiheng.services.seal_events import last_seal, seal_value_of

SEALS_AT_A_TIME = 100
LOG_NAME, PROGRAM_NAME, NOTE_NAME = "events.jsonl", "verify.py", "README.txt"
NOTE = """水衡 · 事件日志导出 / event log of Shuiheng

events.jsonl  日志，每行一条。请勿改动。 / the log, one line each; leave it as it is
verify.py     校验程序，只需 Python 3.11。 / the verifier; it needs Python 3.11 and nothing else

校验 / verify:   python verify.py events.jsonl
与报告上印出的封印值比对 / against a seal printed in a report:
                 python verify.py events.jsonl --anchor 编号:封印值

校验程序也可向第三方另行索取，或按 docs/formats/event-log.md 自行编写。
If you do not trust this copy, take the verifier from somebody else or write one from that page.
"""

Batch = tuple[Seal, list[LoggedEvent | WithheldEvent]]


def export_events(actor: Actor, action: Action, target: BinaryIO) -> int:
    """Write a package with the log and its verifier to `target`, and return the number of rows shown.

    Rows that the actor may not see stand in the log by their hash, so that it verifies whole.

    Args:
        actor: Who exports.
        action: The part of the log that is asked for, one of the rights on events.
        target: Where the package goes; it need not be in memory.

    Raises:
        NotPermittedError: The actor may not see this part.
    """
    account = require(actor, action)
    rows = scope(actor, action, Event)
    counted = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open(LOG_NAME, "w", force_zip64=True) as log:
            for line in log_lines(rows, city=_city_of(actor, action), at=timezone.now()):
                counted += line.startswith('{"algorithm"') and '"line":"event"' in line
                log.write(line.encode())
        package.writestr(PROGRAM_NAME, files("shuiheng.audit").joinpath("verify.py").read_bytes())
        package.writestr(NOTE_NAME, NOTE)
    with transaction.atomic():
        record_event(account, "events.exported", subject=action.value, rows=counted, form="package")
    return counted


def record_event_table(actor: Actor, action: Action, *, rows: int) -> None:
    """Write down that a list of events left the office as a table.

    Raises:
        NotPermittedError: The actor may not see this part.
    """
    account = require(actor, action)
    with transaction.atomic():
        record_event(account, "events.exported", subject=action.value, rows=rows, form="table")


def log_lines(shown: QuerySet[Event], *, city: str | None, at: datetime) -> Iterator[str]:
    """Yield the lines of the log up to the last seal, with the rows of `shown` in clear."""
    last = last_seal()
    number = last.sequence if last else 0
    head = LogHead(city=city, exported_at=at, last_seal=number, algorithm=ALGORITHM)
    waiting = shown.filter(Q(sealed__isnull=True) | Q(sealed__seal__sequence__gt=number))
    unsealed = (logged_event(row) for row in waiting.order_by("pk").iterator(chunk_size=1000))
    return export_lines(head, _batches(shown, number), unsealed=unsealed)


def event_proof(actor: Actor, action: Action, key: str) -> InclusionProof:
    """Return the proof that one event stands in its seal.

    Raises:
        NotThereError: There is no such event in sight, or no seal holds it yet.
    """
    require(actor, action)
    row = row_for(actor, action, Event, key=key)
    held = SealedEvent.objects.filter(event=row).select_related("seal").first()
    if held is None:
        raise NotThereError(f"seal of event:{key}")
    leaves = [bytes.fromhex(leaf) for leaf in _leaves([held.seal])[held.seal.pk].values()]
    path = inclusion_path(leaves, held.place, algorithm=held.seal.algorithm)
    return InclusionProof(
        event=event_json(event_record(row)),
        algorithm=row.algorithm or ALGORITHM.value,
        index=held.place,
        path=tuple(node.hex() for node in path),
        seals=(seal_value_of(held.seal),),
    )


def _city_of(actor: Actor, action: Action) -> str | None:
    """Return the key of the one city that the actor may see, or None for more than one or all."""
    reach = {(found, membership.organisation.place.slug) for membership, found in reaches(actor, action)}
    return next(iter(reach))[1] if len(reach) == 1 and next(iter(reach))[0] is Reach.CITY else None


def _batches(shown: QuerySet[Event], last: int) -> Iterator[Batch]:
    """Yield each seal with its rows; a row that is gone from the table is gone here."""
    for first in range(1, last + 1, SEALS_AT_A_TIME):
        seals = list(
            SealRow.objects.filter(
                sequence__gte=first, sequence__lt=first + SEALS_AT_A_TIME, sequence__lte=last
            ).order_by("sequence")
        )
        leaves = _leaves(seals)
        events = Event.objects.filter(sealed__seal__in=seals)
        rows = {row.pk: row for row in events}
        visible = set(shown.filter(sealed__seal__in=seals).values_list("pk", flat=True))
        for seal in seals:
            held = leaves[seal.pk]
            yield (
                seal_value_of(seal, tuple(held.values())),
                [_row(rows[key], is_shown=key in visible) for key in held if key in rows],
            )


def _row(row: Event, *, is_shown: bool) -> LoggedEvent | WithheldEvent:
    return logged_event(row) if is_shown else WithheldEvent(row_hash=remade_hash(row))


def _leaves(seals: list[SealRow]) -> dict[int, dict[int, str]]:
    """Return for each seal the keys of its events with their leaves, in sealed order."""
    found: dict[int, dict[int, str]] = {seal.pk: {} for seal in seals}
    held = SealedEvent.objects.filter(seal__in=seals).order_by("seal", "place")
    for seal, event, leaf in held.values_list("seal_id", "event_id", "leaf"):
        found[seal][event] = leaf or ""
    return found
