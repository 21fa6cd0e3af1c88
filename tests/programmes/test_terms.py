"""Terms: what the rule of a place says, and on which days things are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programmes.made import RESULT, STEPS, added, course, day, ended, kind, state, step, to_award
from shuiheng.kernel.term import Term, TermUnit
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.kind import Deadline, Lasting
from shuiheng.programmes.terms import due_on, recheck_due_on, term_of, valid_until
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue, Parameter, Shape

YEARS = TermUnit.YEARS
FIVE = Term(count=60, unit=TermUnit.MONTHS)
OF_PLACE = Lasting(term=FIVE, rule="audits/test", part="every", unit=YEARS)


def _book(every: str) -> Rulebook:
    value = DatedValue(
        rule="audits/test",
        area="3710",
        valid_from=date(2020, 1, 1),
        value={"every": Decimal(every)},
        source="law",
        clause="",
        recorded_on=date(2020, 1, 1),
    )
    rule = Parameter(
        id="audits/test", names={}, unit="", shape=Shape.RECORD, fields={"every": "years"}, values=(value,)
    )
    return Rulebook({"audits/test": rule})


def test_the_rule_of_the_place_comes_before_the_term_of_the_kind() -> None:
    here, elsewhere = Asked(area="3710", on=day(0)), Asked(area="3301", on=day(0))
    assert term_of(OF_PLACE, _book("3"), here) == Term(count=3, unit=YEARS)
    assert term_of(OF_PLACE, _book("3"), elsewhere) == FIVE
    assert term_of(Lasting(term=FIVE), Rulebook({}), here) == FIVE


@pytest.mark.parametrize("every", ["2.5", "0", "-1"])
def test_a_rule_that_gives_no_whole_number_does_not_speak_of_it(every: str) -> None:
    assert term_of(OF_PLACE, _book(every), Asked(area="3710", on=day(0))) == FIVE


def test_a_result_holds_to_the_same_day_or_without_end() -> None:
    assert valid_until(date(2024, 2, 29), Term(count=3, unit=YEARS)) == date(2027, 2, 28)
    assert valid_until(date(2024, 2, 29), None) is None


def test_a_recheck_is_due_after_the_award_and_then_after_the_last_recheck() -> None:
    term = RESULT.recheck_every.term
    assert recheck_due_on(state(to_award()[:5]), term) is None
    assert recheck_due_on(state(to_award()), term) == date(2025, 1, 21)
    assert recheck_due_on(state(to_award()), None) is None
    risen: list[CaseEvent] = [*to_award(), ended("upgrade", 366, number="B", level="province")]
    assert recheck_due_on(state(risen), term) == date(2026, 1, 1)
    kept = [*risen, added("r", "recheck", "report", 400), ended("recheck", 400, valid_until=day(2000))]
    assert recheck_due_on(state(kept), term) == date(2026, 2, 4)


def test_a_step_is_due_workdays_after_another_or_on_a_day_of_the_year() -> None:
    started = state(to_award()[:1])
    apply_step, award = STEPS[0], STEPS[-1]
    due = due_on(course(), started, apply_step)
    assert due is not None and due.on == date(2024, 1, 15)
    named = due_on(course(), state(to_award()[:10]), award)
    assert named is not None and named.on == date(2024, 11, 30)
    assert due_on(course(), started, STEPS[1]) is None


def test_a_day_of_the_year_that_has_passed_is_that_of_the_next() -> None:
    early = step("later", deadline=Deadline(month_day=(2, 29)))
    for first, due in ((date(2024, 3, 1), date(2025, 2, 28)), (date(2024, 2, 29), date(2024, 2, 29))):
        opened_then = state([_opened(first)])
        found = due_on(course(), opened_then, early)
        assert found is not None and found.on == due


def test_a_term_runs_from_a_step_that_has_ended() -> None:
    later = step("later", deadline=Deadline(term=Term(count=3, unit=TermUnit.DAYS), after="apply"))
    assert due_on(course(), state(to_award()[:2]), later) is None
    found = due_on(course(), state(to_award()[:3]), later)
    assert found is not None and found.named == day(5)


def test_a_term_that_runs_from_an_optional_step_that_nobody_took_runs_from_the_steps_before() -> None:
    three = Deadline(term=Term(count=3, unit=TermUnit.DAYS), after="seen")
    seen = step("seen", "apply", is_optional=True)
    later = step("later", "seen", deadline=three)
    yearly = step("yearly", "seen", deadline=Deadline(month_day=(1, 2)))
    here = course(kind=kind(steps=(*STEPS, seen, later, yearly)))
    events = to_award()[:3]
    assert due_on(here, state(events[:2], kind=here.kind), later) is None
    left_out, taken = (
        state(each, kind=here.kind)
        for each in (events, [*events, added("s", "seen", "x", 4), ended("seen", 4)])
    )
    for before, on, of_year in ((left_out, day(5), date(2025, 1, 2)), (taken, day(7), date(2025, 1, 2))):
        due, named = due_on(here, before, later), due_on(here, before, yearly)
        assert due is not None and due.named == on
        assert named is not None and named.on == of_year


def _opened(on: date) -> CaseEvent:
    return replace(to_award()[0], on=on)
