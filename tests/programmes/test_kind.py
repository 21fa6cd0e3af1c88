"""Kinds: their steps, their documents, their facts, and whether they are templates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programmes.made import BASIS, RESULT, criteria, criterion, day, kind, yes
from shuiheng.programmes.criteria import CriterionRule
from shuiheng.programmes.errors import UnknownStepError
from shuiheng.programmes.kind import RateRule, steps_behind
from shuiheng.rules.parameter import Mark


def test_steps_are_found_by_id_with_those_after_the_award() -> None:
    assert kind().step("award").needs_number
    assert kind().step("recheck") is RESULT.recheck
    with pytest.raises(UnknownStepError, match="lunch"):
        kind().step("lunch")
    with pytest.raises(UnknownStepError):
        kind(result=replace(RESULT, recheck=None)).step("recheck")


def test_what_rests_on_a_step_is_all_behind_it() -> None:
    assert steps_behind(kind().steps, "review") == {"review", "publish", "award"}
    assert steps_behind(kind().steps, "note") == {"note", "review", "publish", "award"}


def test_a_kind_is_open_from_its_first_day_to_the_eve_of_its_end() -> None:
    ended = kind(valid_from=day(0), valid_to=day(10))
    assert [ended.is_open_on(day(number)) for number in (-1, 0, 9, 10)] == [False, True, True, False]
    assert kind().is_open_on(day(9999))


def test_a_kind_tells_its_documents_and_facts() -> None:
    leaf = criterion("rules", CriterionRule.THRESHOLD, "10", passes=yes("has_rules"), applies=yes("is_big"))
    rate = RateRule(id="share", names={}, count="built", register={}, members=yes("is_key"), weight="use")
    told = kind(eligibility=yes("is_school"), criteria=criteria(leaf), rates=(rate,))
    assert told.facts == {"is_school", "has_rules", "is_big", "is_key", "use"}
    assert told.documents == ("paper",)


def test_a_kind_whose_criteria_were_not_found_is_a_template() -> None:
    found = replace(BASIS, mark=Mark.FOUND)
    leaf = criterion("care", CriterionRule.MANUAL, "10")
    assert kind(criteria=criteria(leaf)).is_template
    assert not kind(criteria=criteria(leaf, basis=found)).is_template
    assert kind(criteria=criteria(replace(leaf, basis=BASIS), basis=found)).is_template
    assert not kind(criteria=None).is_template
