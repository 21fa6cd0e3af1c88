"""Totals agree in every grouping, count each meter once, and never take what is missing for nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metered_city import BELIEVED, WHOLE_MONTH, MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.entrance import counted_in, last_in_month
from shuiheng.adapters.records.models import Account, Meter, MeterFact, UserFact, WaterSource
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter, members_of, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use, months_between, totals
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
PLAIN = [by for by in Grouping if by is not Grouping.ZONE]


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def _whole(found: dict[tuple[Key, date], Use], month: date) -> Use | None:
    return totals(use for (_, each), use in found.items() if each == month)


def test_only_use_at_the_entrance_is_added_up(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0], use_class="industry", industry_code="1713")
    for litres, facts in ((1000, {}), (600, {"level": 2}), (7000, {"role": "inlet", "zone": "甲"})):
        settle(city.meter(mill, **facts), MONTHS[0], litres)
    settle(city.meter(mill, is_active=False), MONTHS[0], 90)
    found = use_by_month(seen, Grouping.DISTRICT, MONTHS[:1])
    assert {key: use.litres for key, use in found.items()} == {(city.districts[0].pk, MONTHS[0]): 1000}
    assert use_by_month(seen, Grouping.DIVISION, MONTHS[:1])["17", MONTHS[0]].litres == 1000
    assert use_by_month(seen, Grouping.WATER, MONTHS[:1])["tap", MONTHS[0]].litres == 1000


def test_a_silent_meter_is_missing_and_not_nothing(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    told, silent = city.meter(mill), city.meter(mill)
    settle(told, MONTHS[0], 0)
    settle(silent, MONTHS[1], None, missing_seconds=WHOLE_MONTH)
    found = use_by_month(seen, Grouping.CITY, MONTHS[:2])
    january, february = (found[city.place.pk, month] for month in MONTHS[:2])
    assert (january.litres, january.meters, january.silent, january.missing_share) == (0, 2, 1, 0.5)
    assert (february.litres, february.silent, february.missing_share) == (None, 2, 1.0)


def test_an_estimate_counts_beside_what_registers_tell(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    settle(city.meter(mill), MONTHS[0], 300, measured_seconds=3, estimated_seconds=1, estimated_litres=100)
    settle(city.meter(mill), MONTHS[0], None, estimated_seconds=4, estimated_litres=400)
    use = use_by_month(seen, Grouping.USER, MONTHS[:1])[mill.pk, MONTHS[0]]
    assert (use.litres, use.silent, use.estimated_share) == (800, 0, 500 / 800)
    assert use.time_shares == (3 / 8, 0.0, 5 / 8, 0.0)


def test_water_that_leaves_a_zone_is_taken_off(city: MeteredCity, seen: Sight) -> None:
    for litres, role in ((900, "inlet"), (250, "outlet")):
        settle(city.meter(None, role=role, zone="甲区"), MONTHS[0], litres)
    settle(city.meter(None, role="inlet", zone=""), MONTHS[0], 5000)
    found = use_by_month(seen, Grouping.ZONE, MONTHS[:1])
    assert {key: use.litres for key, use in found.items()} == {("甲区", MONTHS[0]): 650}
    assert found["甲区", MONTHS[0]].weight_litres == 1150
    signs = members_of(seen, Grouping.ZONE, MONTHS[0], UseFilter())
    assert sorted(sign for _, sign in signs.values()) == [-1, 1]


def test_a_user_that_moves_counts_where_it_lay_at_the_end_of_each_month(
    city: MeteredCity, seen: Sight
) -> None:
    east, west = city.districts
    mill = city.user("青禾印染厂", east, valid_to=date(2026, 2, 10))
    UserFact.objects.create(
        subject=mill, name="青禾印染厂", district=west, valid_from=date(2026, 2, 10), recorded_at=BELIEVED
    )
    meter = city.meter(mill)
    for month in MONTHS[:2]:
        settle(meter, month, 10)
    found = use_by_month(seen, Grouping.DISTRICT, MONTHS[:2])
    assert set(found) == {(east.pk, MONTHS[0]), (west.pk, MONTHS[1])}
    assert set(use_by_month(seen, Grouping.USER, MONTHS[:2], UseFilter(district=east.pk))) == {
        (mill.pk, MONTHS[0])
    }


def test_what_users_take_themselves_is_told_apart(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    river = WaterSource.objects.create(user=mill, number="2", kind="abstraction")
    settle(city.meter(mill), MONTHS[0], 100)
    settle(city.meter(mill, source=river), MONTHS[0], 40)
    use = use_by_month(seen, Grouping.USER, MONTHS[:1])[mill.pk, MONTHS[0]]
    assert (use.litres, use.abstracted_litres) == (140, 40)


def test_no_months_are_no_answer(seen: Sight) -> None:
    assert use_by_month(seen, Grouping.CITY, []) == {}
    assert months_between(date(2026, 3, 9), date(2026, 1, 2)) == []
    assert totals([]) is None


@dataclass(frozen=True)
class _Made:
    """A meter of a random city: beliefs as (day, level, role, active), months as (litres, estimate)."""

    user: int | None
    beliefs: tuple[tuple[int, int, str, bool], ...]
    ended: int | None
    months: tuple[tuple[int | None, int] | None, ...]


DAYS = st.integers(0, 88)
LITRES = st.one_of(st.none(), st.integers(0, 10**12))
MADE = st.builds(
    _Made,
    user=st.one_of(st.none(), st.integers(0, 2)),
    beliefs=st.lists(
        st.tuples(DAYS, st.sampled_from((1, 1, 2)), st.sampled_from(("use", "use", "inlet")), st.booleans()),
        min_size=1,
        max_size=3,
        unique_by=lambda each: each[0],
    ).map(lambda each: tuple(sorted(each))),
    ended=st.one_of(st.none(), DAYS),
    months=st.tuples(*[st.one_of(st.none(), st.tuples(LITRES, st.integers(0, 10**9)))] * 3),
)


def _write(city: MeteredCity, users: list[object], made: _Made) -> Meter:
    """Write a random meter; each belief ends where the next begins, the last where it was taken away."""
    user = users[made.user] if made.user is not None else None
    meter = city.bare_meter(user)  # type: ignore[arg-type]  # one of the users
    begins = [MONTHS[0] + timedelta(days=day) for day, *_ in made.beliefs]
    ends = [*begins[1:], None]
    if made.ended is not None and MONTHS[0] + timedelta(days=made.ended) > begins[-1]:
        ends[-1] = MONTHS[0] + timedelta(days=made.ended)
    for (_, level, role, active), begin, end in zip(made.beliefs, begins, ends, strict=True):
        MeterFact.objects.create(
            subject=meter, level=level, role=role, is_active=active,
            valid_from=begin, valid_to=end, recorded_at=BELIEVED,
        )  # fmt: skip
    for month, row in zip(MONTHS, made.months, strict=True):
        if row is not None:
            estimated = {"estimated_litres": row[1], "estimated_seconds": 60} if row[1] else {}
            settle(meter, month, row[0], **(estimated or {"measured_seconds": 60}))
    return meter


def _expected(made: _Made, place: int) -> tuple[int, int] | None:
    """Return litres and whether it is silent of a meter that counts in a month, told day by day."""
    first = (MONTHS[place] - MONTHS[0]).days
    behind = ((*MONTHS, date(2026, 4, 1))[place + 1] - MONTHS[0]).days
    last = None
    for day in range(first, behind):
        standing = [belief for belief in made.beliefs if belief[0] <= day]
        is_gone = made.ended is not None and standing == list(made.beliefs) and day >= made.ended
        if standing and standing[-1][3] and not (is_gone and made.ended > standing[-1][0]):
            last = standing[-1]
    if last is None or last[1:3] != (1, "use"):
        return None
    row = made.months[place]
    if row is None or (row[0] is None and not row[1]):
        return 0, 1
    return (row[0] or 0) + row[1], 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meters=st.lists(MADE, min_size=1, max_size=6))
def test_every_grouping_has_the_sum_of_its_meters(
    city: MeteredCity, seen: Sight, meters: list[_Made]
) -> None:
    with transaction.atomic():
        classes, codes = ("industry", "services", ""), ("1713", "8411", "")
        places = [*city.districts, None]
        users = [
            city.user(f"青禾{n}", places[n], use_class=classes[n], industry_code=codes[n]) for n in range(3)
        ]
        rows = {_write(city, list(users), made).pk: made for made in meters}
        slow: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for place, month in enumerate(MONTHS):
            counted = {key: _expected(made, place) for key, made in rows.items()}
            slow[month] = [each for each in counted.values() if each is not None]
            facts = MeterFact.objects.filter(superseded_at__isnull=True, is_active=True)
            assert counted_in(facts, month) == {key for key, each in counted.items() if each is not None}
            assert (
                last_in_month(facts, month).count()
                == last_in_month(facts, month).values("subject").distinct().count()
            )
        for by in PLAIN:
            found = dict(use_by_month(seen, by, MONTHS))
            for month in MONTHS:
                whole = _whole(found, month)
                litres = sum(each[0] for each in slow[month])
                silent = sum(each[1] for each in slow[month])
                assert (whole is None) == (not slow[month]), by
                if whole is not None:
                    assert whole.told_litres + whole.estimated_litres == litres, by
                    assert (whole.meters, whole.silent) == (len(slow[month]), silent), by
        transaction.set_rollback(True)
