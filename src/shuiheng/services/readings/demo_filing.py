"""Somebody at a made-up enterprise of the demo city who files, with years of readings behind its meters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    LedgerBatch,
    Meter,
    MeterFiling,
    Organisation,
    Place,
    Role,
    WaterUser,
)
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.metering.checks.record import LITRES_OF_M3
from shuiheng.metering.civil_time import month_after, months_before, start_of
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.readings.batch_kinds import BatchKind, BatchRow, know_kind
from shuiheng.services.readings.check_filing import FiledMeter
from shuiheng.services.readings.file_month import file_month
from shuiheng.services.readings.filing_months import FilingMonth, open_months
from shuiheng.services.readings.take_readings import Brought, keep_batch

DEMO_READINGS, USERNAME, FILER = "demo_readings", "enterprise", "周芳"
FILING_USER = "示例印染有限公司"
MONTHS, FIRST_MONTH = 35, date(2023, 12, 1)
MONTHLY_M3 = {
    "YR-01": 41_000,
    "YR-02": 22_000,
    "YR-03": 15_000,
    "SP-01": 9_200,
    "SP-02": 3_900,
    "YY-01": 12_400,
    "GQ-01": 640_000,
}
SEASONS = (88, 74, 95, 98, 102, 108, 112, 114, 104, 100, 101, 104)
"""Percent of the mean month, from January; February has the spring festival."""


def settle_demo_filing(city: Place) -> dict[str, str]:
    """Make the filer of a made-up enterprise and the readings behind its meters; return name and password.

    All open months but the newest are filed. Doing it again gives a new password and nothing else; without
    the made-up users of the demo there is nothing to do.
    """
    user = WaterUser.objects.filter(city=city, organisation__name=FILING_USER).first()
    if user is None:
        return {}
    roles = ((user.organisation, Role.ENTERPRISE_FILER),)
    account, password = ensure_user(USERNAME, display_name=FILER, roles=roles)
    months = sorted(open_months(timezone.localdate()), key=lambda each: each.month)
    for keeper in Organisation.objects.filter(kept_meters__number__in=MONTHLY_M3, place=city).distinct():
        _bring_history(keeper, months[0].month)
    for month in months[:-1]:
        _file(account, user, month)
    return {USERNAME: password}


def demo_register_m3(number: str, month: date) -> int:
    """Return what a made-up meter shows at the end of a month, always the same."""
    first = date(2024, 1, 1)
    whole = (month.year - first.year) * 12 + month.month
    percent = sum(SEASONS) * (whole // 12) + sum(SEASONS[: whole % 12])
    return MONTHLY_M3[number] * percent // 100


def _bring_history(keeper: Organisation, before: date) -> None:
    """Bring the readings at the ends of the months before the first open one; a month brings its own once."""
    months = [months_before(before, back) for back in range(MONTHS, 0, -1)]
    months = [month for month in months if month >= FIRST_MONTH]
    numbers = Meter.objects.filter(keeper=keeper, number__in=MONTHLY_M3).values_list("number", flat=True)
    rows = [
        {"meter": number, "read_at": start_of(month_after(month)), "m3": demo_register_m3(number, month)}
        for number in sorted(numbers)
        for month in months
    ]
    with transaction.atomic():
        unit = Organisation.objects.select_for_update().get(pk=keeper.pk)
        content = json.dumps(rows, indent=1).encode()
        keep_batch(None, unit, Brought(content=content, name="演示用虚构读数", kind=DEMO_READINGS))


def _file(account: Account, user: WaterUser, open_month: FilingMonth) -> None:
    """File the registers of a month as the enterprise would, unless it has."""
    month = open_month.month
    meters = Meter.objects.filter(user=user, number__in=MONTHLY_M3)
    if MeterFiling.objects.filter(meter__in=meters, month=month).exists():
        return
    filed = [
        FiledMeter(
            meter=meter.pk, register=str(demo_register_m3(meter.number, month)), day=open_month.last_day
        )
        for meter in meters
    ]
    file_month(account, month, filed)


def _rows(_batch: LedgerBatch, content: bytes) -> Iterable[BatchRow]:
    for row in json.loads(content):
        litres = row["m3"] * LITRES_OF_M3
        yield ReceivedReading(meter_number=row["meter"], read_at=row["read_at"], register_litres=litres)


know_kind(BatchKind(id=DEMO_READINGS, read=_rows, is_direct=True))
