"""What a target asks to be counted follows its words; what counts for it adds up and counts nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.made import NAMES, course, day, kind, opened, to_award
from programmes.test_target_link import target
from shuiheng.plans.model import PlanHeader
from shuiheng.programmes.counting import Stage
from shuiheng.programmes.events import Opened
from shuiheng.programmes.kind import CountRule, CountWay, OncePer
from shuiheng.programmes.tally import CaseTally, tally_of
from shuiheng.programmes.target_counting import (
    CountProblem,
    TargetQuestion,
    count_for,
    gap_for,
    kinds_needed,
    per_unit,
    problem_of,
    question_of,
    rates_of,
    stages_for,
    within,
    year_of_plan,
    years_of,
)
from shuiheng.programmes.target_link import Served, TargetLink

ON = date(2025, 6, 30)
SCHOOL, COLLEGE = Served("school", "built"), Served("college", "built")
KINDS = {
    "school": kind(),
    "college": kind(
        id="college",
        counts=(
            CountRule(id="built", names=NAMES, step="award", not_also=("school",)),
            CountRule(id="kilometres", names=NAMES, step="award", measure="length", once_per=OncePer.CASE),
        ),
    ),
}
LINK = TargetLink(target="T01", programmes=(SCHOOL,))


def case(name: str, subject: str, *, of: str = "school", district: str = "d1", start: int = 0) -> CaseTally:
    """Return the tally of a case that was awarded twenty days after its start."""
    events = [replace(event, on=day((event.on - day(0)).days + start)) for event in to_award()]
    events[0] = opened(on=day(start), subject=subject, district=district)
    return tally_of(course(kind=KINDS[of]), name, events)


def begun(name: str, subject: str, district: str) -> CaseTally:
    """Return the tally of a case that was only opened."""
    event: Opened = opened(subject=subject, district=district)
    return tally_of(course(), name, [event])


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2025年某市节水行动方案", 2025),
        ("某市节水行动方案（2021—2025年）", None),
        ("某市2021年至2025年节水行动方案", None),
        ("某市节水行动方案", None),
        ("2024年、2025年任务分工", None),
    ],
)
def test_a_plan_of_one_year_names_one_year(title: str, year: int | None) -> None:
    assert year_of_plan(PlanHeader(title=title)) == year


@pytest.mark.parametrize(
    ("metric", "more", "title", "wanted"),
    [
        ("建成节水型学校", {}, "方案", (None, None, None)),
        ("每年创建节水型学校", {"annual": True}, "2025年方案", (CountWay.IN_YEAR, None, None)),
        ("创建节水型学校", {}, "2025年方案", (CountWay.IN_YEAR, date(2025, 1, 1), 2025)),
        ("创建节水型学校", {"deadline": date(2026, 12, 31)}, "2025年方案", (None, None, None)),
        ("节水型学校总数", {}, "2025年方案", (None, None, None)),
        ("累计创建节水型学校", {}, "2025年方案", (CountWay.CUMULATIVE, None, None)),
        ("新增节水型学校", {"baseline_year": 2020}, "方案", (CountWay.CUMULATIVE, date(2021, 1, 1), None)),
        ("新增节水型学校", {}, "方案", (CountWay.CUMULATIVE, None, None)),
    ],
)
def test_the_way_follows_the_words(
    metric: str, more: dict[str, object], title: str, wanted: tuple[object, object, object]
) -> None:
    asked = question_of(target(metric, **more), LINK, PlanHeader(title=title))
    assert (asked.way, asked.since, asked.year) == wanted


def test_new_ones_of_a_plan_without_base_year_begin_with_its_year_of_issue() -> None:
    header = PlanHeader(title="方案", issued=date(2022, 5, 9))
    assert question_of(target("新建节水型学校"), LINK, header).since == date(2022, 1, 1)


def test_the_year_of_a_plan_of_one_year_does_not_move_on() -> None:
    asked = TargetQuestion(served=(SCHOOL,), way=CountWay.IN_YEAR, since=date(2024, 1, 1), year=2024)
    tallies = {"school": [case("a", "s1"), case("b", "s2", start=400)]}
    counts = [
        count_for(asked, KINDS, tallies, on).value
        for on in (date(2023, 12, 31), day(19), day(20), date(2024, 12, 31), date(2026, 1, 1))
    ]
    assert counts == [0, 0, 1, 1, 1]
    assert years_of(asked, tallies["school"], date(2026, 1, 1)) == (2024,)
    assert years_of(asked, tallies["school"], date(2023, 1, 1)) == ()


def test_a_subject_of_two_kinds_counts_once_for_a_target() -> None:
    tallies = {
        "school": [case("a", "s1"), case("b", "s2", district="d2")],
        "college": [case("c", "s1", of="college"), case("d", "s3", of="college")],
    }
    both = TargetQuestion(served=(SCHOOL, COLLEGE))
    count = count_for(both, KINDS, tallies, ON)
    assert [each.tally.case for each in count.cases] == ["a", "b", "d"]
    assert within(count, {"d1"}).value == 2
    assert {name: part.value for name, part in count.by_district().items()} == {"d1": 2, "d2": 1}


def test_what_counts_in_a_kind_that_is_named_does_not_count_again() -> None:
    tallies = {"school": [case("a", "s1")], "college": [case("c", "s1", of="college")]}
    alone = TargetQuestion(served=(COLLEGE,))
    assert kinds_needed(alone, KINDS) == {"school", "college"}
    assert count_for(alone, KINDS, tallies, ON).value == 0
    assert count_for(alone, KINDS, {"college": tallies["college"]}, ON).value == 1


def test_amounts_of_cases_count_for_a_subject_as_often_as_it_has_cases() -> None:
    length = TargetQuestion(served=(Served("school", "kilometres"), Served("college", "kilometres")))
    tallies = {
        "school": [case("a", "s1"), case("b", "s1", start=30)],
        "college": [case("c", "s1", of="college")],
    }
    assert count_for(length, KINDS, tallies, ON).value == Decimal("4.5")
    assert per_unit(length, KINDS, "米") == 1000 and per_unit(length, KINDS, "km") == 1


def test_a_rate_is_counted_by_its_numerator_and_stands_in_percent() -> None:
    share = TargetQuestion(served=(Served("school", "share"),))
    assert [rate.id for _, rate in rates_of(share, KINDS)] == ["share"]
    assert per_unit(share, KINDS, "%") == 100
    assert count_for(share, KINDS, {"school": [case("a", "s1")]}, ON).value == 1


def test_what_no_kind_knows_is_a_problem_and_not_nothing() -> None:
    assert problem_of(TargetQuestion(served=(Served("mill", "built"),)), KINDS) is CountProblem.GONE
    assert problem_of(TargetQuestion(served=(Served("school", "tons"),)), KINDS) is CountProblem.GONE
    assert problem_of(TargetQuestion(served=(SCHOOL,), level="nation"), KINDS) is CountProblem.NO_LEVEL
    assert problem_of(TargetQuestion(served=(SCHOOL,), level="province"), KINDS) is None


def test_a_district_is_short_by_what_its_share_lacks() -> None:
    asked = TargetQuestion(served=(SCHOOL,))
    tallies = {"school": [case("a", "s1"), begun("b", "s2", "d1"), begun("c", "s3", "d2")]}
    stages = stages_for(asked, KINDS, tallies, ON)
    assert stages == {"d1": {Stage.DONE: 1, Stage.PLANNED: 1}, "d2": {Stage.PLANNED: 1}}
    shares = {"d1": Decimal(1), "d2": Decimal(3)}
    gap = gap_for(count_for(asked, KINDS, tallies, ON), stages, target=Decimal(5), shares=shares)
    assert (gap.done, gap.short, gap.unshared) == (1, 4, 1)
    assert {each.district: each.short for each in gap.districts} == {"d1": 0, "d2": 3}


def test_years_begin_with_the_first_case_or_the_first_day_that_is_asked_for() -> None:
    asked = TargetQuestion(served=(SCHOOL,))
    tallies: Mapping[str, list[CaseTally]] = {"school": [case("a", "s1")]}
    assert years_of(asked, tallies["school"], ON) == (2024, 2025)
    assert years_of(replace(asked, since=date(2025, 1, 1)), tallies["school"], ON) == (2025,)
    assert years_of(asked, [], ON) == (2025,)


@given(
    cases=st.lists(
        st.tuples(
            st.sampled_from(["school", "college"]),
            st.sampled_from(["s1", "s2", "s3"]),
            st.sampled_from(["d1", "d2"]),
            st.integers(0, 900),
        ),
        max_size=8,
    ),
    on=st.integers(0, 2200),
    way=st.sampled_from([None, *CountWay]),
)
def test_districts_add_up_and_no_subject_counts_twice(
    cases: list[tuple[str, str, str, int]], on: int, way: CountWay | None
) -> None:
    tallies: dict[str, list[CaseTally]] = {"school": [], "college": []}
    for number, (of, subject, district, start) in enumerate(cases):
        tallies[of].append(case(f"c{number}", subject, of=of, district=district, start=start))
    count = count_for(TargetQuestion(served=(SCHOOL, COLLEGE), way=way), KINDS, tallies, day(on))
    subjects = [each.tally.subject for each in count.cases]
    assert len(subjects) == len(set(subjects))
    assert sum(part.value or 0 for part in count.by_district().values()) == count.value == len(subjects)
