"""Monthly filings of water users: what one has to file and has filed, and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import USE_ROLE
from shuiheng.adapters.records.models import (
    Message,
    MeterFact,
    MeterFiling,
    SettledMonth,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight

PAST_MONTHS, LIMIT, MOST_USERS = 12, 60, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFiling:
    """How far one water user is with a month.

    Args:
        user: Key of the user.
        number: Its number.
        name: Its name.
        unit: Key of its organisation.
        due: How many meters are read by hand, so that their registers are wanted.
        filed: Of how many of them a filing stands.
        read: Of how many others the month is known from readings of somebody else, the water company's.
        last_at: When it filed last.
        doubtful: How many filings that stand were confirmed with a remark, of meters of any sort.
    """

    user: int
    number: str
    name: str
    unit: int
    due: int
    filed: int = 0
    read: int = 0
    last_at: datetime | None = None
    doubtful: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.missing <= 0

    @property
    def missing(self) -> int:
        """Of how many meters the register is still wanted."""
        return self.due - self.filed - self.read


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFilter:
    """What the list of a month shows; empty fields do not filter, `state` is `missing` or `whole`."""

    words: str = ""
    district: int | None = None
    state: str = ""


def users_who_file(seen: Sight) -> Sequence[WaterUser]:
    """Return the water users for whom the reader files, merged ones left out."""
    rows = seen(WaterUser).filter(merged_into__isnull=True).select_related("organisation", "city")
    return list(rows.order_by("number", "pk"))


def user_in_sight(seen: Sight, key: int) -> WaterUser | None:
    """Return a water user, or None when it is not in sight."""
    return seen(WaterUser).select_related("organisation", "city").filter(pk=key).first()


def meters_to_file(seen: Sight, user: WaterUser, on: date) -> Sequence[MeterFact]:
    """Return the meters in use of a user as of a day, those at the entrance first."""
    rows = _in_use(seen, on).filter(subject__user=user).select_related("subject__keeper", "site", "source")
    return list(rows.order_by("level", "subject__number", "subject_id"))


def filings_of(seen: Sight, user: WaterUser, month: date) -> Sequence[MeterFiling]:
    """Return the filings of a user for a month that stand, by number of the meter."""
    rows = _standing(seen).filter(meter__user=user, month=month)
    rows = rows.select_related("meter", "batch", "photo", "filed_by")
    return list(rows.order_by("meter__number", "pk"))


def former_filings(seen: Sight, user: WaterUser, month: date) -> Sequence[MeterFiling]:
    """Return the filings of a user for a month that were corrected or taken back, the newest first."""
    rows = seen(MeterFiling).filter(meter__user=user, month=month, superseded_at__isnull=False)
    return list(rows.select_related("meter", "filed_by").order_by("-filed_at", "-pk")[:LIMIT])


def past_months(seen: Sight, user: WaterUser) -> Sequence[tuple[date, int, datetime]]:
    """Return the months for which filings of a user stand, how many, and when the last one came."""
    rows = _standing(seen).filter(meter__user=user).values_list("month")
    counted = rows.annotate(n=Count("pk"), at=Max("filed_at")).order_by("-month")
    return [(month, count, at) for month, count, at in counted[:PAST_MONTHS]]


def settled_of(seen: Sight, meters: Iterable[int], months: Iterable[date]) -> Sequence[SettledMonth]:
    """Return settled months of meters."""
    return list(seen(SettledMonth).filter(meter__in=list(meters), month__in=list(months)))


def user_filings(seen: Sight, month: date, on: date, wanted: FilingFilter) -> Sequence[UserFiling]:
    """Return how far each user is with a month, by number; users without a meter to read are left out.

    Args:
        seen: What the reader may see.
        month: First day of the month.
        on: The day whose meters are wanted, the last one of the month.
        wanted: What to show.
    """
    facts = _in_use(seen, on).filter(subject__user__merged_into__isnull=True, **_BY_HAND)
    facts = facts.filter(subject__user__isnull=False)
    if wanted.district is not None:
        facts = facts.filter(subject__user__organisation__place=wanted.district)
    for word in wanted.words[:LIMIT].split():
        facts = facts.filter(
            Q(subject__user__organisation__name__icontains=word) | Q(subject__user__number__startswith=word)
        )
    columns = ("subject__user", "subject__user__number", "subject__user__organisation__name")
    due = facts.values_list(*columns, "subject__user__organisation").annotate(
        n=Count("pk"), read=Count("pk", filter=Exists(_read(seen, month)) & ~Exists(_filed(seen, month)))
    )
    done = _done(seen, month)
    found = []
    for key, number, name, unit, count, read in due.order_by("subject__user__number", "subject__user"):
        filed, last_at, doubtful = done.get(key, (0, None, 0))
        found.append(
            UserFiling(
                user=key,
                number=number,
                name=name,
                unit=unit,
                due=count,
                filed=filed,
                read=read,
                last_at=last_at,
                doubtful=doubtful,
            )
        )
    if wanted.state == "missing":
        return [each for each in found if not each.is_whole]
    return [each for each in found if each.is_whole] if wanted.state == "whole" else found


def reminded_at(seen: Sight, units: Iterable[int], kind: str) -> dict[int, datetime]:
    """Return when organisations were last written to by messages of a kind."""
    rows = seen(Message).filter(organisation__in=list(units)[:MOST_USERS], kind__startswith=kind)
    told = rows.values_list("organisation").annotate(at=Max("created_at")).order_by()
    return dict(told)


_BY_HAND = {"telemetry_id": "", "grid_minutes__isnull": True}


def _in_use(seen: Sight, on: date) -> QuerySet[MeterFact]:
    return standing(seen(MeterFact), AsOf(on=on)).filter(is_active=True, role=USE_ROLE)


def _standing(seen: Sight) -> QuerySet[MeterFiling]:
    return seen(MeterFiling).filter(superseded_at__isnull=True)


_TAKEN_IN = Q(batch__isnull=False) & ~Q(batch__state__in=("undoing", "undone"))


def _filed(seen: Sight, month: date) -> QuerySet[MeterFiling]:
    """Return the filings of a month that count, for the meter of a fact."""
    return _standing(seen).filter(_TAKEN_IN, month=month, meter=OuterRef("subject"))


def _read(seen: Sight, month: date) -> QuerySet[SettledMonth]:
    """Return the month of the meter of a fact when its registers tell all of it."""
    whole = seen(SettledMonth).filter(missing_seconds=0, estimated_seconds=0, by_time_litres__isnull=False)
    return whole.filter(month=month, meter=OuterRef("subject"))


def _done(seen: Sight, month: date) -> dict[int, tuple[int, datetime | None, int]]:
    """Return what users filed for a month: meters read by hand, when last, doubts of meters of any sort."""
    rows = _standing(seen).filter(month=month, meter__user__isnull=False).values_list("meter__user")
    told = rows.annotate(
        filed=Count("pk", filter=_TAKEN_IN),
        at=Max("filed_at"),
        doubtful=Count("pk", filter=~Q(doubts=[])),
    )
    return {key: (filed, at, doubtful) for key, filed, at, doubtful in told.order_by()}
