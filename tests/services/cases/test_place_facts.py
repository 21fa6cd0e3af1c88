"""What rounds of allowances tell of a city."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from office import the_office
from services.allowances.planned_city import planned_city, published_round
from services.ledger.used_city import add_used, settle
from shuiheng.adapters.records.models import Account
from shuiheng.services.cases.facts import facts_for
from shuiheng.services.cases.place_facts import city_facts
from shuiheng.services.cases.subjects import Subject

pytestmark = pytest.mark.django_db
NAME, ON = "planned_use_rate", date(2027, 3, 1)
AFTER = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)


def test_the_rate_of_planned_use_is_that_of_the_last_year(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = planned_city(officer)
    place = the_office().place
    house = add_used(officer, "丁宅", None, years=(), use_class="residential")
    published_round(city)
    for user, monthly in ((city.mill, 900), (city.school, 100), (house, 250)):
        settle(user.meters.get(), 2026, dict.fromkeys(range(1, 13), monthly))
    monkeypatch.setattr(timezone, "now", lambda: AFTER)
    assert city_facts(place, [NAME], ON)[NAME].value == Decimal("0.8")
    assert city_facts(place, [NAME], date(2026, 3, 1)) == {}
    assert city_facts(place, [], ON) == {}
    area = Subject(key=f"place:{place.pk}", name=place.name, sort="area", place=place.pk)
    assert facts_for(place, [area], [NAME], ON)[area.key][NAME].value == Decimal("0.8")
