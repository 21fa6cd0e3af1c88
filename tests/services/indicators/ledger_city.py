"""A small city whose ledger, plan and settled months of a year are all known, for facts of indicators."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    PlannedAllowance,
    SourceKind,
    WaterUser,
)

YEAR = 2025
MONTHS = [date(YEAR, month, 1) for month in range(1, 13)]


def ledger_city() -> MeteredCity:
    """Make the city with two districts."""
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


def settled_user(
    city: MeteredCity,
    name: str,
    *,
    district: int = 0,
    litres: int = 10_000_000,
    own_source: bool = False,
    estimated: int = 0,
    telemetry_id: str = "",
    **facts: object,
) -> WaterUser:
    """Make a user with one meter that took some litres in each month of the year, part of it estimated."""
    user = city.user(name, city.districts[district], **facts)
    if own_source:
        user.sources.update(kind=SourceKind.ABSTRACTION)
    meter = city.meter(user, telemetry_id=telemetry_id)
    for month in MONTHS:
        settle(meter, month, litres - estimated, estimated_litres=estimated, measured_seconds=2_592_000)
    return user


def give_plan(city: MeteredCity, officer: Account, *users: WaterUser, published: int) -> AllowanceRound:
    """Make the plan of the year over some users, the first of them published."""
    now = timezone.now()
    held = AllowanceRound.objects.create(
        place=city.place, authority=the_office(), year=YEAR, opened_by=officer, opened_at=now
    )
    for at, user in enumerate(users):
        PlannedAllowance.objects.create(round=held, user=user, published_at=now if at < published else None)
    return held
