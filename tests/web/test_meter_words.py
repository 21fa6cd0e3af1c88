"""How well a month of a meter is known is said in words, and what is not known is not zero."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import SettledMonth
from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.ledger.use_by_month import MonthUse
from shuiheng.web.templatetags.meter_words import (
    known_words,
    long_time,
    m3_or_dash,
    m3_short,
    profile_words,
    rule_name,
    use_words,
    whole_litres,
)


def _month(measured: int = 0, spread: int = 0, estimated: int = 0, missing: int = 0) -> SettledMonth:
    return SettledMonth(
        by_time_litres=5 if measured or spread else None,
        measured_seconds=measured,
        spread_seconds=spread,
        estimated_seconds=estimated,
        missing_seconds=missing,
        estimated_litres=7 if estimated else 0,
        rung="E1" if estimated else "",
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (_month(measured=100), "实测 100 %"),
        (_month(measured=80, spread=10, estimated=10), "实测 80 % · 分摊 10 % · 估算 10 %（前后流量内插）"),
        (_month(measured=9999, missing=1), "实测 >99 % · 缺失 <1 %"),
        (_month(), "缺失 100 %"),
    ],
)
def test_a_month_says_how_well_it_is_known(row: SettledMonth, said: str) -> None:
    assert known_words(row) == said


def test_the_month_of_a_user_says_the_shares_of_its_time() -> None:
    use = Use(told_litres=5, meters=2, measured_seconds=50, spread_seconds=25, missing_seconds=25)
    assert use_words(MonthUse(use=use)) == "实测 50 % · 分摊 25 % · 缺失 25 %"
    assert use_words(MonthUse(use=Use())) == "缺失 100 %"


def test_what_is_known_and_what_is_estimated_make_the_month_and_neither_is_nothing() -> None:
    assert whole_litres(_month(measured=1, estimated=1)) == 12
    assert whole_litres(_month(estimated=1)) == 7 and whole_litres(_month(missing=1)) is None


@pytest.mark.parametrize(
    ("litres", "said"),
    [(None, ""), (0, "0"), (12, "0.012"), (3_456, "3.46"), (34_560, "34.6"), (-1_234_000, "-1,234")],
)
def test_an_amount_has_as_many_digits_as_an_eye_takes_in(litres: float | None, said: str) -> None:
    assert m3_short(litres) == said


def test_words_for_what_is_not_there_and_for_what_is_not_known_by_name() -> None:
    assert m3_or_dash(None) == "—" and m3_or_dash(0) == "0"
    assert rule_name("no_such_rule") == "no_such_rule" and rule_name("V2") == "缺数"
    assert long_time(3 * 86_400) == "3 天"


def test_a_curve_is_named_once() -> None:
    assert profile_words("") == ""
    assert profile_words("user-3,even,user-4,industry") == "本户用水曲线、均匀、同类用水曲线"
