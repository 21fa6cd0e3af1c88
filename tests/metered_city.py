"""A small city with districts, users, meters and settled months, written straight into the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from shuiheng.adapters.records.models import (
    Meter,
    MeterFact,
    Organisation,
    Place,
    PlaceKind,
    SettledMonth,
    Site,
    SourceFact,
    SourceKind,
    UserFact,
    WaterSource,
    WaterUser,
)
from shuiheng.services.found_city import new_slug

FIRST, BELIEVED = date(2024, 1, 1), datetime(2025, 1, 1, tzinfo=UTC)
WHOLE_MONTH = 31 * 86_400
_numbers = count(1)


@dataclass
class MeteredCity:
    """A city and what was made in it.

    Args:
        place: The city.
        keeper: Who keeps its meters.
        districts: Its districts, in order.
    """

    place: Place
    keeper: Organisation
    districts: list[Place] = field(default_factory=list)

    def user(self, name: str, district: Place | None, **facts: object) -> WaterUser:
        """Make a water user with one source and one site."""
        unit = Organisation.objects.create(
            slug=new_slug("unit"), name=name, kind="water_user", place=district or self.place
        )
        user = WaterUser.objects.create(organisation=unit, city=self.place, number=f"{next(_numbers):06}")
        believed = {"valid_from": FIRST, "recorded_at": BELIEVED}
        UserFact.objects.create(**({"subject": user, "name": name, "district": district} | believed | facts))
        source = WaterSource.objects.create(user=user, number="1", kind=SourceKind.SUPPLY)
        SourceFact.objects.create(subject=source, water_kind="tap", **believed)
        Site.objects.create(user=user, number="1")
        return user

    def bare_meter(self, user: WaterUser | None) -> Meter:
        """Make a meter of which nothing is believed yet."""
        number = f"M{next(_numbers):06}"
        return Meter.objects.create(city=self.place, keeper=self.keeper, user=user, number=number)

    def meter(self, user: WaterUser | None, **facts: object) -> Meter:
        """Make a meter, at the first site and source of its user."""
        meter = self.bare_meter(user)
        at = {"site": user.sites.first(), "source": user.sources.first()} if user is not None else {}
        believed = {"valid_from": FIRST, "recorded_at": BELIEVED}
        MeterFact.objects.create(subject=meter, **(at | believed | facts))
        return meter


def metered_city(city: Place, keeper: Organisation, *names: str) -> MeteredCity:
    """Make districts below a city that stands."""
    made = MeteredCity(place=city, keeper=keeper)
    for order, name in enumerate(names):
        made.districts.append(
            Place.objects.create(
                slug=new_slug("place"),
                name=name,
                code=f"9900{order + 1:02}",
                kind=PlaceKind.DISTRICT,
                parent=city,
                order=order,
            )
        )
    return made


def settle(meter: Meter, month: date, litres: int | None, **figures: int) -> SettledMonth:
    """Write a settled month; all of it is measured unless told."""
    seconds = figures or {"measured_seconds": WHOLE_MONTH if litres is not None else 0}
    return SettledMonth.objects.create(meter=meter, month=month, by_time_litres=litres, **seconds)
