"""What the groups of totals are called, and whom they may be chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    Meter,
    MeterFact,
    Place,
    SettledMonth,
    Site,
    SiteFact,
    SourceFact,
    UserFact,
    WaterSource,
)
from shuiheng.adapters.records.queries_use import Grouping, Key
from shuiheng.adapters.records.sight import Grain, Sight

MOST_KEYS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupName:
    """What a group is called.

    Args:
        text: Its name.
        code: Its number or code, where it has one beside the name.
        user: Key of the water user to whose page it leads.
        meter: Key of the meter to whose page it leads.
        words: Table of words in which `text` is a code, for example `water_kind`.
    """

    text: str
    code: str = ""
    user: int | None = None
    meter: int | None = None
    words: str = ""


def names_of(seen: Sight, by: Grouping, keys: Iterable[Key], on: date) -> Mapping[Key, GroupName]:
    """Return the names of groups as of a day; what has none is not in the answer."""
    known = [key for key in keys if key is not None][:MOST_KEYS]
    find = _NAMES.get(by)
    return find(seen, known, AsOf(on=on)) if find is not None and known else {}


def industries_of(seen: Sight, users: Iterable[Key], on: date) -> Mapping[Key, str]:
    """Return the industry codes of users as of a day; who has none known is not in the answer."""
    wanted = set(users)
    rows = standing(seen(UserFact).exclude(industry_code=""), AsOf(on=on))
    return {key: code for key, code in rows.values_list("subject_id", "industry_code") if key in wanted}


def newest_month(seen: Sight, today: date) -> date | None:
    """Return the latest month that is over and of which anything is settled, else the one that runs.

    Most meters are read once a month: of the running month nearly everything is missing, and a page
    that opened on it would show only that.
    """
    settled = seen(SettledMonth)
    over = settled.filter(month__lt=today.replace(day=1))
    newest = _first_met if seen.grain is Grain.CITY else _newest
    return newest(over) or newest(settled)


def zones_of(seen: Sight) -> list[str]:
    """Return the zones that meters now let water into or out of, sorted."""
    rows = seen(MeterFact).filter(superseded_at__isnull=True, valid_to__isnull=True).exclude(zone="")
    return list(rows.order_by("zone").values_list("zone", flat=True).distinct())


def _first_met(settled: QuerySet[SettledMonth]) -> date | None:
    """Return the newest month by going backwards: whoever sees nearly all rows meets one at once."""
    return settled.order_by("-month").values_list("month", flat=True).first()


def _newest(settled: QuerySet[SettledMonth]) -> date | None:
    newest: date | None = settled.aggregate(newest=Max("month"))["newest"]
    return newest


def _places(seen: Sight, keys: list[Any], _as_of: AsOf) -> dict[Key, GroupName]:
    return {place.pk: GroupName(text=place.name) for place in seen(Place).filter(pk__in=keys)}


def _users(seen: Sight, keys: list[Any], as_of: AsOf) -> dict[Key, GroupName]:
    facts = standing(seen(UserFact).filter(subject__in=keys), as_of).values_list("subject", "name")
    named = dict(facts)
    numbers = seen(UserFact).filter(subject__in=keys).values_list("subject", "subject__number", "name")
    return {
        key: GroupName(text=named.get(key, name), code=number, user=key)
        for key, number, name in numbers.order_by("valid_from")
    }


def _sites(seen: Sight, keys: list[Any], as_of: AsOf) -> dict[Key, GroupName]:
    facts = dict(standing(seen(SiteFact).filter(subject__in=keys), as_of).values_list("subject", "name"))
    rows = seen(Site).filter(pk__in=keys).values_list("pk", "number", "user", "user__organisation__name")
    return {
        key: GroupName(text=f"{owner} · {facts.get(key, number)}", code=number, user=user)
        for key, number, user, owner in rows
    }


def _sources(seen: Sight, keys: list[Any], as_of: AsOf) -> dict[Key, GroupName]:
    accounts = dict(
        standing(seen(SourceFact).filter(subject__in=keys), as_of).values_list("subject", "account_number")
    )
    rows = seen(WaterSource).filter(pk__in=keys)
    return {
        key: GroupName(text=f"{owner} · {accounts.get(key) or number}", code=number, user=user)
        for key, number, user, owner in rows.values_list("pk", "number", "user", "user__organisation__name")
    }


def _meters(seen: Sight, keys: list[Any], _as_of: AsOf) -> dict[Key, GroupName]:
    rows = seen(Meter).filter(pk__in=keys).values_list("pk", "number", "user__organisation__name")
    return {
        key: GroupName(text=f"{owner} · {number}" if owner else number, code=number, meter=key)
        for key, number, owner in rows
    }


def _classes(_seen: Sight, keys: list[Any], _as_of: AsOf) -> dict[Key, GroupName]:
    return {key: GroupName(text=key, words="use_class") for key in keys}


def _waters(_seen: Sight, keys: list[Any], _as_of: AsOf) -> dict[Key, GroupName]:
    return {key: GroupName(text=key, words="water_kind") for key in keys}


def _zones(_seen: Sight, keys: list[Any], _as_of: AsOf) -> dict[Key, GroupName]:
    return {key: GroupName(text=key) for key in keys}


_NAMES = {
    Grouping.CITY: _places,
    Grouping.DISTRICT: _places,
    Grouping.USER: _users,
    Grouping.SITE: _sites,
    Grouping.SOURCE: _sources,
    Grouping.METER: _meters,
    Grouping.USE_CLASS: _classes,
    Grouping.WATER: _waters,
    Grouping.ZONE: _zones,
}
