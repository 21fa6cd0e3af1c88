"""V2."""

from __future__ import annotations

import pytest

from metering.checks.cases import RULES, codes, only, record
from metering.histories import DAY, HOUR, at
from shuiheng.metering.checks.gaps import check_readings_follow_each_other
from shuiheng.metering.model import Meter


@pytest.mark.parametrize(
    ("grid", "seconds", "is_found"),
    [
        (DAY, 25 * HOUR, False),
        (DAY, 25 * HOUR + 1, True),
        (HOUR, 2 * HOUR, False),
        (HOUR, 2 * HOUR + 1, True),
        (None, 70 * DAY, False),
        (None, 70 * DAY + 1, True),
    ],
)
def test_a_gap_is_longer_than_the_grid_allows(grid: int | None, seconds: int, is_found: bool) -> None:
    meter = Meter(id="m1", grid_seconds=grid)
    between = record([(at(1), 5), (at(1) + seconds, 6)], meter=meter)
    assert codes(check_readings_follow_each_other(between, RULES)) == ["gap"] * is_found
    behind = record([(at(1), 5)], meter=meter, known_at=at(1) + seconds)
    assert codes(check_readings_follow_each_other(behind, RULES)) == ["silent"] * is_found


def test_a_gap_says_from_when_to_when() -> None:
    meter = Meter(id="m1", grid_seconds=HOUR)
    found = only(check_readings_follow_each_other(record([(at(1), 5), (at(1, 5), 6)], meter=meter), RULES))
    values = dict(found.values)
    assert (values["since"], values["at"], values["hours"]) == ("2026-05-01 00:00", "2026-05-01 05:00", "5")
    assert found.evidence == "18000 s > 7200 s"


def test_a_meter_without_readings_is_no_gap() -> None:
    assert check_readings_follow_each_other(record([], known_at=at(99)), RULES) == ()
