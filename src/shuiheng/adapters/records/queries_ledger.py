"""The water-user ledger as of a day and as it was known: the list, one user, one meter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    ActivityFact,
    ContactFact,
    DatedFact,
    LedgerDocument,
    Meter,
    MeterEvent,
    MeterFact,
    Organisation,
    PermitFact,
    Place,
    SettledMonth,
    SiteFact,
    SourceFact,
    UseProfile,
    UserFact,
    UserMerge,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight

F = TypeVar("F", bound=DatedFact)
LIMIT = 60
NEWEST_EVENTS, NEWEST_BELIEFS, MONTHS = 40, 100, 36
MOST_KEYS = 10_000  # in one query; a database takes so many and not many more


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """What the list shows; empty fields do not filter.

    Args:
        words: Words that occur in a name, code, number, or the initials of a name.
        district: Key of a district.
        use_class: Class of use.
        source_kind: `abstraction` or `supply`: users with such a source.
        has_closed: Whether users that use water no longer are listed too.
    """

    words: str = ""
    district: int | None = None
    use_class: str = ""
    source_kind: str = ""
    has_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPage:
    """Everything of one water user as of a day; each list in the order of its numbers."""

    user: WaterUser
    fact: UserFact | None
    sites: Sequence[SiteFact]
    sources: Sequence[SourceFact]
    permits: Sequence[PermitFact]
    meters: Sequence[MeterFact]
    activities: Sequence[ActivityFact]
    contacts: Sequence[ContactFact]
    documents: Sequence[LedgerDocument]
    history: Sequence[UserFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterPage:
    """Everything of one meter as of a day, with what happened to it and its latest settled months."""

    meter: Meter
    fact: MeterFact | None
    below: Sequence[MeterFact]
    events: Sequence[MeterEvent]
    months: Sequence[SettledMonth]
    history: Sequence[MeterFact]


def ledger_list(seen: Sight, wanted: LedgerFilter, as_of: AsOf) -> QuerySet[UserFact]:
    """Return the users of the ledger as of a day, merged ones left out, in the order of their numbers."""
    rows = standing(seen(UserFact), as_of).filter(subject__merged_into__isnull=True)
    rows = rows.select_related("subject__organisation", "district")
    if not wanted.has_closed:
        rows = rows.filter(is_open=True)
    if wanted.district is not None:
        rows = rows.filter(district=wanted.district)
    if wanted.use_class:
        rows = rows.filter(use_class=wanted.use_class)
    if wanted.source_kind:
        active = standing(seen(SourceFact), as_of).filter(subject__kind=wanted.source_kind, is_active=True)
        rows = rows.filter(subject__in=active.values("subject__user"))
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(initials__contains=word.lower())
            | Q(credit_code__startswith=word.upper())
            | Q(subject__number__startswith=word)
        )
    return rows.order_by("subject__number", "subject_id")


def districts_of(seen: Sight) -> Sequence[Place]:
    """Return the places in which users in sight lie or may lie, in the city's own order."""
    return list(seen(Place).filter(to_on__isnull=True).order_by("order", "pk"))


def use_classes_of(seen: Sight) -> Sequence[str]:
    """Return the classes of use that occur, sorted."""
    rows = seen(UserFact).filter(superseded_at__isnull=True).exclude(use_class="")
    return list(rows.order_by("use_class").values_list("use_class", flat=True).distinct())


def counts_of(seen: Sight, users: Iterable[int], as_of: AsOf) -> Mapping[int, Mapping[str, int]]:
    """Return how many active sources and meters these users have, by user."""
    keys = list(users)
    counts: dict[int, dict[str, int]] = {key: {"sources": 0, "meters": 0} for key in keys}
    for first in range(0, len(keys), MOST_KEYS):
        part = keys[first : first + MOST_KEYS]
        for name, rows in (
            ("sources", standing(seen(SourceFact), as_of).filter(subject__user__in=part, is_active=True)),
            ("meters", standing(seen(MeterFact), as_of).filter(subject__user__in=part, is_active=True)),
        ):
            for key, count in rows.values_list("subject__user").annotate(n=Count("pk")).order_by():
                counts[key][name] = count
    return counts


