"""What was settled when a figure was signed off stays, however often the month changes after that."""

from __future__ import annotations

from datetime import date

import pytest

from metered_city import BELIEVED, MeteredCity, metered_city, settle
from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Figure,
    Meter,
    Place,
    PlaceKind,
    Role,
    SettledMonth,
    SettledTurn,
)
from shuiheng.adapters.records.settled_turns import turn_keepers

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区")


@pytest.fixture
def meter(city: MeteredCity) -> Meter:
    made = city.meter(city.user("青禾印染厂", city.districts[0]))
    settle(made, MAY, 7)
    return made


def official(city: MeteredCity, subject: str, year: int, place: Place | None = None) -> Figure:
    """Make an official figure of a year, of the city unless another place is given."""
    known = Account.objects.filter(username="signs").first()
    return Figure.objects.create(
        place=place or city.place,
        city=place or city.place,
        subject=subject,
        year=year,
        up_to=date(year, 12, 31),
        digest="0" * 64,
        released_by=known or make_account("signs", Role.OFFICE_LEADER),
        released_at=BELIEVED,
    )


def _told() -> list[tuple[object, ...]]:
    rows = SettledTurn.objects.order_by("pk")
    return list(rows.values_list("month", "told_litres", "estimated_litres", "figure"))


def test_a_month_on_which_no_figure_can_rest_leaves_nothing(city: MeteredCity, meter: Meter) -> None:
    SettledMonth.objects.filter(meter=meter).update(by_time_litres=8)
    official(city, "indicator:a", 2024)
    SettledMonth.objects.filter(meter=meter).update(by_time_litres=9)
    assert _told() == []


def test_only_what_was_settled_at_the_figure_is_kept(city: MeteredCity, meter: Meter) -> None:
    first = official(city, "indicator:a", 2025)
    rows = SettledMonth.objects.filter(meter=meter)
    rows.update(by_time_litres=7, generation=9, settled_at=BELIEVED)  # nothing that matters
    assert _told() == []
    rows.update(by_time_litres=8)
    rows.update(estimated_litres=5)
    assert _told() == [(MAY, 7, 0, first.pk)]
    second = official(city, "indicator:b", 2025)
    again = SettledMonth(meter=meter, month=MAY, by_time_litres=10, estimated_litres=5)
    SettledMonth.objects.bulk_create(
        [again], update_conflicts=True, unique_fields=["meter", "month"], update_fields=["by_time_litres"]
    )
    assert _told() == [(MAY, 7, 0, first.pk), (MAY, 8, 5, second.pk)]
    assert all(row.turned_at is not None for row in SettledTurn.objects.all())


def test_figures_of_another_city_keep_nothing_of_this_one(city: MeteredCity, meter: Meter) -> None:
    other = Place.objects.create(slug="linjiang", name="临江市", kind=PlaceKind.CITY)
    official(city, "indicator:a", 2025, place=other)
    SettledMonth.objects.filter(meter=meter).update(by_time_litres=8)
    assert _told() == []
    own = official(city, "indicator:a", 2025)
    official(city, "indicator:b", 2025, place=other)
    SettledMonth.objects.filter(meter=meter).update(by_time_litres=9)
    assert _told() == [(MAY, 8, 0, own.pk)]


def test_months_that_come_and_go_are_kept(city: MeteredCity, meter: Meter) -> None:
    figure = official(city, "indicator:a", 2025)
    settle(meter, JUNE, 3)
    SettledMonth.objects.filter(meter=meter).delete()
    assert sorted(_told(), key=str) == [(MAY, 7, 0, figure.pk), (JUNE, None, None, figure.pk)]


def test_every_verb_has_its_trigger() -> None:
    assert {each.verb for each in turn_keepers()} == {"INSERT", "UPDATE", "DELETE"}
    names = {each.trigger for each in turn_keepers()}
    assert len(names) == 3
    for vendor in ("sqlite", "postgresql"):
        for each in turn_keepers():
            assert each.trigger in each.statements(vendor=vendor)[-1]
            assert each.definition(vendor=vendor) in "".join(each.statements(vendor=vendor))
