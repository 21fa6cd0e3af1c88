"""Which settled months changed since a figure was signed off, and what was edited behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import IntegerField, Q, QuerySet, Value

from shuiheng.adapters.records.models import (
    Figure,
    Meter,
    MeterFact,
    ReadingEdit,
    SettledMonth,
    SettledTurn,
    UserFact,
)
from shuiheng.adapters.records.queries_fact_rows import Taken, meters_taken
from shuiheng.adapters.records.sight import Sight

Settled = tuple[int | None, int | None]
"""What registers told of a month, and what was estimated, in litres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedMonth:
    """A month of a meter that was settled otherwise when a figure was signed off.

    Args:
        meter: Key of the meter.
        user: Key of its user; None where it has none.
        month: First day of the month.
        before: What was settled then; nothing where none was.
        after: What is settled now.
        turned_at: When it first changed.
    """

    meter: int
    user: int | None
    month: date
    before: Settled
    after: Settled
    turned_at: datetime


def turned_months(seen: Sight, taken: Taken, figure: Figure, year: int) -> Sequence[TurnedMonth]:
    """Return the months of a year that changed since a figure and whose water a fact takes in now.

    Args:
        seen: Which meters are asked for.
        taken: Which water the fact takes in.
        figure: The official figure.
        year: The year.
    """
    turns = seen(SettledTurn).filter(meter__city=taken.city, month__year=year, figure__gte=figure)
    first: dict[tuple[int, date], tuple[Settled, datetime]] = {}
    rows = turns.order_by("figure_id", "pk")
    for meter, month, told, estimated, at in rows.values_list(
        "meter_id", "month", "told_litres", "estimated_litres", "turned_at"
    ):
        first.setdefault((meter, month), ((told, estimated), at))
    if not first:
        return []
    now, found = _settled(seen, turns, year), []
    for meter, user, number in _taken_in(seen, taken, turns, sorted({month for _, month in first})):
        month = date(year, number, 1)
        before, at = first[meter, month]
        after = now.get((meter, month), (None, None))
        if after != before:
            found.append(
                TurnedMonth(meter=meter, user=user, month=month, before=before, after=after, turned_at=at)
            )
    return found


def _taken_in(
    seen: Sight, taken: Taken, turns: QuerySet[SettledTurn], months: Sequence[date]
) -> Iterable[tuple[int, int | None, int]]:
    """Return the meters that turned in some months and that a fact takes in, with user and month, at once."""
    asked = [
        meters_taken(seen, taken, month)
        .filter(subject__in=turns.filter(month=month).values("meter"))
        .annotate(number=Value(month.month, output_field=IntegerField()))
        .order_by()
        .values_list("subject_id", "subject__user_id", "number")
        for month in months
    ]
    return sorted(asked[0].union(*asked[1:], all=True), key=lambda row: (row[2], row[0]))


def turned_meters(seen: Sight, figure: Figure, year: int) -> set[int]:
    """Return the meters in sight of which a month of a year changed since a figure."""
    rows = seen(SettledTurn).filter(month__year=year, figure__gte=figure)
    return set(rows.order_by().values_list("meter_id", flat=True).distinct())


def meters_named(seen: Sight, keys: Collection[int]) -> Mapping[int, Meter]:
    """Return meters in sight by key, with their users."""
    rows = seen(Meter).filter(pk__in=sorted(keys)).select_related("user__organisation")
    return {row.pk: row for row in rows}


def edits_since(seen: Sight, meters: Collection[int], since: datetime) -> Sequence[ReadingEdit]:
    """Return the edits of readings of some meters made or undone since an instant, the newest first."""
    rows = seen(ReadingEdit).filter(meter__in=sorted(meters))
    rows = rows.filter(Q(batch__made_at__gt=since) | Q(batch__undone_at__gt=since))
    return list(rows.select_related("batch__made_by", "batch__undone_by").order_by("-batch_id", "read_at"))


def beliefs_since(
    seen: Sight, city: int, year: int, since: datetime, *, most: int
) -> Sequence[UserFact | MeterFact]:
    """Return what the ledger learned of users and meters in a year since an instant, the newest first."""
    found: list[UserFact | MeterFact] = []
    held = Q(recorded_at__gt=since, valid_from__lte=date(year, 12, 31))
    held &= Q(valid_to__isnull=True) | Q(valid_to__gt=date(year, 1, 1))
    users = seen(UserFact).filter(held, subject__city=city).select_related("subject__organisation")
    meters = seen(MeterFact).filter(held, subject__city=city).select_related("subject__user__organisation")
    found += users.select_related("recorded_by").order_by("-recorded_at")[:most]
    found += meters.select_related("recorded_by").order_by("-recorded_at")[:most]
    return sorted(found, key=lambda row: row.recorded_at, reverse=True)[:most]


def _settled(seen: Sight, turns: QuerySet[SettledTurn], year: int) -> Mapping[tuple[int, date], Settled]:
    rows = seen(SettledMonth).filter(month__year=year, meter__in=turns.values("meter"))
    return {
        (meter, month): (told, estimated)
        for meter, month, told, estimated in rows.values_list(
            "meter_id", "month", "by_time_litres", "estimated_litres"
        )
    }
