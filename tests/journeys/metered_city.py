"""Puts meters of the fictitious city into an installation: one stuck, one turned back, one bypassed.

Run as a program in the environment of the installation; prints what was planted, one line each.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

MONTHS = 8
OLDEST_DAYS, NEWEST_DAYS = 118, 25  # of a fault: behind the begin of the data, before today
GRIDS = {0: 60, 1: 1440}  # by cadence
PLANTED = ("stuck", "turned_back", "bypass")


def main() -> None:
    """Invent, keep, take in and check."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.JOBS_INLINE = True
    from shuiheng.services import works  # noqa: F401  makes the kinds of work known

    city = _city(datetime.now(tz=UTC).date())
    planted = _planted(city)
    meters = _kept(city, planted)
    _taken_in(city, meters)
    _checked(meters)
    for kind, row in planted.items():
        print(kind, meters[row].pk, meters[row].number)


def _city(today: date) -> Any:
    """Return the city whose last month is the present one."""
    from demo.metering_city import invented_city

    from shuiheng.kernel.workday import WorkdayCalendar

    months = today.year * 12 + today.month - MONTHS
    first_on = date(months // 12, months % 12 + 1, 1)
    calendar = WorkdayCalendar(first=first_on, last=today + timedelta(days=31))
    return invented_city(calendar=calendar, first_on=first_on, month_count=MONTHS)


def _planted(city: Any) -> dict[str, int]:
    """Return a meter of each kind, read hourly, whose fault lies in the days that the checks look back at."""
    from demo.city_ledger import Cadence

    until = (datetime.now(tz=UTC).date() - city.first_on).days - NEWEST_DAYS
    found: dict[str, int] = {}
    for kind in PLANTED:
        fits = [
            each
            for each in city.faults
            if each.kind == kind
            and city.meters.cadence[each.meter] == Cadence.HOURLY
            and (kind == "bypass" or OLDEST_DAYS <= each.from_hour // 24 <= until)
        ]
        found[kind] = max(fits, key=lambda each: city.meters.mean_l_h[each.meter]).meter
    return found


def _kept(city: Any, planted: dict[str, int]) -> dict[int, Any]:
    """Put the meters with those below them into the ledger; return them by their row of the city."""
    from shuiheng.adapters.records.models import Account, Organisation
    from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
    from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

    officer = Account.objects.get(username="officer")
    office = Organisation.objects.filter(memberships__account=officer).get()
    kept: dict[int, Any] = {}
    for row in planted.values():
        tree = [row, *(int(each) for each in (city.meters.parent == row).nonzero()[0])]
        user = city.users[city.meters.user[row]]
        fields = WaterUserFields(
            name=user.name, district=office.place_id, credit_code=user.credit_code, use_class="industry"
        )
        owner = add_water_user(officer, fields, valid_from=city.first_on)
        for each in tree:
            above = kept[row].pk if each != row else None
            described = MeterFields(
                level=2 if above else 1,
                parent=above,
                nominal_mm=int(city.meters.nominal_mm[each]),
                q3_m3_h=Decimal(int(city.meters.permanent_flow_l_h[each])) / 1000,
                register_digits=int(city.meters.digits[each]),
                step_litres=int(city.meters.step_litres[each]),
                grid_minutes=GRIDS.get(int(city.meters.cadence[each])),
            )
            new = NewMeter(number=city.meters.number[each], keeper=office.pk, user=owner.pk)
            kept[each] = add_meter(officer, new, described, valid_from=city.first_on)
    return kept


def _taken_in(city: Any, meters: dict[int, Any]) -> None:
    """Send what the meters reported up to now as one file, as it holds at the end."""
    from demo.metering_city import readings_of

    from shuiheng.adapters.records.models import Account
    from shuiheng.metering.civil_time import local_words
    from shuiheng.services.readings.take_readings import receive_readings, take_in

    now = datetime.now(tz=UTC).timestamp()
    held: dict[tuple[int, int], int] = {}
    for month in readings_of(city):
        table = month.readings
        columns = [
            table["meter"].to_pylist(),
            table["read_at"].cast("int64").to_pylist(),
            table["register_litres"].to_pylist(),
        ]
        for meter, at, litres in zip(*columns, strict=True):
            if meter in meters and at <= now:
                held[meter, at] = litres
    content = StringIO("表号,读数时间,读数(m3)\n")
    content.seek(0, os.SEEK_END)
    for (meter, at), litres in sorted(held.items()):
        content.write(f"{meters[meter].number},{local_words(at)},{litres / 1000:.3f}\n")
    officer = Account.objects.get(username="officer")
    keeper = next(iter(meters.values())).keeper_id
    batch = receive_readings(
        officer, content=content.getvalue().encode(), name="示例市远传读数（合成）.csv", keeper=keeper
    )
    take_in(officer, batch.pk)


def _checked(meters: dict[int, Any]) -> None:
    """Run the checks, as the worker would within a minute."""
    from shuiheng.services.readings.check_meters import check_meters

    check_meters(list(meters.values()))


if __name__ == "__main__":
    main()
