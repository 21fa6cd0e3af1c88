"""A made-up city with two districts and confirmed statistics, for the tests of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import (
    WHOLE_YEAR,
    Account,
    Place,
    PlaceKind,
    RegionalCap,
    Statistic,
    StatisticState,
)

YEAR = 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturedCity:
    """The city, its districts, and who entered and confirmed what is known of them."""

    place: Place
    districts: list[Place]
    clerk: Account
    other: Account

    def tell(self, place: Place, year: int = YEAR, *, through: int = WHOLE_YEAR, **values: str) -> None:
        """Let facts of a place be known, of a whole year or of its first months."""
        for fact, value in values.items():
            Statistic.objects.create(
                place=place,
                city=self.place,
                fact=fact,
                year=year,
                through_month=through,
                value=Decimal(value),
                source="示例年鉴",
                state=StatisticState.CONFIRMED,
                entered_by=self.clerk,
                entered_at=timezone.now(),
                decided_by=self.other,
                decided_at=timezone.now(),
            )

    def cap(self, volume_m3: int, district: Place | None = None, year: int = YEAR) -> RegionalCap:
        """Lay down what the city or a district may use."""
        return RegionalCap.objects.create(
            place=self.place,
            district=district,
            year=year,
            volume_m3=volume_m3,
            basis="示例文件",
            entered_by=self.clerk,
            entered_at=timezone.now(),
        )


def pictured_city() -> PicturedCity:
    """Return the city of the tests with two districts; nothing is known of it yet."""
    city = the_office().place
    districts = [
        Place.objects.create(slug=f"pic-{name}", name=name, kind=PlaceKind.DISTRICT, parent=city, order=order)
        for order, name in enumerate(("东港区", "西岭区"))
    ]
    clerk, other = (Account.objects.create(username=name) for name in ("pic-clerk", "pic-other"))
    return PicturedCity(place=city, districts=districts, clerk=clerk, other=other)
