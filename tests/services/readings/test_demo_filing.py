"""The demo has somebody who files, with a year behind the meters and the newest month open."""

from __future__ import annotations

from datetime import date

import pytest

from filing import Callbacks
from shuiheng.adapters.records.models import Account, MeterFiling, SettledMonth
from shuiheng.services.found_city import found_city
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import (
    FILING_USER,
    MONTHLY_M3,
    demo_register_m3,
    settle_demo_filing,
)
from shuiheng.services.readings.filing_months import open_months

pytestmark = pytest.mark.django_db


def test_registers_of_the_demo_rise_and_a_year_has_its_seasons() -> None:
    assert demo_register_m3("SP-01", date(2024, 1, 1)) == 9_200 * 88 // 100
    year = demo_register_m3("YR-01", date(2025, 12, 1)) - demo_register_m3("YR-01", date(2024, 12, 1))
    assert year == MONTHLY_M3["YR-01"] * 12


def test_the_filer_has_filed_all_open_months_but_the_newest(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city = found_city("青禾市", slug="qinghe", is_synthetic=True).place
    assert settle_demo_filing(city) == {}
    settle_demo_ledger(officer, city)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            made = settle_demo_filing(city)
    assert list(made) == ["enterprise"]
    months = [each.month for each in open_months(SettledMonth.objects.latest("month").settled_at.date())]
    filed = MeterFiling.objects.filter(superseded_at__isnull=True)
    assert set(filed.values_list("month", flat=True)) == set(months[1:])
    assert {row.meter.user.organisation.name for row in filed if row.meter.user} == {FILING_USER}
    known = SettledMonth.objects.filter(meter__number="YR-01", by_time_litres__isnull=False)
    assert known.count() >= 13
