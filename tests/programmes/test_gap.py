"""Gaps of districts and the candidates that would close them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from programmes.made import course, criteria, criterion, day, ground, kind, opened, to_award, yes
from shuiheng.programmes.counting import Count, CountQuestion, Stage, count_cases
from shuiheng.programmes.criteria import CriterionRule
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.gap import Candidate, closing, gap_of, nearest
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.scoring import Score, score_of
from shuiheng.programmes.tally import CaseTally, tally_of
from shuiheng.rules.conditions import FactValue, Truth

QUESTION = CountQuestion(rule=kind().counts[0], on=day(30), way=CountWay.STANDING)
TREE = criteria(
    criterion("care", CriterionRule.MANUAL, "50"),
    criterion("rules", CriterionRule.THRESHOLD, "50", passes=yes("has_rules")),
)
NOBODY = Count(cases=())


def _case(name: str, district: str, length: int = 11) -> CaseTally:
    events: list[CaseEvent] = [opened(subject=name, district=district), *to_award()[1:length]]
    return tally_of(course(), name, events)


def _score(**facts: FactValue) -> Score:
    return score_of(kind(criteria=TREE), TREE, ground(**facts))


def _candidate(
    subject: str,
    district: str = "d1",
    eligible: Truth = Truth.HOLDS,
    *,
    has_case: bool = False,
    **facts: FactValue,
) -> Candidate:
    return Candidate(
        subject=subject, district=district, eligible=eligible, score=_score(**facts), has_case=has_case
    )


def test_districts_show_what_they_have_and_lack() -> None:
    cases = [_case("a", "d1"), _case("b", "d1", 3), _case("c", "d2"), _case("d", "d2"), _case("e", "d3", 1)]
    shares = {"d1": Decimal(3), "d2": Decimal(1), "d4": Decimal(2)}
    gap = gap_of(cases, QUESTION, target=Decimal(7), shares=shares)
    found = {each.district: (each.done, each.short) for each in gap.districts}
    assert found == {"d1": (1, 2), "d2": (2, 0), "d3": (0, 0), "d4": (0, 2)}
    assert gap.districts[0].stages == {Stage.DONE: 1, Stage.UNDER_WAY: 1}
    assert (gap.done, gap.short, gap.unshared) == (3, 4, 1)
    assert gap.districts[0].is_known


def test_a_district_of_which_an_amount_is_unknown_says_so() -> None:
    events: list[CaseEvent] = [opened(subject="a", district="d1"), *to_award(amounts={})[1:]]
    question = CountQuestion(rule=kind().counts[1], on=day(30), way=CountWay.STANDING)
    gap = gap_of([tally_of(course(), "a", events)], question, target=Decimal(7), shares={})
    assert not gap.districts[0].is_known


def test_the_nearest_candidates_come_first_and_those_who_cannot_are_left_out() -> None:
    candidates = [
        _candidate("far"),
        _candidate("near", **{"points:care": Decimal(40)}),
        replace(_candidate("started"), has_case=True),
        replace(_candidate("doubtful", **{"points:care": Decimal(50)}), eligible=Truth.UNKNOWN),
        replace(_candidate("out"), eligible=Truth.BREAKS),
        _candidate("fails", has_rules=False, **{"points:care": Decimal(40)}),
        _candidate("counted"),
    ]
    count = count_cases([_case("counted", "d1")], QUESTION)
    names = [each.subject for each in nearest(candidates, count, level="province")]
    assert names == ["started", "near", "far", "doubtful"]
    assert candidates[1].lacks("province") == 35


def test_a_kind_without_criteria_has_candidates_too() -> None:
    plain = Candidate(subject="pipe", district="d1", eligible=Truth.HOLDS)
    assert nearest([plain], NOBODY) == (plain,)
    assert plain.lacks() == 0


def test_candidates_close_the_gap_of_their_own_district_only() -> None:
    shares = {"d1": Decimal(2), "d2": Decimal(1)}
    gap = gap_of([_case("a", "d1")], QUESTION, target=Decimal(3), shares=shares)
    able = [_candidate(name, district) for name, district in (("b", "d1"), ("c", "d1"), ("e", "d3"))]
    found = closing(able, gap)
    assert {name: [each.subject for each in chosen] for name, chosen in found.items()} == {
        "d1": ["b"],
        "d2": [],
    }