def user_page(seen: Sight, key: int, as_of: AsOf) -> UserPage | None:
    """Return everything of one user, or None when it is not in sight."""
    user = (
        seen(WaterUser)
        .select_related("organisation__place", "city", "merged_into__organisation")
        .filter(pk=key)
        .first()
    )
    if user is None:
        return None
    facts = seen(UserFact).filter(subject=user)
    return UserPage(
        user=user,
        fact=standing(facts, as_of).select_related("district").first(),
        sites=_of(seen(SiteFact).filter(subject__user=user).select_related("subject", "district"), as_of),
        sources=_of(
            seen(SourceFact)
            .filter(subject__user=user)
            .select_related("subject", "authority", "supplier", "site"),
            as_of,
        ),
        permits=_of(
            seen(PermitFact).filter(subject__source__user=user).select_related("subject__source"), as_of
        ),
        meters=_of(
            seen(MeterFact).filter(subject__user=user).select_related("subject", "parent", "source", "site"),
            as_of,
        ),
        activities=list(
            standing(seen(ActivityFact).filter(subject=user), as_of).order_by("code", "valid_from")
        ),
        contacts=list(standing(seen(ContactFact).filter(subject=user), as_of).order_by("duty")),
        documents=list(seen(LedgerDocument).filter(user=user)),
        history=beliefs_of(seen, UserFact, user.pk),
    )


def meter_page(seen: Sight, key: int, as_of: AsOf) -> MeterPage | None:
    """Return everything of one meter, or None when it is not in sight."""
    meter = seen(Meter).select_related("keeper", "user__organisation", "city").filter(pk=key).first()
    if meter is None:
        return None
    facts = seen(MeterFact).filter(subject=meter)
    events = seen(MeterEvent).filter(meter=meter, superseded_at__isnull=True)
    return MeterPage(
        meter=meter,
        fact=standing(facts, as_of).select_related("parent", "source", "site").first(),
        below=_of(seen(MeterFact).filter(parent=meter).select_related("subject"), as_of),
        events=list(events.order_by("-at", "-pk")[:NEWEST_EVENTS]),
        months=list(seen(SettledMonth).filter(meter=meter).order_by("-month")[:MONTHS]),
        history=beliefs_of(seen, MeterFact, meter.pk),
    )


def units_for(seen: Sight, kinds: Sequence[str], city: int | None = None) -> Sequence[Organisation]:
    """Return the open organisations of these kinds, of one city and its parts if told, to choose from."""
    rows = seen(Organisation).filter(kind__in=kinds, to_on__isnull=True)
    if city is not None:
        rows = rows.filter(Q(place=city) | Q(place__parent=city) | Q(place__parent__parent=city))
    return list(rows.order_by("order", "pk"))


def merges_of(seen: Sight, user: WaterUser) -> Sequence[UserMerge]:
    """Return the merges in which a user was kept or ended, the newest first."""
    rows = seen(UserMerge).filter(Q(kept=user) | Q(merged=user))
    return list(
        rows.select_related("kept__organisation", "merged__organisation", "made_by", "undone_by").order_by(
            "-pk"
        )
    )


def beliefs_of(seen: Sight, table: type[F], subject: int) -> Sequence[F]:
    """Return everything ever believed of one subject, the newest first."""
    linked = [field.name for field in table._meta.concrete_fields if field.is_relation]
    rows = seen(table).filter(subject=subject).select_related(*linked)
    return list(rows.order_by("-recorded_at", "-valid_from")[:NEWEST_BELIEFS])


def _of(rows: QuerySet[F], as_of: AsOf) -> Sequence[F]:
    return list(standing(rows, as_of).order_by("subject__number", "subject_id"))


def profile_of_user(seen: Sight, user: WaterUser, on: date) -> UseProfile | None:
    """Return the profile of its own that a user has on a day, or None."""
    return standing(seen(UseProfile).filter(subject=user), AsOf(on=on)).first()
