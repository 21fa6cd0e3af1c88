"""Kept totals are those that adding up gives, whatever happened before they were asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metered_city import BELIEVED, MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records import kept_use, queries_use
from shuiheng.adapters.records.kept_use import fresh_months, renew_month, stale_months
from shuiheng.adapters.records.models import (
    Account,
    CityUse,
    Meter,
    MeterFact,
    Organisation,
    Role,
    SettledMonth,
    SourceFact,
    UseMark,
    UserFact,
    UserUse,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, has_use, use_by_month, use_of_groups
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.adapters.records.use_figures import totals
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
LATER = datetime(2026, 4, 1, tzinfo=UTC)
KEPT = [
    Grouping.CITY,
    Grouping.DISTRICT,
    Grouping.USE_CLASS,
    Grouping.SECTION,
    Grouping.DIVISION,
    Grouping.WATER,
    Grouping.USER,
]


@pytest.fixture(autouse=True)
def _few_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_use, "KEPT_MONTHS", len(MONTHS))


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def _renew() -> list[date]:
    stale = stale_months()
    for month in stale:
        renew_month(month)
    return stale


def _kept(ask: Callable[[], object]) -> object:
    """Return an answer that must not add anything up."""
    with patch.object(queries_use, "_of_month", side_effect=AssertionError("added up")):
        return ask()


def test_nothing_is_fresh_until_it_is_renewed_and_nothing_after_a_change(city: MeteredCity) -> None:
    meter = city.meter(city.user("青禾印染厂", city.districts[0]))
    settle(meter, MONTHS[1], 7)
    assert fresh_months(MONTHS) == frozenset()
    assert _renew()[0] == MONTHS[1]
    assert fresh_months(MONTHS) == {MONTHS[0], MONTHS[1]}
    settle(meter, MONTHS[0], 9)
    assert fresh_months(MONTHS) == {MONTHS[1]}
    assert _renew() == [MONTHS[0]]
    assert UseMark.objects.count() == 0 and stale_months() == []


def test_a_mark_that_comes_while_a_month_is_renewed_stays(city: MeteredCity) -> None:
    meter = city.meter(city.user("青禾印染厂", city.districts[0]))
    settle(meter, MONTHS[0], 7)
    stale = stale_months()
    SettledMonth.objects.update(by_time_litres=8)
    for month in stale:
        renew_month(month)
    assert fresh_months(MONTHS) == frozenset() and UseMark.objects.count() == 1
    assert _renew() == MONTHS[:1] and fresh_months(MONTHS) == {MONTHS[0]}


def test_a_month_of_which_all_is_gone_keeps_nothing(city: MeteredCity, seen: Sight) -> None:
    meter = city.meter(None)
    settle(meter, MONTHS[0], 7)
    _renew()
    assert CityUse.objects.filter(month=MONTHS[0]).count() == 1
    MeterFact.objects.update(superseded_at=LATER)
    _renew()
    assert not CityUse.objects.exists() and not UserUse.objects.exists()
    assert use_by_month(seen, Grouping.CITY, MONTHS) == {}


def test_readers_of_single_meters_are_not_given_kept_totals(city: MeteredCity) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    settle(city.meter(mill), MONTHS[0], 7)
    _renew()
    works = Organisation.objects.create(slug="works", name="青禾水司", kind="supplier", place=city.place)
    ensure_user("works", display_name="水司", roles=((works, Role.SUPPLIER),))
    supplier = sight(Account.objects.get(username="works"), Action.READINGS_LOOK)
    assert supplier.grain is Grain.METER
    assert use_by_month(supplier, Grouping.CITY, MONTHS[:1]) == {}
    kept = Meter.objects.create(city=city.place, keeper=works, user=mill, number="K1")
    MeterFact.objects.create(subject=kept, valid_from=MONTHS[0], recorded_at=BELIEVED)
    settle(kept, MONTHS[0], 5)
    _renew()
    found = use_by_month(supplier, Grouping.CITY, MONTHS[:1])
    assert [use.litres for use in found.values()] == [5]


def test_a_district_is_given_the_kept_totals_of_its_users(city: MeteredCity, seen: Sight) -> None:
    for place, district in enumerate(city.districts):
        settle(city.meter(city.user(f"青禾{place}", district)), MONTHS[0], 10 + place)
    settle(city.meter(None), MONTHS[0], 400)
    _renew()
    unit = Organisation.objects.create(
        slug="east", name="东港区水务局", kind="district", place=city.districts[0]
    )
    ensure_user("east", display_name="区", roles=((unit, Role.DISTRICT_CLERK),))
    east = sight(Account.objects.get(username="east"), Action.READINGS_LOOK)
    assert (east.grain, seen.grain) == (Grain.USER, Grain.CITY)
    for by in KEPT:
        found = _kept(lambda by=by: use_by_month(east, by, MONTHS[:1]))  # type: ignore[misc]  # bound at once
        assert [use.litres for use in found.values()] == [10]  # type: ignore[attr-defined]  # a mapping


def _ledger(city: MeteredCity) -> tuple[list[WaterUser], list[Meter]]:
    classes, codes = ("industry", "services", ""), ("1713", "8411", "")
    places = [*city.districts, None]
    users = [city.user(f"青禾{n}", places[n], use_class=classes[n], industry_code=codes[n]) for n in range(3)]
    WaterSource.objects.create(user=users[0], number="2", kind="abstraction")
    meters = [city.meter(user) for user in (*users, users[0], None)]
    MeterFact.objects.create(
        subject=city.bare_meter(users[1]), level=2, valid_from=MONTHS[0], recorded_at=BELIEVED
    )
    return users, meters


def _move(subject: WaterUser | Meter | WaterSource, on: date, **changed: object) -> None:
    """Believe something else of a subject from a day on."""
    table = {WaterUser: UserFact, Meter: MeterFact, WaterSource: SourceFact}[type(subject)]
    old = table.objects.filter(subject=subject, superseded_at=None).order_by("-valid_from").first()
    if old is None or old.valid_from >= on:
        return
    table.objects.filter(pk=old.pk).update(superseded_at=LATER)
    before, after = _another(old, valid_to=on), _another(old, valid_from=on, **changed)
    before.save()
    after.save()


def _another(row: UserFact | MeterFact | SourceFact, **changed: object) -> UserFact | MeterFact | SourceFact:
    """Return a new belief like another."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**({name: getattr(row, name) for name in names} | changed))


