"""What does not add up is drawn and listed as a part of its own."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from pictured_city import YEAR, PicturedCity

pytestmark = pytest.mark.django_db


def test_what_does_not_add_up_is_a_band_of_its_own(office: Client, city: PicturedCity) -> None:
    city.tell(city.place, use_total="1", surface_use="900", network_input="1000", network_real_loss="110")
    page = office.get(reverse("water_flow"), {"year": YEAR}).content.decode()
    found = re.search(r'<script id="flow-values" type="application/json">(.*?)</script>', page)
    assert found is not None
    values = json.loads(found.group(1))
    unknown = {
        (each["source"], each["target"]): each["value"] for each in values["links"] if each.get("isUnknown")
    }
    assert unknown == {("came-intake", "intake"): 100.0, ("network", "went-network"): 890.0}
    for node in {link["target"] for link in values["links"]} & {link["source"] for link in values["links"]}:
        came = sum(link["value"] for link in values["links"] if link["target"] == node)
        assert came == sum(link["value"] for link in values["links"] if link["source"] == node)
    assert "来源不明" in page and "缺少的数据：" in page


def test_a_district_can_be_chosen(office: Client, city: PicturedCity) -> None:
    east = city.districts[0]
    city.tell(east, use_total="1", surface_use="5")
    page = office.get(reverse("water_flow"), {"place": east.pk}).content.decode()
    assert "东港区_水量去向" in page
