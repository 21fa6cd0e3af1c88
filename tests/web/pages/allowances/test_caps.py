"""Caps are entered in 万m³ or m³, replaced by later ones, and withdrawn with a reason."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from office import the_office
from shuiheng.adapters.records.models import RegionalCap

pytestmark = pytest.mark.django_db


def _set(office: Client, **posted: str) -> None:
    plain = {"city": str(the_office().place.pk), "year": "2026", "volume": "1.5", "unit": "wan", "basis": "x"}
    office.post(reverse("set_regional_cap"), plain | posted)


def test_a_cap_is_entered_shown_replaced_and_withdrawn(office: Client) -> None:
    address = reverse("regional_caps")
    assert "没有登记这一年" in office.get(address, {"year": "2026"}).content.decode()
    _set(office)
    _set(office, volume="7000", unit="m3", use_class="industry", water_kind="sea")
    page = office.get(address, {"year": "2026"}).content.decode()
    assert "15,000" in page and "7,000" in page and "工业" in page and "全市" in page
    _set(office, volume="2")
    assert RegionalCap.objects.filter(superseded_at__isnull=True, use_class="").get().volume_m3 == 20_000
    cap = RegionalCap.objects.get(use_class="industry")
    office.post(reverse("withdraw_regional_cap", args=[cap.pk]), {"reason": "录入错误"})
    cap.refresh_from_db()
    assert cap.superseded_at is not None


def test_what_is_no_volume_is_refused_and_a_reader_has_no_form(office: Client, looker: Client) -> None:
    _set(office, volume="很多")
    assert not RegionalCap.objects.exists()
    page = looker.get(reverse("regional_caps")).content.decode()
    assert "登记总量控制指标" not in page
