"""Groups are called by what the ledger says of them, and nobody learns a name that is out of sight."""

from __future__ import annotations

from datetime import date

import pytest

from metered_city import BELIEVED, MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, UserFact
from shuiheng.adapters.records.queries_use import Grouping
from shuiheng.adapters.records.queries_use_names import GroupName, names_of, newest_month, zones_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 31)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def test_a_user_has_the_name_of_the_day(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", None, valid_to=date(2026, 2, 1))
    UserFact.objects.create(
        subject=mill, name="青禾印染公司", valid_from=date(2026, 2, 1), recorded_at=BELIEVED
    )
    for day, name in ((DAY, "青禾印染厂"), (date(2026, 2, 1), "青禾印染公司")):
        found = names_of(seen, Grouping.USER, [mill.pk, None], day)
        assert found == {mill.pk: GroupName(text=name, code=mill.number, user=mill.pk)}


def test_parts_of_a_user_are_called_after_it(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    meter, site, source = city.meter(mill), mill.sites.get(), mill.sources.get()
    for by, key, tail in (
        (Grouping.METER, meter.pk, meter.number),
        (Grouping.SITE, site.pk, "1"),
        (Grouping.SOURCE, source.pk, "1"),
    ):
        assert names_of(seen, by, [key], DAY)[key].text == f"青禾印染厂 · {tail}"
    assert names_of(seen, Grouping.METER, [meter.pk], DAY)[meter.pk].meter == meter.pk


def test_codes_are_named_by_a_table_of_words(city: MeteredCity, seen: Sight) -> None:
    assert names_of(seen, Grouping.USE_CLASS, ["industry"], DAY)["industry"].words == "use_class"
    assert names_of(seen, Grouping.WATER, ["tap"], DAY)["tap"].words == "water_kind"
    assert names_of(seen, Grouping.ZONE, ["甲区"], DAY)["甲区"].text == "甲区"
    assert names_of(seen, Grouping.SECTION, ["C"], DAY) == {}


def test_who_may_see_nothing_learns_no_name(city: MeteredCity, reader: Account) -> None:
    mill, blind = city.user("青禾印染厂", city.districts[0]), sight(reader, Action.READINGS_LOOK)
    settle(city.meter(mill), date(2026, 1, 1), 5)
    city.meter(None, role="inlet", zone="甲区")
    assert names_of(blind, Grouping.USER, [mill.pk], DAY) == {}
    assert names_of(blind, Grouping.DISTRICT, [city.districts[0].pk], DAY) == {}
    assert newest_month(blind, DAY) is None and zones_of(blind) == []


def test_the_newest_month_and_the_zones_are_found(city: MeteredCity, seen: Sight) -> None:
    meter = city.meter(None, role="inlet", zone="甲区")
    city.meter(None, role="outlet", zone="甲区")
    for month in (1, 2):
        settle(meter, date(2026, month, 1), 5)
    assert newest_month(seen, date(2026, 3, 1)) == date(2026, 2, 1) and zones_of(seen) == ["甲区"]


def test_the_running_month_is_the_newest_only_where_no_other_is_settled(
    city: MeteredCity, seen: Sight
) -> None:
    meter = city.meter(None, role="inlet", zone="甲区")
    settle(meter, date(2026, 2, 1), 5)
    assert newest_month(seen, date(2026, 2, 28)) == date(2026, 2, 1)
    settle(meter, date(2026, 1, 1), 5)
    assert newest_month(seen, date(2026, 2, 28)) == date(2026, 1, 1)
    assert newest_month(seen, date(2026, 3, 1)) == date(2026, 2, 1)
