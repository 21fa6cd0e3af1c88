"""What the checks found at meters: counts by finding and district, and the findings themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import belief_on
from shuiheng.adapters.records.models import FindingDecision, MeterFact, MeterFinding
from shuiheng.adapters.records.sight import Sight
from shuiheng.kernel import Severity

LIMIT = 60
STATES: dict[str, Q] = {
    "open": Q(gone_at__isnull=True) & ~Q(decision=FindingDecision.DISMISSED),
    "undecided": Q(gone_at__isnull=True, decision=FindingDecision.OPEN),
    "confirmed": Q(decision=FindingDecision.CONFIRMED),
    "dismissed": Q(decision=FindingDecision.DISMISSED),
    "gone": Q(gone_at__isnull=False),
}
"""Findings by what became of them; those that are open still hold and were not dismissed."""

WEIGHTY = (Severity.DISQUALIFY.value, Severity.WARN.value)
LEVELS: dict[str, tuple[str, ...]] = {
    "weighty": WEIGHTY,
    **{severity.value: (severity.value,) for severity in (Severity.DISQUALIFY, Severity.WARN, Severity.NOTE)},
}
"""Findings by how much they weigh; about a note nothing is to be done, so that it is no open work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFilter:
    """Which findings are listed; empty fields do not filter.

    Args:
        code: Code of the finding.
        district: Key of the district of the user; 0 for meters of which none is known.
        state: A word of `STATES`.
        level: A word of `LEVELS`.
        words: Words that occur in the number of the meter or the name of its user.
    """

    code: str = ""
    district: int | None = None
    state: str = "open"
    level: str = ""
    words: str = ""


class FoundCount(NamedTuple):
    """How many meters have an open finding of a code in a district, and how much the worst of them weighs."""

    code: str
    severity: str
    district: int | None
    meters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterTally:
    """How many meters are in use, and how many of them have an open finding that weighs more than a note."""

    meters: int
    doubtful: int


def found_counts(seen: Sight, on: date) -> Sequence[FoundCount]:
    """Return the open findings counted by code and by the district in which the user lies on a day.

    A meter that has one code in two severities counts once.
    """
    rows = _with_user(seen(MeterFinding).filter(STATES["open"]), on).order_by()
    counts = rows.values_list("code", "of_user__district").annotate(
        meters=Count("meter", distinct=True),
        **{severity: Count("pk", filter=Q(severity=severity)) for severity in WEIGHTY},
    )
    found = []
    for code, district, meters, *weighty in counts:
        worst = next((each for each, n in zip(WEIGHTY, weighty, strict=True) if n), Severity.NOTE.value)
        found.append(FoundCount(code=code, severity=worst, district=district, meters=meters))
    return found


def doubtful_meters(seen: Sight, on: date) -> Mapping[int | None, int]:
    """Return how many meters have an open finding above a note, by the district of the user on a day."""
    rows = _with_user(seen(MeterFinding).filter(STATES["open"], severity__in=WEIGHTY), on).order_by()
    return dict(rows.values_list("of_user__district").annotate(meters=Count("meter", distinct=True)))


def meter_tally(seen: Sight, on: date) -> MeterTally:
    """Return how many meters are in use on a day, and how many of them have an open finding above a note."""
    active = standing(seen(MeterFact), AsOf(on=on)).filter(is_active=True)
    found = seen(MeterFinding).filter(
        STATES["open"], severity__in=WEIGHTY, meter__in=active.values("subject")
    )
    doubtful = found.aggregate(n=Count("meter", distinct=True))["n"]
    return MeterTally(meters=active.count(), doubtful=doubtful)


def found_list(seen: Sight, wanted: FoundFilter, on: date) -> QuerySet[MeterFinding]:
    """Return findings, the newest first, each with `district_name` of its user on a day."""
    rows = _with_user(seen(MeterFinding).filter(STATES.get(wanted.state, STATES["open"])), on)
    rows = rows.select_related("meter__user__organisation", "decided_by").annotate(
        district_name=F("of_user__district__name")
    )
    if wanted.code:
        rows = rows.filter(code=wanted.code)
    if wanted.level in LEVELS:
        rows = rows.filter(severity__in=LEVELS[wanted.level])
    if wanted.district is not None:
        rows = rows.filter(of_user__district=wanted.district or None)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(meter__number__icontains=word) | Q(meter__user__organisation__name__icontains=word)
        )
    listed: QuerySet[MeterFinding] = rows.order_by(F("at").desc(nulls_last=True), "-pk")
    return listed


def found_codes(seen: Sight) -> Sequence[str]:
    """Return the codes of all findings in sight, sorted."""
    return list(seen(MeterFinding).order_by("code").values_list("code", flat=True).distinct())


def _with_user(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(
        of_user=FilteredRelation("meter__user__facts", condition=belief_on("meter__user__facts", on))
    )
    return found