PLACE, MONTH = st.integers(0, 4), st.sampled_from(MONTHS)
DAY = st.dates(MONTHS[0], date(2026, 3, 31))
CHANGE = st.one_of(
    st.tuples(st.just("settle"), PLACE, MONTH, st.one_of(st.none(), st.integers(0, 10**12)), st.booleans()),
    st.tuples(st.just("unsettle"), PLACE, MONTH),
    st.tuples(st.just("move"), st.integers(0, 2), DAY, st.integers(0, 2)),
    st.tuples(st.just("level"), PLACE, DAY, st.sampled_from([1, 2])),
    st.tuples(st.just("water"), st.integers(0, 2), DAY, st.sampled_from(["tap", "reclaimed"])),
    st.tuples(st.just("own"), PLACE, st.integers(0, 2)),
    st.tuples(st.just("kind"), st.integers(0, 2)),
    st.tuples(st.just("renew")),
)


def _do(city: MeteredCity, users: list[WaterUser], meters: list[Meter], change: tuple[object, ...]) -> None:
    name, *what = change
    if name == "settle":
        place, month, litres, is_guessed = what
        SettledMonth.objects.filter(meter=meters[place], month=month).delete()
        settle(meters[place], month, litres, measured_seconds=60, estimated_seconds=9 * is_guessed)
    elif name == "unsettle":
        SettledMonth.objects.filter(meter=meters[what[0]], month=what[1]).delete()
    elif name == "move":
        _move(users[what[0]], what[1], district_id=[*(place.pk for place in city.districts), None][what[2]])
    elif name == "level":
        _move(meters[what[0]], what[1], level=what[2])
    elif name == "water":
        _move(users[what[0]].sources.get(number="1"), what[1], water_kind=what[2])
    elif name == "own":
        Meter.objects.filter(pk=meters[what[0]].pk).update(user=users[what[1]])
    elif name == "kind":
        WaterSource.objects.filter(user=users[what[0]], number="1").update(kind="abstraction")
    else:
        _renew()


FILTERS = st.sampled_from(["nothing", "district", "class", "user", "users"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(CHANGE, max_size=10),
    is_renewed=st.booleans(),
    asked=st.tuples(st.sampled_from(KEPT), FILTERS),
)
def test_kept_totals_are_those_that_adding_up_gives(
    city: MeteredCity,
    seen: Sight,
    changes: list[tuple[object, ...]],
    is_renewed: bool,
    asked: tuple[Grouping, str],
) -> None:
    by, filtered = asked
    with transaction.atomic():
        users, meters = _ledger(city)
        settle(meters[0], MONTHS[2], 5)
        for change in changes:
            _do(city, users, meters, change)
        if is_renewed:
            _renew()
        wanted = {
            "district": UseFilter(city=city.place.pk, district=city.districts[0].pk),
            "class": UseFilter(use_class="industry"),
            "user": UseFilter(user=users[0].pk),
            "users": UseFilter(users=(users[1].pk, None)),
        }.get(filtered, UseFilter())
        with patch.object(queries_use, "fresh_months", lambda months: frozenset()):
            added_up = use_by_month(seen, by, MONTHS, wanted)
        assert use_by_month(seen, by, MONTHS, wanted) == added_up
        whole = use_of_groups(seen, by, MONTHS, wanted)
        assert whole == {
            key: totals(use for (each, _), use in added_up.items() if each == key) for key, _ in added_up
        }
        assert has_use(seen, by, MONTHS, wanted) == set(whole)
        transaction.set_rollback(True)
