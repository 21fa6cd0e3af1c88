"""The readings of the fictitious city go on from those that are loaded."""

from __future__ import annotations

from datetime import date

import pytest
from demo.metering_records import first_month

from office import the_office
from shuiheng.adapters.records.models import LedgerBatch

pytestmark = pytest.mark.django_db


def test_a_new_city_begins_eighteen_months_ago() -> None:
    assert first_month(date(2026, 11, 22)) == date(2025, 5, 1)


def test_a_loaded_city_is_the_same_one_in_a_later_month() -> None:
    office = the_office()
    for name, kind in (
        ("demo-2025-06", "demo_city"),
        ("demo-2025-05", "demo_city"),
        ("demo-2024-01", "mqtt"),
    ):
        LedgerBatch.objects.create(
            kind=kind, place=office.place, organisation=office, original_name=name, state="taken"
        )
    assert first_month(date(2027, 3, 1)) == date(2025, 5, 1)
