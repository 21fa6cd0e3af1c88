"""Levels of warning: both sides of each edge, how sure they are, and that more use never lowers one."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allowances.made import record, value_of
from allowances.test_forecast import RULES
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.forecast import Lacking, NoForecast, ToldMonth, shifted, user_years
from shuiheng.allowances.warning_levels import (
    Certainty,
    Doubt,
    JudgedYear,
    WarningLadder,
    YearQuestion,
    judged_year,
    ladder_of,
)
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked

FULL = [
    {"id": "near", "period": "year", "basis": "forecast", "above": "0", "follows": ["tell"]},
    {"id": "over_month", "period": "month", "basis": "use", "above": "0.10", "follows": ["tell"]},
    {"id": "over_quarter", "period": "quarter", "basis": "use", "above": "0.10", "follows": ["warn"]},
    {"id": "over_year", "period": "year", "basis": "use", "at_least": "0.30", "follows": ["balance_test"]},
]
RULE = "allowances/warning_levels"
EVEN = (Decimal(100),) * 12


def _ladder(*levels: dict[str, Any]) -> WarningLadder:
    return ladder_of(value_of(record(levels=list(levels or FULL)), rule=RULE))


def _judged(
    months: dict[str, str | ToldMonth],
    *,
    today: date,
    ladder: WarningLadder | None = None,
    has_findings: bool = False,
    allowances: tuple[Decimal, ...] = EVEN,
) -> JudgedYear:
    told = [
        held if isinstance(held, ToldMonth) else ToldMonth(month=_first(name), m3=Decimal(held))
        for name, held in months.items()
    ]
    return judged_year(
        YearQuestion(
            years=user_years(told),
            allowances=allowances,
            year=today.year,
            on=today,
            ladder=ladder or _ladder(),
            rules=RULES,
            has_findings=has_findings,
        )
    )


def _first(name: str) -> date:
    return date.fromisoformat(f"{name}-01")


def _year(*volumes: str) -> dict[str, str | ToldMonth]:
    return {f"2026-{month:02}": m3 for month, m3 in enumerate(volumes, 1)}


def _ids(judged: JudgedYear) -> list[tuple[str, date]]:
    return [(each.level.id, each.first) for each in judged.reached]


def _certainties(judged: JudgedYear) -> set[Certainty]:
    return {each.certainty for each in judged.reached}


@pytest.mark.parametrize(
    ("m3", "levels"),
    [("110", []), ("110.001", ["over_month"]), ("109.999", [])],
)
def test_a_month_is_over_above_ten_percent_and_not_at_it(m3: str, levels: list[str]) -> None:
    ladder = _ladder(FULL[1])
    found = _judged(_year(m3), today=date(2026, 2, 1), ladder=ladder)
    assert [level for level, _ in _ids(found)] == levels


@pytest.mark.parametrize(("last", "levels"), [("130", []), ("130.001", ["over_quarter"])])
def test_a_quarter_is_over_above_ten_percent_of_its_three_months(last: str, levels: list[str]) -> None:
    found = _judged(_year("100", "100", last), today=date(2026, 4, 1), ladder=_ladder(FULL[2]))
    assert [level for level, _ in _ids(found)] == levels


@pytest.mark.parametrize(("last", "levels"), [("459.999", []), ("460", ["over_year"])])
def test_a_year_is_over_from_thirty_percent_on_with_the_edge_itself(last: str, levels: list[str]) -> None:
    volumes = _year(*["100"] * 11, last)  # 1,200 allowed, the edge is 1,560
    found = _judged(volumes, today=date(2027, 1, 1).replace(year=2026, month=12, day=31))
    assert [level for level, _ in _ids(found) if level == "over_year"] == levels


@pytest.mark.parametrize(("m3", "levels"), [("100", []), ("100.01", ["near"])])
def test_near_begins_where_the_forecast_passes_the_plan(m3: str, levels: list[str]) -> None:
    found = _judged(_year(*[m3] * 6), today=date(2026, 7, 1))
    assert [level for level, _ in _ids(found)] == levels


def test_an_allowance_of_nothing_is_passed_by_any_use_and_by_no_other() -> None:
    nothing = (Decimal(0),) * 12
    used = _judged(_year("0.001"), today=date(2026, 2, 1), allowances=nothing)
    assert {level for level, _ in _ids(used)} == {"near", "over_month", "over_quarter", "over_year"}
    assert not _judged(_year("0"), today=date(2026, 2, 1), allowances=nothing).reached


def test_a_higher_level_covers_the_lower_ones_within_its_period() -> None:
    found = _judged(_year("900", "900", "100", "150"), today=date(2026, 5, 1))
    assert [each.level.id for each in found.standing] == ["over_year"]
    quarter = _judged(_year("90", "150", "100", "115"), today=date(2026, 5, 1))
    assert [(each.level.id, each.first.month) for each in quarter.standing] == [
        ("near", 1),  # the year will be over
        ("over_month", 4),
        ("over_quarter", 1),  # covers February
    ]


def test_a_forecast_is_sure_when_its_whole_interval_passes_and_likely_when_its_middle_does() -> None:
    likely = _judged(_year(*["101"] * 6), today=date(2026, 7, 1), ladder=_ladder(FULL[0]))
    sure = _judged(_year(*["201"] * 6), today=date(2026, 7, 1), ladder=_ladder(FULL[0]))
    assert (_certainties(likely), _certainties(sure)) == ({Certainty.LIKELY}, {Certainty.SURE})


def test_a_level_passed_only_by_estimates_is_doubtful_and_not_silent() -> None:
    part = ToldMonth(month=_first("2026-01"), m3=Decimal(120), estimated_m3=Decimal(10))
    edge = _judged({"2026-01": part}, today=date(2026, 2, 1), ladder=_ladder(FULL[1]))
    assert [each.doubts for each in edge.reached] == [(Doubt.ESTIMATED,)]  # 110 measured is not above
    small = ToldMonth(month=_first("2026-01"), m3=Decimal(120), estimated_m3=Decimal(9))
    sure = _judged({"2026-01": small}, today=date(2026, 2, 1), ladder=_ladder(FULL[1]))
    assert _certainties(sure) == {Certainty.SURE}


def test_a_finding_at_a_meter_makes_a_warning_doubtful_and_does_not_take_it_away() -> None:
    plain = _judged(_year("150"), today=date(2026, 2, 1))
    doubted = _judged(_year("150"), today=date(2026, 2, 1), has_findings=True)
    assert _ids(plain) == _ids(doubted)
    assert _certainties(doubted) == {Certainty.DOUBTFUL}


def test_months_of_which_nothing_is_known_make_a_forecast_doubtful() -> None:
    found = _judged({"2026-03": "150", "2026-01": "150"}, today=date(2026, 4, 1), ladder=_ladder(FULL[0]))
    assert [each.doubts for each in found.reached] == [(Doubt.MISSING,)]


def test_without_readings_nothing_is_reached_and_what_is_missing_is_said() -> None:
    found = _judged({}, today=date(2026, 4, 1))
    assert (found.reached, found.lacking) == ((), NoForecast(why=Lacking.NOTHING_TOLD))


@pytest.mark.parametrize(
    "levels",
    [
        [],
        [{**FULL[0], "above": "-0.1"}],
        [{**FULL[0], "at_least": "0"}],
        [{name: held for name, held in FULL[0].items() if name != "above"}],
        [{**FULL[0], "period": "week"}],
        [{**FULL[0], "basis": "hope"}],
        [FULL[1], FULL[1]],
        [{**FULL[1], "id": "higher", "above": "0.2"}, FULL[1]],
        [{**FULL[1], "surprise": "1"}],
    ],
)
def test_a_ladder_of_another_form_is_refused(levels: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRuleError) as refused:
        ladder_of(value_of(record(levels=levels), rule=RULE))
    assert refused.value.rule == f"{RULE} of 37 from 2020-01-01 (made-up, article 1)"


@pytest.mark.parametrize(("area", "edge"), [("3701", "0.30"), ("11", "0.20"), ("4403", "0.30")])
def test_every_shipped_ladder_can_be_read(area: str, edge: str) -> None:
    book = Rulebook(dict(shipped_rulebook()))
    ladder = ladder_of(book.value(RULE, Asked(area=area, on=date(2026, 6, 1))))
    assert ladder.levels[-1].excess == Decimal(edge)


_USES = st.lists(st.integers(0, 300), min_size=29, max_size=29)


@given(_USES, st.integers(24, 28), st.integers(1, 400), st.integers(0, 27))
def test_more_use_never_lowers_a_level(uses: list[int], place: int, more: int, day: int) -> None:
    def judged(volumes: list[int]) -> JudgedYear:
        months = {f"{shifted(date(2024, 1, 1), at):%Y-%m}": str(m3) for at, m3 in enumerate(volumes)}
        return _judged(dict(months), today=date(2026, 5, day + 1))

    raised = [each + more if at == place else each for at, each in enumerate(uses)]
    before, after = judged(uses), judged(raised)
    assert set(_ids(before)) <= set(_ids(after))
    highest = [max((each.level.rank for each in found.standing), default=-1) for found in (before, after)]
    assert highest[0] <= highest[1]


@given(_USES, st.randoms(use_true_random=False))
def test_the_order_of_days_does_not_matter(uses: list[int], shuffle: random.Random) -> None:
    days = [
        ToldMonth(month=shifted(date(2024, 1, 1), at), m3=Decimal(m3) / 8, told_share=Decimal("0.125"))
        for at, m3 in enumerate(uses)
        for _ in range(8)
    ]

    def judged() -> JudgedYear:
        asked = YearQuestion(
            years=user_years(days),
            allowances=EVEN,
            year=2026,
            on=date(2026, 5, 20),
            ladder=_ladder(),
            rules=RULES,
        )
        return judged_year(asked)

    first = judged()
    shuffle.shuffle(days)
    assert judged() == first
