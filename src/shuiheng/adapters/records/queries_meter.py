"""One meter beside its readings: its findings, its edits, and the findings of all meters of a user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    FindingDecision,
    LedgerBatch,
    Meter,
    MeterFact,
    MeterFinding,
    ReadingEdit,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight

OPEN, DECIDED, GONE, ALL = "open", "decided", "gone", "all"
KINDS = (OPEN, DECIDED, GONE, ALL)
NEWEST_EDITS, NEWEST_FINDINGS, LOOKED_AT = 60, 12, 500
_OPEN = Q(gone_at__isnull=True, decision=FindingDecision.OPEN)
_WORTH_DOING = ("warn", "disqualify")
_STANDING = ("received", "taking", "taken", "undoing")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedBatch:
    """One edit: its batch and the instants that it changed."""

    batch: LedgerBatch
    rows: Sequence[ReadingEdit]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFindings:
    """The open findings of the meters of a user: how many of each code, the newest of each at a meter."""

    counts: Sequence[tuple[str, str, int]]
    newest: Sequence[MeterFinding]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(count for _, _, count in self.counts)


def meter_in_sight(seen: Sight, key: int) -> Meter | None:
    """Return a meter, or None when it is not in sight."""
    return seen(Meter).select_related("keeper", "user__organisation", "city").filter(pk=key).first()


def fact_of_today(seen: Sight, meter: Meter, today: date) -> MeterFact | None:
    """Return what is believed of a meter today, or else its newest belief about other days."""
    rows = seen(MeterFact).filter(subject=meter)
    newest = rows.filter(superseded_at__isnull=True).order_by("-valid_from")
    return standing(rows, AsOf(on=today)).first() or newest.first()


def findings_of(seen: Sight, meter: Meter, kind: str = ALL) -> QuerySet[MeterFinding]:
    """Return the findings of a meter, the newest first.

    Args:
        seen: What the reader may see.
        meter: The meter.
        kind: `open`, `decided`, `gone` (found no more and never decided), or `all`.
    """
    rows = seen(MeterFinding).filter(meter=meter).select_related("decided_by")
    wanted = {
        OPEN: _OPEN,
        DECIDED: ~Q(decision=FindingDecision.OPEN),
        GONE: Q(gone_at__isnull=False, decision=FindingDecision.OPEN),
    }
    return rows.filter(wanted[kind]) if kind in wanted else rows


def finding_counts(seen: Sight, meter: Meter) -> Mapping[str, int]:
    """Return how many findings of each kind a meter has."""
    return {kind: findings_of(seen, meter, kind).count() for kind in KINDS}


def findings_between(seen: Sight, meter: Meter, first: datetime, last: datetime) -> Sequence[MeterFinding]:
    """Return the findings that stand at an instant of a range and were not dismissed."""
    rows = seen(MeterFinding).filter(meter=meter, at__gt=first, at__lte=last, gone_at__isnull=True)
    return list(rows.exclude(decision=FindingDecision.DISMISSED).order_by("at", "pk"))


def edits_of(seen: Sight, meter: Meter) -> Sequence[EditedBatch]:
    """Return the edits of the readings of a meter, the newest first."""
    rows = seen(ReadingEdit).filter(meter=meter).select_related("batch__made_by", "batch__undone_by")
    found: dict[int, tuple[LedgerBatch, list[ReadingEdit]]] = {}
    for row in rows.order_by("-batch_id", "read_at"):
        found.setdefault(row.batch_id, (row.batch, []))[1].append(row)
    return [EditedBatch(batch=batch, rows=each) for batch, each in list(found.values())[:NEWEST_EDITS]]


def edits_between(
    seen: Sight, meter: Meter, first: datetime, last: datetime
) -> Mapping[datetime, ReadingEdit]:
    """Return by instant the newest edit that was not undone, of a range of a meter."""
    rows = seen(ReadingEdit).filter(
        meter=meter, read_at__gt=first, read_at__lte=last, batch__state__in=_STANDING
    )
    return {row.read_at: row for row in rows.select_related("batch__made_by").order_by("batch_id")}


def meter_of_edit(seen: Sight, key: int) -> int | None:
    """Return the key of the meter of an edit, None when it is not in sight."""
    return seen(ReadingEdit).filter(pk=key).values_list("meter", flat=True).first()


def findings_of_user(seen: Sight, user: WaterUser) -> UserFindings:
    """Return the open findings of all meters of a user that ask for something to be done."""
    rows = seen(MeterFinding).filter(_OPEN, meter__user=user, severity__in=_WORTH_DOING)
    counts = rows.values_list("rule", "code").annotate(n=Count("pk")).order_by("-n", "code")
    newest: dict[tuple[int, str], MeterFinding] = {}
    for row in rows.select_related("meter").order_by("-at", "-pk")[:LOOKED_AT]:
        newest.setdefault((row.meter_id, row.code), row)
    return UserFindings(counts=list(counts), newest=list(newest.values())[:NEWEST_FINDINGS])
