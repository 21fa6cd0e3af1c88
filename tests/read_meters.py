"""Meters of the office with readings in a store of their own, for tests of settling and checking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from office import the_office
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import Account, Meter, SettledMonth, WaterUser
from shuiheng.metering.civil_time import DAY, HOUR, day_of, start_of
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.readings.reading_store import event_table, meter_rules, meter_table, reading_store
from shuiheng.services.readings.settle import settle

SINCE, FIRST = date(2025, 1, 1), date(2026, 1, 1)
BEGIN = start_of(FIRST)
Told = list[tuple[int, int]]


def user_fields(use_class: str = "") -> WaterUserFields:
    """Return what is said of a user of the office's city."""
    return WaterUserFields(
        name="甲单位", district=the_office().place.pk, no_code_reason="试", use_class=use_class
    )


def make_user(officer: Account, use_class: str = "") -> WaterUser:
    """Make a water user."""
    return add_water_user(officer, user_fields(use_class), valid_from=SINCE)


def make_meter(officer: Account, user: WaterUser | None = None, **fields: object) -> Meter:
    """Make a meter that the office keeps; it is read daily unless told."""
    new = NewMeter(number=new_slug("m"), keeper=the_office().pk, user=None if user is None else user.pk)
    given = {"register_digits": 8, "grid_minutes": 1440} | fields
    return add_meter(officer, new, MeterFields(**given), valid_from=SINCE)  # type: ignore[arg-type]


def take(meter: Meter, told: Iterable[tuple[int, int | None]], *, recorded_at: int | None = None) -> None:
    """Take readings of a meter in and settle them; each was recorded a minute later unless told."""
    rows = list(told)
    at = [instant for instant, _ in rows]
    recorded = [recorded_at or instant + 60 for instant in at]
    columns = [[meter.pk] * len(rows), at, [litres for _, litres in rows], recorded]
    with reading_store().writer() as writer:
        writer.put_meters(meter_table(meter_rules([meter])))
        writer.put_events(event_table())
        writer.append(new_slug("b"), pa.table(columns, schema=SCHEMA))
    settle([meter], day_of(min(at)), day_of(max(at)))


def daily(days: int, *, stands: range = range(0), litres: int = 1000) -> Told:
    """Return registers at the midnights of days; in some days nothing passes."""
    told, register = [], 5_000_000
    for day in range(days):
        told.append((BEGIN + day * DAY, register))
        register += 0 if day in stands else litres
    return told


def hourly(days: int, litres_of_hour: list[int]) -> Told:
    """Return registers at full hours, by the litres of each hour of the day."""
    told, register = [], 5_000_000
    for hour in range(days * 24):
        told.append((BEGIN + hour * HOUR, register))
        register += litres_of_hour[hour % 24]
    return told


def told_litres(meter: Meter) -> list[int | None]:
    """Return what registers tell of each month of a meter, in order of time."""
    rows = SettledMonth.objects.filter(meter=meter, generation__gt=0).order_by("month")
    return list(rows.values_list("by_time_litres", flat=True))
