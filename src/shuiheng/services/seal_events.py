"""Seal what was written down since the last time; the worker does so each minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import Event, SealedEvent
from shuiheng.adapters.records.models import Seal as SealRow
from shuiheng.audit import MOST_LEAVES, Seal, make_seal
from shuiheng.services.background import every_minute
from shuiheng.services.event_rows import ALGORITHM, logged_event

LOOK_BACK = timedelta(days=2)  # no transaction is open for so long; once a day everything is looked at
ONE_SEALER = 0x5EA1  # number of the advisory lock


def seal_events() -> int:
    """Seal all events that no seal holds, and return how many those were.

    An event that is committed later than one with a higher key simply goes into a later
    seal: what is sealed is known by a row for each event, not by the highest key.
    Two sealers at once cannot fork the chain: the number of a seal is unique.
    """
    done = 0
    while count := _seal_batch():
        done += count
        if count < MOST_LEAVES:
            break
    return done


def waiting_events(*, is_full: bool = True) -> QuerySet[Event]:
    """Return the events that no seal holds, in the order in which they were written."""
    rows = Event.objects.filter(~Exists(SealedEvent.objects.filter(event=OuterRef("pk"))))
    if not is_full:
        rows = rows.filter(at__gte=timezone.now() - LOOK_BACK)
    return rows.order_by("pk")


def seal_value_of(row: SealRow, leaves: Sequence[str] = ()) -> Seal:
    """Return a stored seal as the value that the room `audit` knows."""
    return Seal(
        number=row.sequence,
        previous=row.previous,
        root=row.root,
        count=row.count,
        at=row.at,
        algorithm=row.algorithm,
        value=row.value,
        leaves=tuple(leaves),
    )


def last_seal() -> SealRow | None:
    """Return the last seal, or None when nothing was sealed yet."""
    return SealRow.objects.order_by("-sequence").first()


def _seal_batch() -> int:
    """Seal up to one batch; return 0 when there is nothing or somebody else is sealing."""
    try:
        with transaction.atomic():
            return _sealed() if _is_only_sealer() else 0
    except IntegrityError:
        return 0  # another sealer took this number; what was left is taken the next time


def _sealed() -> int:
    last, now = last_seal(), timezone.now()
    is_first_of_day = last is None or timezone.localdate(last.at) != timezone.localdate(now)
    rows = list(waiting_events(is_full=is_first_of_day)[:MOST_LEAVES])
    if not rows:
        return 0
    leaves = [logged_event(row).row_hash for row in rows]
    seal = make_seal(leaves, at=now, after=seal_value_of(last) if last else None, algorithm=ALGORITHM)
    stored = SealRow.objects.create(
        sequence=seal.number,
        count=seal.count,
        root=seal.root,
        previous=seal.previous,
        value=seal.value,
        algorithm=seal.algorithm,
        at=seal.at,
    )
    SealedEvent.objects.bulk_create(
        [
            SealedEvent(seal=stored, event=row, place=place, leaf=leaf)
            for place, (row, leaf) in enumerate(zip(rows, leaves, strict=True))
        ],
        batch_size=500,
    )
    return len(rows)


def _is_only_sealer() -> bool:
    """Return whether nobody else seals now; SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
        (is_mine,) = cursor.fetchone()
    return bool(is_mine)


every_minute(seal_events)
