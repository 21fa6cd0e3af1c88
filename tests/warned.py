"""A city with users that have an allowance and settled months, as tests of warnings need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceMonth,
    AllowanceRound,
    EntryKind,
    EntryState,
    Meter,
    PlannedAllowance,
    Role,
    UseWarning,
    WaterUser,
)
from shuiheng.services.found_city import join

YEAR, MONTHS = 2026, range(1, 13)
PUBLISHED = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass
class WarnedUser:
    """A water user with one meter, an allowance and somebody who answers for it."""

    user: WaterUser
    meter: Meter
    allowance: PlannedAllowance
    account: Account

    def uses(self, first: date, volumes: Iterable[int]) -> None:
        """Settle months from one on, m³ each."""
        place = first.year * 12 + first.month - 1
        for back, m3 in enumerate(volumes):
            month = date((place + back) // 12, (place + back) % 12 + 1, 1)
            settle(self.meter, month, m3 * 1000)

    @property
    def warnings(self) -> list[UseWarning]:
        """Its warnings, by period and level."""
        return list(UseWarning.objects.filter(allowance=self.allowance).order_by("first", "level"))


def warned_city(officer: Account) -> MeteredCity:
    """Return the city of the tests with two districts and an open round of the year."""
    office = the_office()
    AllowanceRound.objects.create(
        place=office.place,
        authority=office,
        year=YEAR,
        opened_by=officer,
        opened_at=PUBLISHED,
        state="published",
        published_at=PUBLISHED,
    )
    return metered_city(office.place, office, "东港区", "西岭区")


def warned_user(city: MeteredCity, name: str = "青禾印染厂", m3: int = 100) -> WarnedUser:
    """Make a user with a published allowance of so many m³ in each month."""
    user = city.user(name, city.districts[0], use_class="industry")
    account = Account.objects.create(username=f"filer{user.pk}", display_name="周芳")
    join(account, user.organisation, Role.ENTERPRISE_FILER)
    round_ = AllowanceRound.objects.get(place=city.place, year=YEAR)
    allowance = PlannedAllowance.objects.create(round=round_, user=user, published_at=PUBLISHED)
    entry = AllowanceEntry.objects.create(
        allowance=allowance,
        kind=EntryKind.INITIAL,
        state=EntryState.APPROVED,
        asked_at=PUBLISHED,
        effective_on=date(YEAR, 1, 1),
    )
    AllowanceMonth.objects.bulk_create(
        AllowanceMonth(entry=entry, month=date(YEAR, month, 1), volume_m3=Decimal(m3)) for month in MONTHS
    )
    return WarnedUser(user=user, meter=city.meter(user), allowance=allowance, account=account)
