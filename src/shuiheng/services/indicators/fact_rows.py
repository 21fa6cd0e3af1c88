"""What stands behind a fact that was computed (基础数据溯源): months, districts, and users in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import Place, PlaceKind
from shuiheng.adapters.records.queries_fact_rows import Taken, users_taken
from shuiheng.adapters.records.queries_fact_use import use_in_groups
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.computed_facts import UseRule, computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactFigure, FactKey, FactKind
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.fact_book import fact_books
from shuiheng.services.indicators.settled_facts import months_of
from shuiheng.services.indicators.user_sets import user_set
from shuiheng.services.inspections.city_sight import CitySight
from shuiheng.services.scope import city_above

FIRST_YEAR, LAST_YEAR = 1949, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """The water of a month that a fact takes in, in litres: what registers told and what was estimated."""

    month: date
    use: Use
    litres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """The water of a user in a month that a fact takes in; None is the water of meters without a user."""

    user: int | None
    use: Use
    litres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRows:
    """What stands behind a fact (基础数据溯源).

    Args:
        kind: The fact.
        year: The year.
        figure: Its value of the place; None while it is not known.
        how: How it is computed, in `zh` and `en`; nothing for what is entered.
        districts: Its value in each district, where the place is a city.
        months: Its water by month, where it adds up water.
        month: The month whose users are told; None where there is none.
        users: The water of this month by user in sight, the largest first.
        is_water: Whether it adds up water.
    """

    kind: FactKind
    year: int
    figure: FactFigure | None
    how: Mapping[str, str]
    districts: Sequence[tuple[Place, FactFigure | None]]
    months: Sequence[MonthRow]
    month: date | None
    users: Sequence[UserRow]
    is_water: bool

    @property
    def litres(self) -> int:
        """Return the litres of all months."""
        return sum(row.litres for row in self.months)

    @property
    def hidden_litres(self) -> int:
        """Return the litres of the month whose users are not in sight."""
        whole = sum(row.litres for row in self.months if row.month == self.month)
        return max(whole - sum(row.litres for row in self.users), 0)


def fact_rows(users: Sight, place: Place, fact: str, year: int, *, month: int | None = None) -> FactRows:
    """Return what stands behind a fact of a place and year (基础数据溯源).

    Totals are those of the place; single users are told only as far as the reader sees them.

    Args:
        users: Which users the reader may see.
        place: The city or district.
        fact: Id of the fact.
        year: The year.
        month: The month whose users are told, 1 to 12; the last that is known unless given.

    Raises:
        NotThereError: There is no such fact, or the year is none.
    """
    kind = indicator_book().facts.get(fact)
    if kind is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotThereError(f"fact:{fact}:{year}")
    city = city_above(place)
    districts = _districts(place)
    books = fact_books(city, [place, *districts], [year], facts=[fact])
    key, rule = FactKey(fact, year), computed_facts().uses.get(fact)
    explained = computed_facts().explained.get(fact)
    months = _months(city, place, rule, year) if rule else []
    shown = next((row.month for row in months if row.month.month == month), None)
    shown = shown or (months[-1].month if months else None)
    return FactRows(
        kind=kind,
        year=year,
        figure=books[place.pk].figures.get(key),
        how=explained.how if explained else {},
        districts=[(each, books[each.pk].figures.get(key)) for each in districts],
        months=months,
        month=shown,
        users=_users(users, place, rule, shown) if rule and shown else [],
        is_water=rule is not None,
    )


def value_of_litres(rows: FactRows, litres: int) -> Decimal:
    """Return litres in the unit of the fact."""
    return rows.kind.unit.from_base(Decimal(litres) / 1000)


def _districts(place: Place) -> list[Place]:
    if place.kind != PlaceKind.CITY:
        return []
    return list(Place.objects.filter(parent=place, kind=PlaceKind.DISTRICT).order_by("order", "pk"))


def _over(year: int) -> list[date]:
    """Return the months of a year that are over."""
    today = timezone.localdate().replace(day=1)
    return [month for month in months_of(year) if month < today]


def _months(city: Place, place: Place, rule: UseRule, year: int) -> list[MonthRow]:
    held = user_set(city, rule.who, year, date(year, 12, 31)) if rule.who else None
    if rule.who and held is None:
        return []
    groups = use_in_groups(
        CitySight(city),
        city.pk,
        _over(year),
        divisions=computed_facts().divisions,
        users=None if held is None else held.users,
    )
    found: dict[date, Use] = {}
    for group, use in groups.items():
        is_here = place == city or group.district == place.pk
        if is_here and rule.counts(group.use_class, group.source_kind, group.division):
            known = found.get(group.month)
            found[group.month] = use if known is None else known.joined(use)
    return [MonthRow(month=month, use=use, litres=_litres(rule, use)) for month, use in sorted(found.items())]


def water_taken(place: Place, rule: UseRule, year: int) -> Taken | None:
    """Return which water of a place a fact takes in in a year; None where no such user is known."""
    city = city_above(place)
    held = user_set(city, rule.who, year, date(year, 12, 31)) if rule.who else None
    if rule.who and held is None:
        return None
    return Taken(
        city=city.pk,
        district=None if place == city else place.pk,
        classes=rule.classes,
        source=rule.source,
        not_divisions=rule.not_divisions,
        users=None if held is None else held.users,
    )


def _users(seen: Sight, place: Place, rule: UseRule, month: date) -> list[UserRow]:
    taken = water_taken(place, rule, month.year)
    if taken is None:
        return []
    uses = users_taken(seen, taken, [month])
    rows = [UserRow(user=user, use=use, litres=_litres(rule, use)) for user, use in uses.items()]
    return sorted(rows, key=lambda row: (-row.litres, row.user or 0))


def _litres(rule: UseRule, use: Use) -> int:
    return use.told_litres if rule.is_told else use.told_litres + use.estimated_litres
