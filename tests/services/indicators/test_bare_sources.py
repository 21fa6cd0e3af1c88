"""Water of a source without a meter is known to nobody: its share is missing, by number of sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.ledger_city import YEAR, ledger_city, settled_user
from shuiheng.adapters.records.models import SourceKind
from shuiheng.indicators.facts import FactKey, Grade
from shuiheng.services.indicators.bare_sources import bare_shares, with_missing
from shuiheng.services.indicators.settled_facts import settled_facts

END = date(YEAR, 12, 31)
SHARE = st.decimals(min_value=0, max_value=1, places=4)


@pytest.mark.django_db
def test_sources_without_a_meter_are_missing_by_number() -> None:
    city = ledger_city()
    settled_user(city, "有表", own_source=True, industry_code="1713")
    bare = city.user("无表", city.districts[1], industry_code="1713")
    works = city.user("水厂", city.districts[1], industry_code="4610")
    for user in (bare, works):
        user.sources.update(kind=SourceKind.ABSTRACTION)
    places = [city.place.pk, *(each.pk for each in city.districts)]
    east, west = places[1:]
    assert bare_shares(city.place, places, END, ["46"]) == {
        city.place.pk: Decimal("0.5"),
        east: 0,
        west: 1,
    }
    assert bare_shares(city.place, [city.place.pk], END, []) == {city.place.pk: Decimal(2) / 3}
    found = settled_facts(city.place, places, [YEAR], today=date(YEAR + 1, 5, 1))
    own = found[city.place.pk]
    assert own[FactKey("self_supply_use", YEAR)].value == 12
    assert own[FactKey("self_supply_use", YEAR)].shares[Grade.MISSING] == Decimal("0.5")
    assert own[FactKey("self_supply_metered", YEAR)].shares[Grade.MEASURED] == Decimal("0.5")
    assert found[east][FactKey("abstraction_use", YEAR)].shares[Grade.MISSING] == 0
    assert not found[west]


@given(missing=SHARE, estimated=SHARE)
def test_shares_are_one_together_whatever_is_missing(missing: Decimal, estimated: Decimal) -> None:
    shares = {Grade.MEASURED: 1 - estimated, Grade.ESTIMATED: estimated}
    found = with_missing(shares, missing)
    assert sum(found.values()) == 1
    assert found.get(Grade.MISSING, Decimal(0)) == missing
