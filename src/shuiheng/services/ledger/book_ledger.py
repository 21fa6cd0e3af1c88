"""The ledger as its workbook is held against it: who and what is known, and what is believed of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shuiheng.adapters.records.models import (
    Account,
    DatedFact,
    Meter,
    Organisation,
    Permit,
    Place,
    Site,
    UserFact,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.records.queries_ledger_book import book_facts
from shuiheng.adapters.workbooks import Template, Value
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_rows import TABLES, normal, row_of, subject_of
from shuiheng.services.permission import Action
from shuiheng.services.scope import city_above, scope, sight

Key = tuple[Value, ...]
_CODE = forms.USERS.column("number")
_NAME = forms.USERS.column("name")


@dataclass(slots=True)
class Ledger:
    """What an account may change of the ledger, by what a workbook calls it.

    Args:
        city: The city.
        subjects: By sheet and key, the row of who or what it is, with or without a belief.
        facts: By sheet and key, the beliefs that stand.
        others: By sheet, the keys that exist in the city and are not the account's.
        codes: Credit code to the number of the user that has it now.
        names: Place and name of each open organisation of the city, with who has it.
        places: Places of the city in which the account enters users, by a name that no two have.
        units: Open organisations of the city by name.
        said: By sheet, the keys that the workbook itself brings.
        of_user: Meters by the key of their user and their number, whoever keeps them.
    """

    city: Place
    subjects: dict[str, dict[Key, Any]] = field(default_factory=lambda: defaultdict(dict))
    facts: dict[str, dict[Key, list[DatedFact]]] = field(default_factory=lambda: defaultdict(dict))
    others: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[int, str], object] = field(default_factory=dict)
    places: dict[Value, Place] = field(default_factory=dict)
    units: dict[Value, list[Organisation]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))
    of_user: dict[tuple[Key, Value], Meter] = field(default_factory=dict)

    def knows(self, template: Template, key: Key) -> bool:
        """Return whether something stands in the ledger or in the workbook."""
        return key in self.said[template.id] or key in self.subjects[template.id]

    def belief(self, template: Template, key: Key, day: date) -> DatedFact | None:
        """Return what is believed of a subject on a day."""
        for fact in self.facts[template.id].get(key, ()):
            if fact.valid_from <= day and (fact.valid_to is None or day < fact.valid_to):
                return fact
        return None

    def meter_above(self, row: Mapping[str, Value]) -> Meter | None:
        """Return the meter that a row names above its own: of the same keeper, or of the same user."""
        found = self.subjects[forms.METERS.id].get(meter_key(row.get("keeper"), row.get("parent")))
        own = (user_key(row.get("user")), normal(_CODE, row.get("parent")))
        return found if isinstance(found, Meter) else self.of_user.get(own)

    def add_meter(self, meter: Meter) -> None:
        """Know a meter by what a workbook calls it."""
        self.subjects[forms.METERS.id][meter_key(meter.keeper.name, meter.number)] = meter
        if meter.user is not None:
            self.of_user[user_key(meter.user.number), normal(_CODE, meter.number)] = meter

    def place(self, name: Value) -> Place | None:
        """Return the place of a name."""
        return self.places.get(normal(_NAME, name))

    def units_named(self, name: Value) -> Sequence[Organisation]:
        """Return the open organisations of a name."""
        return self.units.get(normal(_NAME, name), ())


def user_key(number: Value) -> Key:
    """Return the key of a user by its number."""
    return (normal(_CODE, number),)


def part_key(number: Value, *further: Value) -> Key:
    """Return the key of what belongs to a user: its number and those below it."""
    return tuple(normal(_CODE, each) for each in (number, *further))


def meter_key(keeper: Value, number: Value) -> Key:
    """Return the key of a meter: the name of its keeper and its number."""
    return (normal(_NAME, keeper), normal(_CODE, number))


def read_ledger(account: Account, city: Place, wanted: Mapping[str, Template]) -> Ledger:
    """Return what an account may change of the ledger of a city, for some sheets.

    Args:
        account: Whose rights count.
        city: The city.
        wanted: The sheets whose beliefs are needed, by id; who and what exists is read for all.
    """
    ledger = Ledger(city=city)
    _read_subjects(ledger, account)
    _read_links(ledger, account)
    seen = sight(account, Action.LEDGER_EDIT)
    for name, template in wanted.items():
        for fact in book_facts(seen, TABLES[name], city):
            key = subject_of(template, row_of(template, fact))
            ledger.facts[name].setdefault(key, []).append(fact)
    return ledger


def _read_subjects(ledger: Ledger, account: Account) -> None:
    city, edit = ledger.city, Action.LEDGER_EDIT
    users = ledger.subjects[forms.USERS.id]
    for user in scope(account, edit, WaterUser).filter(city=city).select_related("organisation"):
        users[user_key(user.number)] = user
    for number in WaterUser.objects.filter(city=city).values_list("number", flat=True):
        if user_key(number) not in users:
            ledger.others[forms.USERS.id].add(user_key(number))
    for site in scope(account, edit, Site).filter(user__city=city).select_related("user"):
        ledger.subjects[forms.SITES.id][part_key(site.user.number, site.number)] = site
    for source in scope(account, edit, WaterSource).filter(user__city=city).select_related("user"):
        ledger.subjects[forms.SOURCES.id][part_key(source.user.number, source.number)] = source
    for permit in scope(account, edit, Permit).filter(source__user__city=city).select_related("source__user"):
        key = part_key(permit.source.user.number, permit.source.number, permit.number)
        ledger.subjects[forms.PERMITS.id][key] = permit
    meters = ledger.subjects[forms.METERS.id]
    for meter in scope(account, edit, Meter).filter(city=city).select_related("user", "keeper"):
        ledger.add_meter(meter)
    for keeper, number in Meter.objects.filter(city=city).values_list("keeper__name", "number"):
        if meter_key(keeper, number) not in meters:
            ledger.others[forms.METERS.id].add(meter_key(keeper, number))


def _read_links(ledger: Ledger, account: Account) -> None:
    within = _places_of(ledger.city)
    names = Counter(normal(_NAME, place.name) for place in within)
    for place in scope(account, Action.LEDGER_EDIT, Place).filter(pk__in=[each.pk for each in within]):
        name = normal(_NAME, place.name)
        if names[name] == 1:
            ledger.places[name] = place
    for unit in Organisation.objects.filter(place__in=within, to_on__isnull=True):
        ledger.names[unit.place_id, unit.name] = unit.pk
        ledger.units[normal(_NAME, unit.name)].append(unit)
    current = UserFact.objects.filter(
        subject__city=ledger.city,
        subject__merged_into__isnull=True,
        superseded_at__isnull=True,
        valid_to__isnull=True,
    ).exclude(credit_code="")
    ledger.codes.update(current.values_list("credit_code", "subject__number"))


def _places_of(city: Place) -> list[Place]:
    """Return a city and every place below it."""
    places = Place.objects.filter(to_on__isnull=True).select_related("parent__parent")
    return [place for place in places if city_above(place).pk == city.pk]
