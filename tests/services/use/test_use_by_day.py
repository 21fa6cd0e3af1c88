"""Days are as read: what is read at midnight belongs to the day before, and unread days are not zero."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest

from metered_city import MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import Account, Meter
from shuiheng.adapters.records.queries_use import Grouping, UseFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.metering.civil_time import end_of
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.readings.reading_store import meter_rules, meter_table, reading_store
from shuiheng.services.scope import sight
from shuiheng.services.use.use_by_day import DayUse, use_by_day
from shuiheng.services.use.use_totals import UseQuestion

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def read_at_midnight(registers: dict[Meter, dict[int, int]]) -> None:
    """Put registers, in litres at the end of days of March, into the store."""
    rows = [
        (meter.pk, end_of(FIRST + timedelta(days=day - 1)), litres)
        for meter, days in registers.items()
        for day, litres in days.items()
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    table = pa.table([*columns, [end_of(LAST)] * len(rows)], schema=SCHEMA)
    with reading_store().writer() as writer:
        writer.put_meters(meter_table(meter_rules(registers)))
        writer.append("batch-1", table)


def _asked(by: Grouping, **wanted: object) -> UseQuestion:
    return UseQuestion(by=by, first=FIRST, last=LAST, wanted=UseFilter(**wanted))  # type: ignore[arg-type]  # fields


def test_meters_of_a_group_are_added_up_day_by_day(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0], industry_code="1713")
    one, other, below = city.meter(mill), city.meter(mill), city.meter(mill, level=2)
    read_at_midnight({one: {1: 0, 2: 70, 4: 100}, other: {1: 0, 2: 5}, below: {1: 0, 2: 999}})
    found = use_by_day(seen, _asked(Grouping.USER))
    assert found[mill.pk, date(2026, 3, 2)] == DayUse(litres=75, told=2, meters=2)
    assert found[mill.pk, date(2026, 3, 4)] == DayUse(litres=30, told=1, meters=2)
    assert (mill.pk, date(2026, 3, 3)) not in found
    assert use_by_day(seen, _asked(Grouping.SECTION))["C", date(2026, 3, 2)].litres == 75


def test_the_first_reading_tells_no_volume(city: MeteredCity, seen: Sight) -> None:
    meter = city.meter(city.user("青禾印染厂", city.districts[0]))
    read_at_midnight({meter: {1: 500}})
    (use,) = use_by_day(seen, _asked(Grouping.CITY)).values()
    assert (use.litres, use.told, use.meters) == (None, 0, 1)


def test_what_leaves_a_zone_is_taken_off(city: MeteredCity, seen: Sight) -> None:
    inlet, outlet = (city.meter(None, role=role, zone="甲区") for role in ("inlet", "outlet"))
    read_at_midnight({inlet: {1: 0, 2: 90}, outlet: {1: 0, 2: 20}})
    assert use_by_day(seen, _asked(Grouping.ZONE))["甲区", date(2026, 3, 2)].litres == 70


def test_meters_that_the_store_does_not_know_are_no_error(city: MeteredCity, seen: Sight) -> None:
    assert use_by_day(seen, _asked(Grouping.CITY)) == {}
    city.meter(city.user("青禾印染厂", city.districts[0]))
    assert use_by_day(seen, _asked(Grouping.CITY)) == {}


def test_too_many_days_are_refused(seen: Sight) -> None:
    asked = UseQuestion(by=Grouping.CITY, first=date(2024, 1, 1), last=date(2026, 1, 1))
    with pytest.raises(ServiceError, match="too_many_days"):
        use_by_day(seen, asked)
