"""The plan of a year as pages show it: its allowances, its totals against the caps, its applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, FilteredRelation, Min, Q, QuerySet, Sum

from shuiheng.adapters.records.models import (
    AllowanceEntry,
    AllowanceProposal,
    AllowanceRound,
    EntryKind,
    EntryState,
    Place,
    PlannedAllowance,
    RegionalCap,
    UserFact,
)
from shuiheng.adapters.records.sight import Sight

LIMIT = 60
STATES = ("with", "without", "by_hand", "found", "shared")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceFilter:
    """Which allowances of a round are shown; empty fields do not filter.

    Args:
        words: Words that occur in a name, code or number.
        district: Key of the place in which a user lies.
        use_class: Class of use.
        state: `with` or `without` a volume, set `by_hand`, with something `found`, `shared` in a shortage.
        most_first: Whether the greatest stand first.
    """

    words: str = ""
    district: int | None = None
    use_class: str = ""
    state: str = ""
    most_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CapLine:
    """A cap beside what is planned under it."""

    cap: RegionalCap
    planned_m3: Decimal
    asked_m3: Decimal

    @property
    def left_m3(self) -> Decimal:
        """Return what is left of the cap; below zero when it is exceeded."""
        return self.cap.volume_m3 - self.planned_m3

    @property
    def short_m3(self) -> Decimal:
        """Return by how much the methods give more than the cap."""
        return self.asked_m3 - self.cap.volume_m3

    @property
    def is_short(self) -> bool:
        """Return whether the methods give more than the cap."""
        return self.asked_m3 > self.cap.volume_m3


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTotal:
    """What a district, a class of use or a kind of water has in a round."""

    name: str
    accounts: int
    without: int
    computed_m3: Decimal
    volume_m3: Decimal


class _PlannedPart(NamedTuple):
    """What is planned for the users of a district and class with a kind of water."""

    district: int | None
    use_class: str | None
    water_kind: str
    planned_m3: Decimal | None
    asked_m3: Decimal | None

    def is_under(self, cap: RegionalCap) -> bool:
        """Return whether a cap holds for it."""
        is_here = cap.district_id is None or cap.district_id == self.district
        return is_here and cap.use_class in ("", self.use_class) and cap.water_kind in ("", self.water_kind)


def rounds_in_sight(seen: Sight) -> QuerySet[AllowanceRound]:
    """Return the plans of all years, the newest first, with how many allowances they have."""
    rows = seen(AllowanceRound).select_related("place", "authority", "members")
    return rows.annotate(
        accounts=Count("allowances"),
        unknown=Count("allowances", filter=Q(allowances__volume_m3__isnull=True)),
        total_m3=Sum("allowances__volume_m3"),
    ).order_by("-year", "place__name", "pk")


def rounds_of_year(seen: Sight, city: Place, year: int) -> Sequence[AllowanceRound]:
    """Return the plans of a city for a year that are in sight as a whole."""
    return list(seen(AllowanceRound).filter(place=city, year=year).order_by("pk"))


def round_in_sight(seen: Sight, key: int) -> AllowanceRound | None:
    """Return a plan of a year: in sight as a whole, or one in which a user in sight has an allowance."""
    linked = ("place", "authority", "members", "opened_by", "reviewed_by", "published_by")
    whole = seen(AllowanceRound).select_related(*linked).filter(pk=key).first()
    if whole is not None:
        return whole
    rows = seen(PlannedAllowance).filter(round=key, published_at__isnull=False)
    row = rows.select_related(*(f"round__{name}" for name in linked)).first()
    return None if row is None else row.round


def rounds_with_users(seen: Sight) -> Sequence[AllowanceRound]:
    """Return the published plans in which users in sight have allowances, for those who see no whole ones."""
    rows = seen(PlannedAllowance).filter(published_at__isnull=False)
    firsts = rows.order_by().values("round").annotate(first=Min("pk")).values("first")
    found = seen(PlannedAllowance).filter(pk__in=firsts).select_related("round__place", "round__authority")
    return sorted((row.round for row in found), key=lambda each: (-each.year, each.pk))


def allowances_of_round(
    seen: Sight, round_: AllowanceRound, wanted: AllowanceFilter
) -> QuerySet[PlannedAllowance]:
    """Return the allowances of a round that a filter leaves, by number of the user or the greatest first."""
    rows = seen(PlannedAllowance).filter(round=round_)
    rows = rows.select_related("user__organisation__place", "source", "round")
    if wanted.district is not None:
        rows = rows.filter(user__organisation__place=wanted.district)
    if wanted.use_class:
        rows = rows.filter(user__in=_of_class(seen, wanted.use_class))
    conditions = {
        "with": Q(volume_m3__isnull=False),
        "without": Q(volume_m3__isnull=True),
        "by_hand": ~Q(reason=""),
        "found": ~Q(findings=[]),
        "shared": Q(volume_m3__lt=F("computed_m3"), reason=""),
    }
    if wanted.state in conditions:
        rows = rows.filter(conditions[wanted.state])
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(user__organisation__name__icontains=word)
            | Q(user__organisation__credit_code__startswith=word.upper())
            | Q(user__number__startswith=word)
        )
    if wanted.most_first:
        return rows.order_by(F("volume_m3").desc(nulls_last=True), "user__number", "pk")
    return rows.order_by("user__number", "pk")


def allowance_in_sight(seen: Sight, key: int) -> PlannedAllowance | None:
    """Return an allowance, or None when it is not in sight."""
    linked = ("round__place", "round__authority", "user__organisation__place", "source", "received_by")
    return seen(PlannedAllowance).select_related(*linked).filter(pk=key).first()


def published_of_users(seen: Sight, users: Sequence[int]) -> Sequence[PlannedAllowance]:
    """Return the published allowances of some users, the newest year first."""
    rows = seen(PlannedAllowance).filter(user__in=users, published_at__isnull=False)
    rows = rows.select_related("round__place", "user__organisation", "source", "received_by")
    return list(rows.order_by("-round__year", "user__number", "source__number", "pk"))


def proposals_of(seen: Sight, users: Sequence[int]) -> Sequence[AllowanceProposal]:
    """Return what some users proposed, the newest first; what was superseded is left out."""
    rows = seen(AllowanceProposal).filter(user__in=users, superseded_at__isnull=True)
    return list(rows.select_related("round", "source", "filed_by").order_by("-round__year", "-filed_at"))


def entries_of(seen: Sight, allowance: PlannedAllowance) -> Sequence[AllowanceEntry]:
    """Return the entries of an allowance with their months, in the order in which they were asked."""
    rows = seen(AllowanceEntry).filter(allowance=allowance)
    linked = (
        "asked_by",
        "decided_by",
        "document",
        "partner__allowance__user__organisation",
        "partner__allowance__round",
        "agreed_by",
    )
    sides = ("months", "partners__allowance__user__organisation", "partners__allowance__round")
    return list(rows.select_related(*linked).prefetch_related(*sides).order_by("asked_at", "pk"))


def applications(seen: Sight, *, state: str = "", words: str = "") -> QuerySet[AllowanceEntry]:
    """Return what users asked for, those whose last day comes first at the front.

    Args:
        seen: What the reader may see.
        state: A state of entries; those that wait for an answer unless given.
        words: Words that occur in the name or number of a user.
    """
    rows = seen(AllowanceEntry).exclude(kind=EntryKind.INITIAL).filter(state=state or EntryState.ASKED)
    rows = rows.filter(allowance__published_at__isnull=False, partner__isnull=True)
    for word in words[:LIMIT].split():
        rows = rows.filter(
            Q(allowance__user__organisation__name__icontains=word)
            | Q(allowance__user__number__startswith=word)
        )
    linked = ("allowance__user__organisation", "allowance__source", "allowance__round", "decided_by")
    sides = ("months", "partners__allowance__user__organisation", "partners__allowance__round")
    rows = rows.select_related(*linked).prefetch_related(*sides)
    return rows.order_by(F("due_on").asc(nulls_last=True), "asked_at", "pk")


def caps_of_year(seen: Sight, city: Place, year: int) -> Sequence[RegionalCap]:
    """Return the caps of a city in a year that stand, the widest first."""
    rows = seen(RegionalCap).filter(place=city, year=year, superseded_at__isnull=True)
    rows = rows.select_related("district", "entered_by")
    return list(rows.order_by("district__name", "use_class", "water_kind", "pk"))


def cap_lines(seen: Sight, round_: AllowanceRound) -> Sequence[CapLine]:
    """Return each cap of the year of a round beside what is planned under it."""
    return planned_under(seen, round_, caps_of_year(seen, round_.place, round_.year))


def planned_under(seen: Sight, round_: AllowanceRound, caps: Sequence[RegionalCap]) -> Sequence[CapLine]:
    """Return caps beside what a round plans under each; all are asked in one question."""
    parts = _planned_parts(seen, round_) if caps else []
    lines, zero = [], Decimal(0)
    for cap in caps:
        own = [part for part in parts if part.is_under(cap)]
        planned = sum((part.planned_m3 or zero for part in own), zero)
        asked = sum((part.asked_m3 or zero for part in own), zero)
        lines.append(CapLine(cap=cap, planned_m3=planned, asked_m3=asked))
    return lines


def totals_by(seen: Sight, round_: AllowanceRound, field: str) -> Sequence[GroupTotal]:
    """Return the totals of a round by district (`user__organisation__place__name`) or `water_kind`."""
    rows = seen(PlannedAllowance).filter(round=round_).order_by().values_list(field)
    sums = rows.annotate(
        n=Count("pk"),
        without=Count("pk", filter=Q(volume_m3__isnull=True)),
        computed=Sum("computed_m3"),
        volume=Sum("volume_m3"),
    )
    zero = Decimal(0)
    return [
        GroupTotal(
            name=name or "",
            accounts=n,
            without=without,
            computed_m3=computed or zero,
            volume_m3=volume or zero,
        )
        for name, n, without, computed, volume in sums.order_by(field)
    ]


def totals_by_class(seen: Sight, round_: AllowanceRound) -> Sequence[GroupTotal]:
    """Return the totals of a round by class of use, as the ledger knows it now."""
    classes = dict(
        seen(UserFact)
        .filter(subject__city=round_.place, superseded_at__isnull=True, valid_to__isnull=True)
        .values_list("subject", "use_class")
    )
    found: dict[str, list[tuple[Decimal | None, Decimal | None]]] = {}
    rows = seen(PlannedAllowance).filter(round=round_).values_list("user", "computed_m3", "volume_m3")
    for user, computed, volume in rows:
        found.setdefault(classes.get(user, ""), []).append((computed, volume))
    return [
        GroupTotal(
            name=name,
            accounts=len(held),
            without=sum(volume is None for _, volume in held),
            computed_m3=sum((computed or Decimal(0) for computed, _ in held), Decimal(0)),
            volume_m3=sum((volume or Decimal(0) for _, volume in held), Decimal(0)),
        )
        for name, held in sorted(found.items())
    ]


def _of_class(seen: Sight, use_class: str) -> QuerySet[UserFact, int]:
    rows = seen(UserFact).filter(use_class=use_class, superseded_at__isnull=True, valid_to__isnull=True)
    return rows.values_list("subject", flat=True)


def _planned_parts(seen: Sight, round_: AllowanceRound) -> Sequence[_PlannedPart]:
    """Return what a round plans by district, class and kind of water, as the ledger knows its users now."""
    now = Q(user__facts__superseded_at__isnull=True, user__facts__valid_to__isnull=True)
    rows = seen(PlannedAllowance).filter(round=round_).order_by()
    keyed = rows.annotate(of_user=FilteredRelation("user__facts", condition=now)).annotate(
        lies_in=F("of_user__district_id"), of_class=F("of_user__use_class")
    )
    sums = keyed.values_list("lies_in", "of_class", "water_kind")
    return [_PlannedPart._make(row) for row in sums.annotate(Sum("volume_m3"), Sum("computed_m3"))]
