"""Local times and UTC."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from shuiheng.adapters.telemetry.zones import CHINA, utc_seconds


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_local_time_is_eight_hours_ahead() -> None:
    assert utc_seconds(_local("1970-01-01T08:00:00"), CHINA) == 0
    assert utc_seconds(_local("2026-05-01T00:00:00"), CHINA) == 1_777_564_800


def test_a_time_with_its_own_offset_is_taken_at_its_word() -> None:
    zone = timezone(timedelta(hours=-1))
    assert utc_seconds(datetime(1970, 1, 1, tzinfo=zone), CHINA) == 3_600


@pytest.mark.parametrize("local", ["2026-03-29T02:30:00", "2026-10-25T02:30:00"])
def test_a_time_that_the_clock_shows_never_or_twice_has_no_instant(local: str) -> None:
    assert utc_seconds(_local(local), ZoneInfo("Europe/Berlin")) is None


def test_summer_time_of_the_eighties_is_known() -> None:
    assert utc_seconds(_local("1988-07-01T09:00:00"), CHINA) == 583_718_400
