"""Water of users that a fact takes in: by district, class, source and division, kept or added up alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.indicators.ledger_city import MONTHS, ledger_city, settled_user
from shuiheng.adapters.records.kept_use import renew_month, stale_months
from shuiheng.adapters.records.queries_fact_rows import Taken, users_named, users_taken
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db


def test_users_are_taken_by_what_the_ledger_says_of_them() -> None:
    city = ledger_city()
    mill = settled_user(city, "印染厂", use_class="industry", industry_code="1713", own_source=True)
    works = settled_user(
        city, "水厂", use_class="services", industry_code="4610", own_source=True, district=1
    )
    home = settled_user(city, "小区", use_class="residential")
    seen = CitySight(city.place)
    every = Taken(city=city.place.pk, district=None, classes=(), source="", not_divisions=())
    asked = {
        (): every,
        ("district",): replace(every, district=city.districts[1].pk),
        ("class",): replace(every, classes=("residential",)),
        ("source",): replace(every, source="abstraction"),
        ("division",): replace(every, not_divisions=("46",)),
    }
    wanted = {
        (): {mill.pk, works.pk, home.pk},
        ("district",): {works.pk},
        ("class",): {home.pk},
        ("source",): {mill.pk, works.pk},
        ("division",): {mill.pk, home.pk},
    }
    added_up = {name: users_taken(seen, taken, MONTHS) for name, taken in asked.items()}
    assert {name: set(found) for name, found in added_up.items()} == wanted
    assert {use.litres for use in added_up[()].values()} == {120_000_000}
    for month in stale_months():
        renew_month(month)
    assert {name: users_taken(seen, taken, MONTHS) for name, taken in asked.items()} == added_up
    assert users_named(seen, [mill.pk])[mill.pk].organisation.name == "印染厂"
