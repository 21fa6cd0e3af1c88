"""The back-test counts hits, misses, false warnings and days of lead that can be redone by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from allowances.made import record, value_of
from allowances.test_forecast import RULES
from shuiheng.allowances.forecast import ToldMonth
from shuiheng.allowances.warning_levels import WarningLadder, ladder_of
from shuiheng.services.warnings.backtest import Backtest, PastUser, backtest, looks_of

MONTH = {"id": "over_month", "period": "month", "basis": "use", "above": "0.10", "follows": ["warn"]}
NEAR = {"id": "near", "period": "year", "basis": "forecast", "above": "0", "follows": ["tell"]}
BEFORE = tuple(ToldMonth(month=date(2024, month, 1), m3=Decimal(310)) for month in range(1, 13))


def _ladder(level: dict[str, object]) -> WarningLadder:
    return ladder_of(value_of(record(levels=[level]), rule="allowances/warning_levels"))


def _user(days: list[int], *, told: list[int] | None = None) -> PastUser:
    used = [Decimal(each) for each in days]
    heard = used if told is None else [Decimal(each) for each in told]
    return PastUser(before=BEFORE, told=heard, used=used, allowances=(Decimal(310),) * 12)


def _tested(user: PastUser, level: dict[str, object]) -> Backtest:
    looks = looks_of(2025, every_days=7)
    return backtest([user], year=2025, ladder=_ladder(level), rules=RULES, looks=looks)


def test_a_month_passed_in_its_middle_is_warned_of_at_the_next_look() -> None:
    days = [20] * 31 + [5] * 334  # 341 m³ are passed on 18 January; the looks are 8, 15, 22, 29
    score = _tested(_user(days), MONTH).scores[0]
    assert (score.periods, score.reached, score.warned, score.hits) == (12, 1, 1, 1)
    assert (score.precision, score.recall) == (1, 1)
    assert score.lead_days == [-4] and score.left_days == [10]


def test_readings_that_tell_too_much_make_a_false_warning_and_too_little_a_miss() -> None:
    low, high = [5] * 365, [20] * 31 + [5] * 334
    false = _tested(_user(low, told=high), MONTH).scores[0]
    assert (false.warned, false.hits, false.precision, false.recall) == (1, 0, 0, None)
    missed = _tested(_user(high, told=low), MONTH).scores[0]
    assert (missed.warned, missed.reached, missed.recall, missed.precision) == (0, 1, 0, None)


def test_a_year_that_will_pass_is_foreseen_months_ahead() -> None:
    tested = _tested(_user([11] * 365), NEAR)  # 4,015 of 3,720 m³: passed on day 339
    score = tested.scores[0]
    assert (score.reached, score.hits) == (1, 1)
    assert score.lead_days[0] > 300 and score.lead == (score.lead_days[0], score.lead_days[0])
    assert tested.intervals == 12 and 0 < tested.inside <= 12
    assert tested.errors[12][0] < tested.errors[1][0]


@pytest.mark.parametrize(("every", "count"), [(7, 53), (365, 1), (364, 2)])
def test_the_last_look_is_when_the_year_is_over(every: int, count: int) -> None:
    looks = looks_of(2025, every_days=every)
    assert (len(looks), looks[-1]) == (count, date(2026, 1, 1))
