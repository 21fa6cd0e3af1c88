"""Warnings of use as pages show them: which stand, how many by level and district, the list of a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Now, TruncDate

from shuiheng.adapters.records.entrance import belief_on
from shuiheng.adapters.records.models import UseWarning
from shuiheng.adapters.records.sight import Sight

LIMIT = 60
UNKNOWN, NONE = "unknown", "none"
_KNOWN = ~Q(level=UNKNOWN)
_TO_DO = Q(decided_at__isnull=False, done_at__isnull=True) & ~Q(follow_up=NONE)
_STANDS = Q(gone_at__isnull=True) & _KNOWN
STATES: dict[str, Q] = {
    "open": _STANDS & Q(decided_at__isnull=True),
    "unreceived": _STANDS & Q(decided_at__isnull=True, received_at__isnull=True),
    "answered": _STANDS & Q(decided_at__isnull=True, answered_at__isnull=False),
    "to_do": _TO_DO,
    "late": _TO_DO & Q(due_on__lt=TruncDate(Now())),
    "closed": Q(done_at__isnull=False) | Q(decided_at__isnull=False, follow_up=NONE),
    "gone": Q(gone_at__isnull=False, decided_at__isnull=True) & _KNOWN,
    "unknown": Q(level=UNKNOWN, gone_at__isnull=True),
    "all": _KNOWN,
}
"""Warnings by how far they have come. `open`: they hold and nobody decided. `to_do`: something was decided
that has not been done, `late`: its day has passed. `unknown`: allowances of which nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningFilter:
    """Which warnings are listed; empty fields do not filter.

    Args:
        state: A word of `STATES`.
        level: Id of a level.
        certainty: How sure they are.
        district: Key of the district of the user; 0 for users of which none is known.
        words: Words that occur in the number or the name of the user.
        year: Year of the period.
    """

    state: str = "open"
    level: str = ""
    certainty: str = ""
    district: int | None = None
    words: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class WarningCount:
    """How many open warnings of a level a district has, and how many of them are doubtful."""

    level: str
    district: int | None
    count: int
    doubtful: int


def warning_counts(seen: Sight, on: date) -> Sequence[WarningCount]:
    """Return the open warnings counted by level and by the district in which the user lies on a day."""
    rows = _with_user(seen(UseWarning).filter(STATES["open"]), on).order_by()
    counts = rows.values_list("level", "of_user__district").annotate(
        n=Count("pk"), doubtful=Count("pk", filter=Q(certainty="doubtful"))
    )
    return [WarningCount(*row) for row in counts]


def state_counts(seen: Sight) -> Mapping[str, int]:
    """Return how many warnings each state has."""
    counts = {name: Count("pk", filter=state) for name, state in STATES.items()}
    found: Mapping[str, int] = seen(UseWarning).aggregate(**counts)
    return found


def waiting_counts(seen: Sight) -> tuple[int, int]:
    """Return how many warnings hold of which nobody decided, and of how many what was decided is late."""
    counted = {state: Count("pk", filter=STATES[state], distinct=True) for state in ("open", "late")}
    found = seen(UseWarning).order_by().aggregate(**counted)
    return found["open"], found["late"]


def warning_list(seen: Sight, wanted: WarningFilter, on: date) -> QuerySet[UseWarning]:
    """Return warnings, the newest first, each with `district_name` of its user on a day."""
    rows = _with_user(seen(UseWarning).filter(STATES.get(wanted.state, STATES["open"])), on)
    rows = rows.select_related("allowance__user__organisation", "allowance__source", "decided_by").annotate(
        district_name=F("of_user__district__name")
    )
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.certainty:
        rows = rows.filter(certainty=wanted.certainty)
    if wanted.district is not None:
        rows = rows.filter(of_user__district=wanted.district or None)
    if wanted.year is not None:
        rows = rows.filter(first__year=wanted.year)
    for word in wanted.words[:LIMIT].split():
        named = Q(allowance__user__organisation__name__icontains=word)
        rows = rows.filter(named | Q(allowance__user__number__icontains=word))
    listed: QuerySet[UseWarning] = rows.order_by("-raised_at", "-first", "-pk")
    return listed


def levels_in(seen: Sight) -> Sequence[str]:
    """Return the levels of all warnings in sight, sorted."""
    rows = seen(UseWarning).filter(_KNOWN).order_by("level")
    return list(rows.values_list("level", flat=True).distinct())


def beside(seen: Sight, row: UseWarning) -> Sequence[UseWarning]:
    """Return the other warnings of the same allowance, the newest first."""
    rows = seen(UseWarning).filter(_KNOWN, allowance=row.allowance_id).exclude(pk=row.pk)
    return list(rows.order_by("-raised_at", "-pk")[:LIMIT])


def _with_user(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    condition = belief_on("allowance__user__facts", on)
    found: QuerySet[Any] = rows.annotate(
        of_user=FilteredRelation("allowance__user__facts", condition=condition)
    )
    return found
