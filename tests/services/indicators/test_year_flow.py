"""The water of a year is told by confirmed facts; what is not told is unknown and stays in the gap."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pictured_city import YEAR, PicturedCity, pictured_city
from shuiheng.services.indicators.year_flow import year_flow

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db: None) -> PicturedCity:
    return pictured_city()


def test_what_comes_in_goes_out_or_is_said_not_to_add_up(city: PicturedCity) -> None:
    city.tell(city.place, surface_use="900", network_input="1000", network_registered_use="820")
    city.tell(city.place, network_real_loss="110")
    flow = year_flow(city.place, YEAR).flow
    known = {(each.source, each.target): each.volume for each in flow.streams}
    assert known["intake", "network"] == 1000 and known["surface", "intake"] == 900
    gaps = {gap.node: gap.volume for gap in flow.imbalances}
    assert gaps["intake"] == -100  # more was supplied than is known to have been taken
    assert gaps["network"] == 70 and gaps["use"] == 820


def test_a_stream_of_two_facts_is_unknown_until_both_are_told(city: PicturedCity) -> None:
    city.tell(city.place, reclaimed_use="50")
    assert "reclaimed" in {each.source for each in year_flow(city.place, YEAR).flow.unknown}
    city.tell(city.place, reclaimed_to_rivers="7")
    known = {each.source: each.volume for each in year_flow(city.place, YEAR).flow.streams}
    assert known["reclaimed"] == Decimal(57)


def test_another_year_another_place_and_a_volume_below_nothing_tell_nothing(city: PicturedCity) -> None:
    city.tell(city.place, YEAR - 1, surface_use="5")
    city.tell(city.districts[0], surface_use="6")
    city.tell(city.place, groundwater_use="-3")
    found = year_flow(city.place, YEAR)
    assert not {"surface_use", "groundwater_use"} & set(found.facts)
    assert not {"surface", "ground"} & {each.source for each in found.flow.streams}
