"""A case as it stands: what is open, what evidence it lacks."""

from __future__ import annotations

from programmes.made import STEPS, accepted, added, course, day, kind, opened, state, step, to_award
from shuiheng.programmes.case import last_open_day, missing_evidence, open_steps, waits_for


def test_open_steps_are_those_that_wait_for_nothing() -> None:
    made = course().kind
    assert open_steps(made, state([opened()])) == ("apply", "note")
    assert open_steps(made, state(to_award()[:3])) == ("note", "review")
    assert waits_for(made, state([opened()]), made.step("review")) == ("apply",)


def test_what_may_be_left_out_does_not_hide_what_it_rests_on() -> None:
    steps = (step("apply"), step("note", "apply", is_optional=True), step("award", "note"))
    made = kind(steps=steps)
    assert open_steps(made, state([opened()])) == ("apply",)
    assert waits_for(made, state([opened()]), steps[2]) == ("apply",)


def test_evidence_counts_when_it_was_accepted_where_that_is_asked() -> None:
    review = STEPS[2]
    pieces = [added("p1", "review", "photo", 1), added("p2", "review", "photo", 1)]
    assert missing_evidence(state([opened(), *pieces]), review) == ("photo",)
    looked = [*pieces, accepted("p1", 2), accepted("p2", 2)]
    assert missing_evidence(state([opened(), *looked]), review) == ()


def test_rejected_evidence_counts_nowhere() -> None:
    apply_step, piece = STEPS[0], added("e1", "apply", "report", 1)
    assert missing_evidence(state([opened(), piece]), apply_step) == ()
    rejected = accepted("e1", 2, is_accepted=False)
    assert missing_evidence(state([opened(), piece, rejected]), apply_step) == ("report",)


def test_evidence_of_another_step_or_kind_does_not_count() -> None:
    wrong = [added("a", "review", "report", 1), added("b", "apply", "photo", 1)]
    assert missing_evidence(state([opened(), *wrong]), STEPS[0]) == ("report",)


def test_objections_are_taken_for_the_workdays_of_the_publication() -> None:
    published = state(to_award()[:9])
    assert last_open_day(course(), published, STEPS[3]) == day(11)
