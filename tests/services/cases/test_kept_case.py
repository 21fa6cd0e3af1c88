"""The kept columns of a case say what its events come to, and by when what is open is due."""

from __future__ import annotations

import pytest

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import CaseHolding
from shuiheng.services.cases.case_course import course_of_history, kind_of
from shuiheng.services.cases.keep_case import events_of, state_of
from shuiheng.services.cases.kept_case import keep_state
from shuiheng.services.rules.rulebook_now import rulebook_now

pytestmark = pytest.mark.django_db


def test_the_next_step_and_its_day_follow_the_last_one(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    first_due = row.due_on
    bring_on(city, row, until="apply")
    assert row.open_steps == ["review"] and row.phase == "under_way"
    assert row.due_on is not None and first_due is not None and row.due_on != first_due


def test_a_result_holds_and_is_due_for_a_recheck(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    assert row.open_steps == [] and row.holding == CaseHolding.VALID
    assert row.reached_on is not None and row.recheck_on is not None
    assert row.due_on == row.recheck_on


def test_what_readings_broke_stays_broken_when_something_else_happens(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    row.risks = ["per_capita"]
    keep_state(row, course_of_history(kind_of(row)), state_of(row), events_of(row), rulebook_now(row.place))
    assert row.holding == CaseHolding.AT_RISK
