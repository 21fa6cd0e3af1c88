"""Water users of the made-up city with a settled year, for tests of lists."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    Meter,
    Organisation,
    Permit,
    PermitFact,
    SettledMonth,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_source import SourceFields, add_source
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

FIRST = date(2023, 1, 1)
DAY_SECONDS, LITRES_OF_M3 = 86_400, 1000


def add_user(officer: Account, name: str, use_class: str = "industry", **fields: Any) -> WaterUser:
    """Return a new user of the city."""
    what = WaterUserFields(
        name=name,
        district=the_office().place.pk,
        no_code_reason="筹建",
        use_class=use_class,
        **fields,
    )
    return add_water_user(officer, what, valid_from=FIRST)


def add_kind(officer: Account, user: WaterUser, kind: SourceKind, water: str = "") -> WaterSource:
    """Return a new source of a user."""
    supplier, _ = Organisation.objects.get_or_create(
        name="青禾自来水公司", kind="water_company", place=the_office().place
    )
    what = SourceFields(
        water_kind=water or ("surface" if kind == SourceKind.ABSTRACTION else "tap"),
        supplier=supplier.pk if kind == SourceKind.SUPPLY else None,
    )
    return add_source(officer, user.pk, kind, what, valid_from=FIRST)


def add_permit(source: WaterSource, volume: str | None) -> None:
    """Give a source a permit for so many m³ a year, or one that states no volume."""
    permit = Permit.objects.create(source=source, number=f"P{Permit.objects.count()}")
    PermitFact.objects.create(
        subject=permit,
        volume_m3=None if volume is None else Decimal(volume),
        valid_from=date(2024, 1, 1),
        recorded_at="2024-01-01T00:00:00Z",
    )


def add_entrance(
    officer: Account,
    user: WaterUser,
    source: WaterSource | None,
    *,
    level: int = 1,
    q3: str | None = None,
    valid_from: date = FIRST,
) -> Meter:
    """Return a new meter of a user."""
    number = f"M{Meter.objects.count():04d}"
    fields = MeterFields(
        source=source.pk if source else None, level=level, q3_m3_h=Decimal(q3) if q3 else None
    )
    new = NewMeter(number=number, keeper=the_office().pk, user=user.pk)
    return add_meter(officer, new, fields, valid_from=valid_from)


def settle(meter: Meter, year: int, months: Mapping[int, int | None], *, missing_days: int = 0) -> None:
    """Settle months of a year in m³; a month with None is missing, and of each month so many days."""
    for month, volume in months.items():
        days = monthrange(year, month)[1]
        missing = days if volume is None else missing_days
        SettledMonth.objects.create(
            meter=meter,
            month=date(year, month, 1),
            by_time_litres=None if volume is None else volume * LITRES_OF_M3,
            measured_seconds=(days - missing) * DAY_SECONDS,
            missing_seconds=missing * DAY_SECONDS,
        )


def add_used(
    officer: Account,
    name: str,
    monthly_m3: int | None,
    *,
    kind: SourceKind = SourceKind.SUPPLY,
    use_class: str = "industry",
    years: tuple[int, ...] = (2024, 2025),
    silent: tuple[int, ...] = (),
    q3: str | None = None,
) -> WaterUser:
    """Return a user with one metered source that took so much in each month but the silent ones."""
    user = add_user(officer, name, use_class)
    meter = add_entrance(officer, user, add_kind(officer, user, kind), q3=q3)
    for year in years:
        settle(meter, year, {month: None if month in silent else monthly_m3 for month in range(1, 13)})
    return user
