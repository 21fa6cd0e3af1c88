"""Counts: what stands, was ever reached, was reached in the year; by level, district and subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from programmes.made import added, course, day, ended, kind, opened, to_award
from shuiheng.programmes.counting import Count, CountQuestion, Stage, count_cases, stage_of
from shuiheng.programmes.events import CaseEvent, Revoked, Withdrawn
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.tally import CaseTally, tally_of

STANDING, CUMULATIVE, IN_YEAR = CountWay.STANDING, CountWay.CUMULATIVE, CountWay.IN_YEAR
BUILT, KILOMETRES = kind().counts
LEVELS = ("city", "province")
RISEN = ended("upgrade", 400, number="B-1", level="province")
REVOKED = Revoked(on=day(100), by="head", reason="fraud")


def _case(
    name: str, *more: CaseEvent, subject: str = "", district: str = "d1", start: int = 0, **award: Any
) -> CaseTally:
    events = [replace(event, on=day((event.on - day(0)).days + start)) for event in to_award(**award)]
    events[0] = opened(on=day(start), subject=subject or name, district=district)
    return tally_of(course(), name, [*events, *more])


def _count(tallies: Iterable[CaseTally], on: date, way: CountWay = STANDING, **changed: Any) -> Count:
    given: dict[str, Any] = {"rule": BUILT, "on": on, "way": way, "levels": LEVELS, **changed}
    return count_cases(tallies, CountQuestion(**given))


@pytest.mark.parametrize(
    ("on", "standing", "cumulative", "in_year"),
    [
        (day(19), 0, 0, 0),
        (day(20), 1, 1, 1),
        (date(2024, 12, 31), 1, 1, 1),
        (date(2025, 1, 1), 1, 1, 0),
        (day(20 + 3 * 365), 1, 1, 0),
        (day(20 + 3 * 365 + 1), 0, 1, 0),
    ],
)
def test_what_expires_stays_in_the_sum_of_all_years(
    on: date, standing: int, cumulative: int, in_year: int
) -> None:
    cases = [_case("a")]
    counts = [_count(cases, on, way).value for way in (STANDING, CUMULATIVE, IN_YEAR)]
    assert counts == [standing, cumulative, in_year]


def test_what_was_revoked_in_its_year_is_no_result_of_the_year() -> None:
    cases = [_case("a", REVOKED)]
    assert [_count(cases, day(99), way).value for way in CountWay] == [1, 1, 1]
    assert [_count(cases, day(100), way).value for way in (STANDING, CUMULATIVE, IN_YEAR)] == [0, 1, 0]


def test_an_upgrade_counts_once_at_each_level_and_once_in_all() -> None:
    cases = [_case("a", RISEN), _case("b")]
    on = date(2025, 12, 31)
    assert _count(cases, on).value == 2
    assert {level: count.value for level, count in _count(cases, on).by_level().items()} == {
        "city": 1,
        "province": 1,
    }
    assert [_count(cases, on, level=level).value for level in LEVELS] == [2, 1]
    assert [_count(cases, on, IN_YEAR, level=level).value for level in ("", "city", "province")] == [0, 0, 1]
    assert _count(cases, day(399), level="province").value == 0


def test_a_subject_with_two_cases_counts_once() -> None:
    first = _case("a", subject="school", valid_until=day(500))
    renewed = _case("b", subject="school", start=450, valid_until=day(2000))
    again = _case("c", subject="school", start=450, valid_until=day(2000))
    both = [first, renewed, again]
    assert _count(both, day(480)).value == 1
    assert _count(both, day(480), CUMULATIVE).value == 1
    assert _count(both, day(480), IN_YEAR).value == 0  # it stood on the eve, so it is not new
    after = _case("d", subject="school", start=600, valid_until=day(2000))
    assert _count([first, after], day(640), IN_YEAR).value == 1
    assert _count([first, after], day(640), CUMULATIVE, since=day(300)).value == 1
    assert _count([first, renewed], day(640), CUMULATIVE, since=day(300)).value == 0


def test_each_case_adds_its_amount_and_an_unknown_one_is_not_zero() -> None:
    cases = [_case("a"), _case("b", subject="a"), _case("c", amounts={})]
    count = _count(cases, day(30), rule=KILOMETRES)
    assert (count.least, count.value) == (Decimal(3), None)
    assert [case.tally.case for case in count.unknown] == ["c"]
    assert _count(cases[:2], day(30), rule=KILOMETRES).value == Decimal(3)


def test_districts_add_up_to_the_whole() -> None:
    cases = [_case("a"), _case("b", district="d2"), _case("c", district="d2")]
    assert {name: count.value for name, count in _count(cases, day(30)).by_district().items()} == {
        "d1": 1,
        "d2": 2,
    }


def test_a_subject_that_counts_in_another_kind_does_not_count_again() -> None:
    cases = [_case("a"), _case("b")]
    assert _count(cases, day(30), elsewhere=frozenset({"a"})).value == 1


def test_only_what_was_reached_since_a_day_counts_for_a_plan_that_says_newly_built() -> None:
    cases = [_case("a"), _case("b", start=10)]
    assert _count(cases, day(60), CUMULATIVE, since=day(21)).value == 1


def test_a_late_recheck_makes_nothing_new() -> None:
    late: list[CaseEvent] = [
        added("r", "recheck", "report", 1500),
        ended("recheck", 1500, valid_until=day(3000)),
    ]
    cases = [_case("a", *late)]
    assert [_count(cases, day(1500), way).value for way in (STANDING, CUMULATIVE, IN_YEAR)] == [1, 1, 0]


def test_a_mistake_counts_as_never_reached_from_the_day_on_which_it_is_taken_back() -> None:
    for taken_back in (100, 3000):  # before and after it had expired
        mistake = Withdrawn(on=day(taken_back), by="clerk", reason="导错", is_mistake=True)
        cases = [_case("a", mistake), _case("b")]
        assert _count(cases, day(50), STANDING).value == 2
        assert _count(cases, day(3000), CUMULATIVE).value == 1


def test_stages_of_a_case() -> None:
    reached = _case("a", REVOKED)
    days = {-1: None, 0: Stage.PLANNED, 2: Stage.UNDER_WAY, 20: Stage.DONE, 100: Stage.LOST}
    assert {number: stage_of(reached, BUILT, day(number)) for number in days} == days
    assert stage_of(_case("b"), BUILT, day(20 + 3 * 365 + 1)) is Stage.LOST
    given_up = tally_of(course(), "c", [opened(), Withdrawn(on=day(3), by="clerk", reason="撤并")])
    assert stage_of(given_up, BUILT, day(3)) is Stage.DROPPED
