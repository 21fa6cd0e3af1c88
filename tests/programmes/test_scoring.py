"""Scores: bounds, vetoes, scaling, bonus, and that the true score always lies between."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.made import FIRST, criteria, criterion, day, ground, kind, yes
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.programmes.criteria import Absent, Criteria, CriterionRule, Slope
from shuiheng.programmes.errors import NothingAskedError
from shuiheng.programmes.scoring import Score, Verdict, score_of
from shuiheng.rules.conditions import FactValue

D = Decimal
VETO = criterion("lawful", CriterionRule.VETO, passes=yes("lawful"), applies=yes("is_judged"))
RULES = criterion("rules", CriterionRule.THRESHOLD, "40", passes=yes("has_rules"))
COOLING = criterion("cooling", CriterionRule.THRESHOLD, "20", passes=yes("cools"), applies=yes("has_cooling"))
REUSE = criterion(
    "reuse", CriterionRule.LINEAR, "40", fact="reuse", slope=Slope(zero_at=D("0"), full_at=D("1"))
)
BONUS = criterion("rain", CriterionRule.THRESHOLD, "15", passes=yes("rain"), is_bonus=True)
TREE = criteria(VETO, RULES, COOLING, REUSE, BONUS, most_bonus=D(10))
GOOD: dict[str, FactValue] = {
    "is_judged": True,
    "lawful": True,
    "has_rules": True,
    "has_cooling": True,
    "cools": True,
    "reuse": D("0.5"),
    "rain": False,
}


def _score(tree: Criteria = TREE, **facts: FactValue) -> Score:
    return score_of(kind(criteria=tree), tree, ground(**facts))


def test_a_score_of_known_facts_is_one_number_with_its_arithmetic() -> None:
    score = _score(**GOOD)
    assert (score.lowest, score.highest, score.missing) == (80, 80, ())
    assert score.verdict("city") is Verdict.PASSED
    assert score.sure.value == 80
    assert [each.value for each in score.sure.steps] == [40, 20, 20, 0, 80, 80]
    assert score.sure.steps[-1].formula == "80.0 × 100 ÷ 100 + 0"
    assert {each.rule for each in score.sure.citations} == {
        f"programmes/school/{name}" for name in ("rules", "cooling", "reuse", "rain")
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_step_of_a_score_has_its_words(language: str) -> None:
    care = criterion("care", CriterionRule.MANUAL, "40")
    steps = _score(criteria(care, REUSE), **{"points:care": D(30), "reuse": D("0.5")}).sure.steps
    words = derivation_words(language)
    named = {each.name for step in steps for each in (step, *step.terms)}
    assert {"criterion_fact", "points_by_person", "score"} <= named <= set(words.names)
    assert "points" in words.units


def test_what_is_missing_opens_the_verdict_and_is_named() -> None:
    facts = {name: value for name, value in GOOD.items() if name != "reuse"}
    score = _score(**facts)
    assert (score.lowest, score.highest, score.missing) == (60, 100, ("reuse",))
    assert score.verdict("city") is Verdict.PASSED
    assert score.verdict("province") is Verdict.OPEN
    assert score.passed_levels == {"city"}


def test_a_score_whose_best_is_below_the_mark_has_failed() -> None:
    assert _score(**{**GOOD, "has_rules": False, "cools": False}).verdict("city") is Verdict.FAILED


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"lawful": False}, Verdict.FAILED),
        ({"lawful": False, "is_judged": False}, Verdict.PASSED),
        ({"lawful": None}, Verdict.OPEN),
        ({"lawful": False, "is_judged": None}, Verdict.OPEN),
        ({"lawful": True, "is_judged": None}, Verdict.PASSED),
    ],
)
def test_a_veto_is_broken_only_where_it_surely_concerns(
    facts: dict[str, bool | None], verdict: Verdict
) -> None:
    known: dict[str, FactValue] = {
        name: value for name, value in {**GOOD, **facts}.items() if value is not None
    }
    score = _score(**known)
    assert score.verdict("city") is verdict
    assert bool(score.vetoes) is (verdict is Verdict.FAILED)


def test_three_thirds_of_the_points_are_all_that_the_mark_asks() -> None:
    slope = Slope(zero_at=Decimal(0), full_at=Decimal("0.3"))
    names = ("a", "b", "c")
    leaves = [criterion(each, CriterionRule.LINEAR, "10", fact=each, slope=slope) for each in names]
    tree = criteria(*leaves, pass_marks={"": Decimal(10)})
    found = score_of(kind(), tree, ground(**dict.fromkeys(names, Decimal("0.1"))))
    assert (found.lowest, found.verdict()) == (10, Verdict.PASSED)


def test_what_does_not_concern_a_subject_is_scaled_away_or_given() -> None:
    facts: dict[str, FactValue] = {**GOOD, "has_cooling": False}
    assert _score(**facts).lowest == 75  # 60 of 80
    full = criteria(VETO, RULES, COOLING, REUSE, BONUS, absent=Absent.FULL)
    assert _score(full, **facts).lowest == 80


def test_bonus_comes_on_top_and_is_capped() -> None:
    facts: dict[str, FactValue] = {**GOOD, "rain": True, "reuse": D(1)}
    assert _score(**facts).lowest == 110


def test_a_criterion_is_asked_from_its_first_day_until_its_last() -> None:
    old = criterion("old", CriterionRule.MANUAL, "100", valid_to=day(10))
    new = criterion("new", CriterionRule.MANUAL, "100", valid_from=day(10))
    tree = criteria(old, new, full=D(100))
    for on, name in ((day(9), "old"), (day(10), "new")):
        score = score_of(kind(), tree, ground(on))
        assert [line.criterion.id for line in score.lines] == [name]


def test_a_subject_whom_nothing_concerns_has_no_score() -> None:
    tree = criteria(COOLING, pass_marks={"city": D(1)})
    with pytest.raises(NothingAskedError, match=str(FIRST)):
        _score(tree, has_cooling=False)


FLAGS = ("is_judged", "lawful", "has_rules", "has_cooling", "cools", "rain")


@given(
    flags=st.fixed_dictionaries({name: st.booleans() for name in FLAGS}),
    reuse=st.integers(-10, 110).map(lambda number: D(number) / 100),
    hidden=st.sets(st.sampled_from((*FLAGS, "reuse"))),
    absent=st.sampled_from(Absent),
)
def test_the_true_score_lies_between_the_bounds_and_a_verdict_never_turns(
    flags: dict[str, bool], reuse: Decimal, hidden: set[str], absent: Absent
) -> None:
    tree = criteria(VETO, RULES, COOLING, REUSE, BONUS, most_bonus=D(10), absent=absent)
    facts: dict[str, FactValue] = {**flags, "reuse": reuse}
    full = _score(tree, **facts)
    part = _score(tree, **{name: value for name, value in facts.items() if name not in hidden})
    assert full.lowest == full.highest
    assert part.lowest <= full.lowest <= part.highest
    assert part.verdict("city") in (Verdict.OPEN, full.verdict("city"))
