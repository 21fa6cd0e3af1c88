"""A water user with meters to read by hand, one that reports by itself, and a person who files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.records.models import Account, Meter, Role, WaterUser
from shuiheng.metering.civil_time import months_before
from shuiheng.services.found_city import join
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.readings.check_filing import FiledMeter
from shuiheng.services.readings.filing_months import FilingMonth, open_months
from shuiheng.services.readings.take_readings import receive_readings, take_in

Callbacks = DjangoCaptureOnCommitCallbacks
SINCE = date(2024, 1, 1)
PHOTO = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00IEND\xaeB`\x82"


@dataclass
class Filer:
    """The water user, its meter read by hand, the one that reports, and who files."""

    user: WaterUser
    meter: Meter
    telemetered: Meter
    account: Account

    @property
    def month(self) -> FilingMonth:
        """The newest month that can be filed."""
        return open_months(timezone.localdate())[0]

    @property
    def day(self) -> date:
        """The last day of that month, or today when it is not over."""
        return min(self.month.last_day, timezone.localdate())

    def typed(self, register: str, *, meter: Meter | None = None, **more: object) -> FiledMeter:
        """Return what is typed for a meter."""
        key = (meter or self.meter).pk
        return FiledMeter(meter=key, register=register, day=self.day, **more)  # type: ignore[arg-type]


def make_filer(officer: Account, name: str = "青禾印染厂") -> Filer:
    """Return a water user with a register of six whole m³, kept by the office of the tests."""
    office = the_office()
    fields = WaterUserFields(name=name, district=office.place.pk, no_code_reason="筹建")
    user = add_water_user(officer, fields, valid_from=SINCE)
    account = Account.objects.create(username=f"filer{user.pk}", display_name="周芳")
    join(account, user.organisation, Role.ENTERPRISE_FILER)

    def meter(number: str, fields: MeterFields) -> Meter:
        new = NewMeter(number=f"{number}{user.pk}", keeper=office.pk, user=user.pk)
        return add_meter(officer, new, fields, valid_from=SINCE)

    return Filer(
        user=user,
        meter=meter("H-", MeterFields(register_digits=6, step_litres=1000)),
        telemetered=meter("T-", MeterFields(grid_minutes=1440, telemetry_id=f"t{user.pk}")),
        account=account,
    )


def last_day_of(month: date, back: int) -> date:
    """Return the last day of the month so many months before another."""
    return date.fromordinal(months_before(month, back - 1).toordinal() - 1)


def with_history(officer: Account, filer: Filer, callbacks: Callbacks, *, a_month: int = 1000) -> None:
    """Take in fourteen readings of the meter read by hand, at the ends of the months before the open one."""
    ends = [(back, _following(last_day_of(filer.month.month, back))) for back in range(14, 0, -1)]
    rows = [f"{filer.meter.number},{end} 00:00,{20_000 - a_month * back}" for back, end in ends]
    take(officer, callbacks, rows)


def take(officer: Account, callbacks: Callbacks, rows: list[str]) -> None:
    """Take rows of an interval file in."""
    content = "\n".join(["表号,读数时间,读数(m3)", *rows, ""]).encode()
    with callbacks(execute=True):
        batch = receive_readings(officer, content=content, name="抄表.csv", keeper=the_office().pk)
    with callbacks(execute=True):
        take_in(officer, batch.pk)


def _following(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
