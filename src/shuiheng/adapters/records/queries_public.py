"""Reports by the public in sight: the list of a filter, one report, what looks like it, answers in time."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_low

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Organisation,
    PublicReport,
    PublicReportPhoto,
    PublicReportState,
    PublicReportStep,
)
from shuiheng.adapters.records.sight import Sight

LIMIT = 60
MOST_ALIKE, MOST_COMPARED, MOST_UNITS = 5, 300, 300
OPEN = (PublicReportState.NEW, PublicReportState.TRIAGED, PublicReportState.ASSIGNED)
NO_CASES = (PublicReportState.MERGED, PublicReportState.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFilter:
    """Which reports are listed; empty fields do not filter.

    Args:
        words: Words in what was said, in its place or number.
        state: A state.
        kind: A matter.
        district: Key of a district.
        due_by: Only those that are open and due on this day or before.
        is_late: Only those that are open and late.
    """

    words: str = ""
    state: str = ""
    kind: str = ""
    district: int | None = None
    due_by: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An earlier report that looks like another, and why: `photo`, `words`, `place`, `near`."""

    row: PublicReport
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """How reports of a kind or a district were answered.

    Args:
        name: The kind, or the name of the district; empty where it is not known.
        received: How many came in that were neither merged nor refused.
        answered: How many of them are answered.
        in_time: How many of these by their day.
        late: How many are open and late.
        median_days: Days from the report to the answer, the middle one; None without an answer.
    """

    name: str
    received: int
    answered: int
    in_time: int
    late: int
    median_days: int | None


def public_list(seen: Sight, wanted: PublicFilter, on: date) -> QuerySet[PublicReport]:
    """Return the reports that a filter leaves, the newest first."""
    rows = seen(PublicReport).select_related("district", "organisation", "twin", "place")
    rows = rows.annotate(photo_count=Count("photos", distinct=True))
    for column in ("state", "kind"):
        if getattr(wanted, column):
            rows = rows.filter(**{column: getattr(wanted, column)})
    if wanted.district is not None:
        rows = rows.filter(district=wanted.district)
    if wanted.due_by is not None:
        rows = rows.filter(state__in=OPEN, due_on__lte=wanted.due_by)
    if wanted.is_late:
        rows = rows.filter(_late(on))
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(Q(words__icontains=word) | Q(spot__icontains=word) | Q(number__startswith=word))
    return rows.order_by("-received_at", "-pk")


def public_counts(seen: Sight, on: date) -> Mapping[str, int]:
    """Return how many reports are new, with a unit, answered and not ended, and late."""
    found: Mapping[str, int] = seen(PublicReport).aggregate(
        new=Count("pk", filter=Q(state=PublicReportState.NEW)),
        assigned=Count("pk", filter=Q(state=PublicReportState.ASSIGNED)),
        answered=Count("pk", filter=Q(state=PublicReportState.ANSWERED)),
        late=Count("pk", filter=_late(on)),
    )
    return found


def one_report(seen: Sight, key: int) -> PublicReport | None:
    """Return one report with what its page shows, or None."""
    people = ("answered_by", "proposed_by", "published_by")
    rows = seen(PublicReport).select_related("place", "district", "organisation", "twin", "merged_into")
    steps = Prefetch("steps", queryset=seen(PublicReportStep).select_related("by", "organisation"))
    photos = Prefetch("photos", queryset=seen(PublicReportPhoto).filter(erased_at__isnull=True))
    rows = rows.select_related(*people, "contact")
    return rows.prefetch_related(steps, photos).filter(pk=key).first()


def merged_reports(seen: Sight, row: PublicReport) -> Sequence[PublicReport]:
    """Return the reports that are dealt with in this one."""
    return list(seen(PublicReport).filter(merged_into=row).order_by("received_at", "pk"))


