"""Hours are coloured by levels that follow from the hours with use, and every colour has its word."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from metered import Callbacks, some_meter, told
from shuiheng.adapters.records.models import Account
from shuiheng.metering.civil_time import DAY
from shuiheng.web.pages.meters.heat import SHARES, bounds_of, level_of
from web.pages.meters.conftest import BEGIN, DAY_ONE, Metered


@given(litres=st.lists(st.integers(-50, 9000), max_size=60))
def test_more_litres_never_have_a_lower_level(litres: list[int]) -> None:
    bounds = bounds_of(litres)
    used = sorted(each for each in litres if each > 0)
    levels = [int(level_of(each, bounds)) for each in used]
    assert levels == sorted(levels)
    assert all(1 <= each <= len(SHARES) + 1 for each in levels)


def test_missing_zero_and_reverse_are_three_things() -> None:
    bounds = bounds_of([10, 20, 30])
    assert (level_of(None, bounds), level_of(0, bounds), level_of(-1, bounds)) == ("none", "0", "back")
    assert bounds_of([0, -5]) == []


@pytest.mark.django_db
def test_the_table_holds_what_the_picture_shows_and_says_what_lacks(office: Client, metered: Metered) -> None:
    address = reverse("meter_heat", args=[metered.meter.pk])
    page = office.get(address, {"from": "2026-03-01", "to": "2026-03-03"})
    days = page.context["days"]
    assert [each.told for each in days] == [23, 22, 0]  # behind the wrong one; around the missing one
    assert days[0].night_litres == 200 and days[2].litres is None
    assert days[0].day == date(2026, 3, 1) and not days[0].is_worked and days[1].is_worked
    text = page.content.decode()
    assert "仅 23 小时" in text and "无数据" in text and "很少" in text and "heat-values" in text
    cells = page.context["picture"]["cells"]
    assert len(cells) == 72 and cells[0] == [0, 0, 0.1, "1"]


@pytest.mark.django_db
def test_a_meter_that_is_read_by_day_is_sent_to_its_readings(
    office: Client, officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer, "B-2", grid_minutes=1440)
    told(officer, meter, [(BEGIN, 0), (BEGIN + DAY, 5000)], django_capture_on_commit_callbacks)
    text = office.get(reverse("meter_heat", args=[meter.pk]), {"from": DAY_ONE.isoformat()}).content.decode()
    assert "画不出逐时用水" in text and "heat-values" not in text
