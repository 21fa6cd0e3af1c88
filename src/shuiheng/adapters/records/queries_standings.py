"""How targets stood when they were judged last, as far as in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from shuiheng.adapters.records.models import (
    Figure,
    KeptStanding,
    Place,
    StandingTurn,
    TaskParty,
)
from shuiheng.adapters.records.queries_register import shares_in_plan
from shuiheng.adapters.records.sight import Sight

WORDS_LIMIT = 60
LEADS = ("lead", "joint")
Key = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFilter:
    """Which standings are listed; empty fields do not filter.

    Args:
        city: Key of a city.
        plan: Slug of a plan.
        standing: How it stands.
        place: Key of the city or district of which the value speaks.
        unit: Key of an organisation that has a part in the task.
        year: Year of the deadline; `none` for targets that name no day.
        words: Words in the metric, the quote or the scope.
        with_shares: Whether shares of districts in targets of the city are listed too.
    """

    city: int | None = None
    plan: str = ""
    standing: str = ""
    place: str = ""
    unit: str = ""
    year: str = ""
    words: str = ""
    with_shares: bool = False


EVERY_STANDING = StandingFilter()


def standings_in_sight(seen: Sight, wanted: StandingFilter = EVERY_STANDING) -> QuerySet[KeptStanding]:
    """Return how the targets in force stood, in the order of their plans."""
    rows = seen(KeptStanding).filter(target__withdrawn_at__isnull=True)
    rows = rows.select_related("target__plan__place", "target__task", "target__published", "place")
    if not wanted.with_shares:
        rows = rows.filter(is_share=False)
    if wanted.city is not None:
        rows = rows.filter(city=wanted.city)
    if wanted.plan:
        rows = rows.filter(target__plan__slug=wanted.plan)
    if wanted.standing:
        rows = rows.filter(standing=wanted.standing)
    if wanted.place:
        rows = rows.filter(place=int(wanted.place))
    if wanted.unit:
        parts = seen(TaskParty).filter(organisation=int(wanted.unit), to_on__isnull=True, role__in=LEADS)
        rows = rows.filter(target__task__in=parts.values("task"))
    if wanted.year:
        none = wanted.year == "none"
        rows = rows.filter(
            Q(target__deadline__isnull=True) if none else Q(target__deadline__year=int(wanted.year))
        )
    for word in wanted.words[:WORDS_LIMIT].split():
        found = Q(target__metric__icontains=word) | Q(target__quote__icontains=word)
        rows = rows.filter(found | Q(target__scope__icontains=word))
    return rows.order_by("target__plan_id", "target__order", "target_id", "place_id")


def standing_at(seen: Sight, key: int) -> KeptStanding | None:
    """Return one standing, or None."""
    rows = seen(KeptStanding).select_related(
        "target__plan__place__parent", "target__task", "target__published", "place", "city"
    )
    return rows.filter(pk=key, target__withdrawn_at__isnull=True).first()


def standing_counts_of(seen: Sight, wanted: StandingFilter) -> Mapping[str, int]:
    """Return how many targets stand how."""
    rows = standings_in_sight(seen, wanted).order_by()
    return dict(rows.values_list("standing").annotate(Count("pk")))


def leads_of(seen: Sight, rows: Collection[KeptStanding]) -> Mapping[int, Sequence[str]]:
    """Return the short names of the units that lead the tasks of some targets, by task."""
    tasks = {row.target.task_id for row in rows if row.target.task_id}
    found: dict[int, list[str]] = {}
    parts = seen(TaskParty).filter(task__in=tasks, role="lead", to_on__isnull=True)
    for task, name in parts.order_by("order", "pk").values_list("task_id", "organisation__name"):
        found.setdefault(task, []).append(name)
    return found


def turns_of(seen: Sight, row: KeptStanding) -> Sequence[StandingTurn]:
    """Return how a target stood from day to day, the newest first."""
    return list(
        seen(StandingTurn).filter(target=row.target_id, place=row.place_id).order_by("-on", "-pk")[:60]
    )


def turns_up_to(seen: Sight, on: date, targets: Collection[int]) -> Mapping[Key, StandingTurn]:
    """Return how some targets stood on a day, by target and place."""
    rows = seen(StandingTurn).filter(target__in=sorted(targets), on__lte=on).order_by("on", "pk")
    newest = {(target, place): key for target, place, key in rows.values_list("target_id", "place_id", "pk")}
    held = seen(StandingTurn).in_bulk(list(newest.values()))
    return {key: held[found] for key, found in newest.items()}


def days_of_turns(seen: Sight, city: int | None) -> Sequence[date]:
    """Return the days on which something turned, the newest first."""
    rows = seen(StandingTurn) if city is None else seen(StandingTurn).filter(city=city)
    return list(rows.order_by("-on").values_list("on", flat=True).distinct()[:40])


def parts_of(seen: Sight, row: KeptStanding) -> Sequence[KeptStanding]:
    """Return how districts stand to their parts in a target: shares that were set, and those of the plan."""
    if row.is_share:
        return []
    stated = [each.pk for each in shares_in_plan(seen, row.target).values()]
    rows = seen(KeptStanding).filter(city=row.city_id).exclude(pk=row.pk)
    rows = rows.filter(Q(target=row.target_id, is_share=True) | Q(target__in=stated, is_share=False))
    rows = rows.exclude(place=row.place_id).select_related("target__published", "place")
    found = {each.place_id: each for each in rows.order_by("is_share", "place__order", "place_id")}
    return sorted(found.values(), key=lambda each: (each.place.order, each.place_id))


def released_values(seen: Sight, row: KeptStanding) -> Sequence[Figure]:
    """Return the official values of a target that stand, the newest first."""
    rows = seen(Figure).filter(place=row.place_id, subject=f"target:{row.target_id}")
    return list(rows.filter(superseded_at__isnull=True).select_related("released_by").order_by("-up_to"))


def standing_of_targets(seen: Sight, targets: Collection[int]) -> Mapping[int, KeptStanding]:
    """Return how some targets stand themselves, without shares of districts, by target."""
    rows = seen(KeptStanding).filter(target__in=sorted(targets), is_share=False)
    return {row.target_id: row for row in rows.only("target_id", "standing", "why", "problem")}


def places_of_standings(seen: Sight) -> Sequence[Place]:
    """Return the cities and districts of which standings speak, in their order."""
    keys = seen(KeptStanding).order_by().values("place")
    return list(seen(Place).filter(pk__in=keys).order_by("parent_id", "order", "pk"))


def years_of_standings(seen: Sight) -> Sequence[int]:
    """Return the years of the deadlines of targets that were judged."""
    rows = seen(KeptStanding).filter(target__deadline__isnull=False).order_by()
    return sorted(set(rows.values_list("target__deadline__year", flat=True)))