def handlers_in_sight(seen: Sight, row: PublicReport, kinds: Sequence[str]) -> Sequence[Organisation]:
    """Return the units of the city to which a report can be sent, in the order of the kinds."""
    place = row.place
    units = seen(Organisation).filter(
        Q(place=place) | Q(place__parent=place), kind__in=kinds, to_on__isnull=True
    )
    found = units.order_by("order", "name", "pk")[:MOST_UNITS]
    return sorted(found, key=lambda each: kinds.index(each.kind))


def alike_reports(
    seen: Sight, row: PublicReport, *, days: int, share: Decimal, near: Decimal
) -> Sequence[Alike]:
    """Return the reports of the days around that look like one, those with most reasons first.

    Args:
        seen: What the reader may see.
        row: The report.
        days: How many days before and after it.
        share: From this share of common pairs of signs on, two texts look alike.
        near: Points within so many degrees are near.
    """
    around = (row.received_at - timedelta(days=days), row.received_at + timedelta(days=days))
    rows = seen(PublicReport).filter(place=row.place, received_at__range=around, erased_at__isnull=True)
    rows = rows.exclude(pk=row.pk).exclude(state__in=NO_CASES).prefetch_related("photos")
    photos = {each.sha256 for each in row.photos.all()}
    found = []
    for other in rows.order_by("-received_at", "-pk")[:MOST_COMPARED]:
        reasons = _reasons(row, other, share=share, near=near)
        if photos & {each.sha256 for each in other.photos.all()}:
            reasons = ("photo", *reasons)
        if reasons:
            found.append(Alike(row=other, reasons=reasons))
    return sorted(found, key=lambda each: -len(each.reasons))[:MOST_ALIKE]


def answer_times(seen: Sight, *, since: date, until: date, by: str, on: date) -> Sequence[AnswerTimes]:
    """Return how the reports of some days were answered, by matter or by district.

    Args:
        seen: What the reader may see.
        since: The first day.
        until: The last day.
        by: `kind` or `district__name`.
        on: The day for which lateness is said.
    """
    rows = seen(PublicReport).filter(received_at__date__range=(since, until)).exclude(state__in=NO_CASES)
    groups: dict[str, list[tuple[str, date, date | None, date]]] = {}
    columns = (by, "state", "received_at", "answered_at", "due_on")
    for name, state, received, answered, due in rows.order_by(by).values_list(*columns):
        days = (timezone.localdate(received), timezone.localdate(answered) if answered else None)
        groups.setdefault(name or "", []).append((state, *days, due))
    return [_times(name, group, on) for name, group in groups.items()]


def _times(name: str, group: Sequence[tuple[str, date, date | None, date]], on: date) -> AnswerTimes:
    took = [(answered - received).days for _, received, answered, _ in group if answered is not None]
    return AnswerTimes(
        name=name,
        received=len(group),
        answered=len(took),
        in_time=sum(answered is not None and answered <= due for _, _, answered, due in group),
        late=sum(state in OPEN and due < on for state, _, _, due in group),
        median_days=median_low(took) if took else None,
    )


def _reasons(row: PublicReport, other: PublicReport, *, share: Decimal, near: Decimal) -> tuple[str, ...]:
    found = []
    if _alike(row.words, other.words) >= share:
        found.append("words")
    if _alike(row.spot, other.spot) >= share:
        found.append("place")
    if None not in (row.latitude, row.longitude, other.latitude, other.longitude):
        apart = max(abs(row.latitude - other.latitude), abs(row.longitude - other.longitude))  # type: ignore[operator]  # none of the four is None
        if apart <= near:
            found.append("near")
    return tuple(found)


def _alike(one: str, other: str) -> Decimal:
    """Return the share of pairs of neighbouring signs that two texts have in common."""
    here, there = _pairs(one), _pairs(other)
    both = len(here) + len(there)
    return Decimal(2 * len(here & there)) / both if both else Decimal(0)


def _pairs(text: str) -> set[str]:
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())
    return {signs[at : at + 2] for at in range(len(signs) - 1)}


def _late(on: date) -> Q:
    is_unsorted = Q(state=PublicReportState.NEW, triage_by__lt=on)
    return is_unsorted | Q(state__in=OPEN, due_on__lt=on)
