"""A place is known by its indicators of the last years and by how its targets stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, KeptStanding, PlanVersion
from shuiheng.services.assessments.place_facts import GOOD, KNOWN, place_facts
from shuiheng.services.indicators.keep_standings import keep_standings

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


def test_an_indicator_tells_a_fact_with_its_year(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    assert place_facts(city, ["reclaimed_rate"], ON) == {}
    enter(city.pk, officer, reclaimed_use_2024=Decimal(200), sewage_treated_2024=Decimal(1000))
    found = place_facts(city, ["reclaimed_rate", "no_such_fact"], ON)["reclaimed_rate"]
    assert found.value == Decimal("0.2") and found.on == date(2024, 12, 31)
    assert "2024年" in found.source
    assert place_facts(city, ["reclaimed_rate"], date(2029, 1, 1)) == {}


def test_targets_tell_which_share_stands_well(published: PlanVersion) -> None:
    city = published.plan.place
    assert place_facts(city, [GOOD, KNOWN], ON) == {}
    keep_standings(city, ON)
    rows = KeptStanding.objects.filter(place=city)
    rows.update(standing="unknown")
    first = rows.first()
    assert first is not None
    KeptStanding.objects.filter(pk=first.pk).update(standing="met")
    found = place_facts(city, [GOOD, KNOWN], ON)
    assert found[GOOD].value == found[KNOWN].value == Decimal(1) / rows.count()
    assert place_facts(city, [KNOWN], ON).keys() == {KNOWN}
