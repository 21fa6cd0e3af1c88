"""The machine of a case: what may happen to it, and what may not, each with its code."""

from __future__ import annotations

from typing import Any

import pytest

from programmes.made import (
    accepted,
    added,
    course,
    day,
    ended,
    kind,
    opened,
    state,
    to_award,
)
from shuiheng.programmes.case import Phase
from shuiheng.programmes.case_state import apply, replay
from shuiheng.programmes.errors import CaseError
from shuiheng.programmes.events import CaseEvent, Objected, ObjectionSettled, Published, Revoked, Withdrawn

AWARD = 11
PUBLISHED = 9


def _code(events: list[CaseEvent], last: CaseEvent, **changed: Any) -> str:
    before = state(events)
    with pytest.raises(CaseError) as caught:
        apply(course(**changed), before, last)
    return caught.value.code


def test_a_case_goes_from_planned_over_under_way_to_reached() -> None:
    events = to_award()
    phases = [state(events[: place + 1]).phase for place in range(len(events))]
    assert phases[:3] == [Phase.PLANNED, Phase.PLANNED, Phase.UNDER_WAY]
    assert phases[-1] is Phase.REACHED
    assert set(phases[2:-1]) == {Phase.UNDER_WAY}
    last = state(events)
    assert (last.level, last.number, last.levels[0].on) == ("city", "A-1", day(20))


def test_nothing_happens_to_a_case_before_it_is_opened_or_twice() -> None:
    for events in ([], [ended("apply", 1)], [opened(), opened()]):
        with pytest.raises(CaseError) as caught:
            replay(course(), events)
        assert caught.value.code == "programmes.not_opened"


def test_a_case_is_opened_while_its_kind_is_in_force_at_a_level_that_exists() -> None:
    closed = kind(valid_to=day(0))
    for given, code in (
        ((course(kind=closed), opened()), "programmes.kind_not_open"),
        ((course(), opened(level="planet")), "programmes.bad_level"),
    ):
        with pytest.raises(CaseError) as caught:
            apply(given[0], None, given[1])
        assert caught.value.code == code


def test_days_never_fall_and_a_frozen_period_takes_no_event() -> None:
    events = to_award()[:3]
    assert _code(events, added("x", "apply", "photo", 1)) == "programmes.day_order"
    frozen = added("x", "apply", "photo", 10)
    assert _code(events, frozen, frozen_until=day(10)) == "programmes.frozen_period"
    assert apply(course(frozen_until=day(9)), state(events), frozen).evidence["x"].added == frozen


def test_evidence_has_its_own_key_and_is_looked_at_once_by_another_person() -> None:
    events = to_award()[:4]
    cases: dict[str, CaseEvent] = {
        "programmes.evidence_exists": added("p1", "review", "photo", 4),
        "programmes.evidence_unknown": accepted("none", 4),
        "programmes.same_person": accepted("p1", 4, by="school"),
        "programmes.unknown_step": added("x", "lunch", "photo", 4),
    }
    for code, wrong in cases.items():
        assert _code(events, wrong) == code
    looked = [*events, accepted("p1", 4)]
    assert _code(looked, accepted("p1", 5, by="other")) == "programmes.evidence_settled"


def test_objections_are_taken_while_a_result_lies_open_and_keep_it_from_going_on() -> None:
    events = to_award()[:PUBLISHED]
    objected = [*events, Objected(on=day(8), by="citizen", key="o1")]
    upheld = [*objected, ObjectionSettled(on=day(9), by="clerk", key="o1", is_upheld=True)]
    dismissed = [*objected, ObjectionSettled(on=day(9), by="clerk", key="o1", is_upheld=False)]
    assert "publish" in state([*dismissed, ended("publish", 19)]).ended
    wrong: dict[str, tuple[list[CaseEvent], CaseEvent]] = {
        "objection_left": (objected, ended("publish", 19)),
        "objection_upheld": (upheld, ended("publish", 19)),
        "objection_late": (events, Objected(on=day(18), by="citizen", key="late")),
        "objection_exists": (objected, Objected(on=day(8), by="citizen", key="o1")),
        "objection_unknown": (events, ObjectionSettled(on=day(9), by="clerk", key="none", is_upheld=True)),
        "publication_twice": (events, Published(on=day(7), by="clerk", step="publish")),
        "publication_none": (events, Published(on=day(7), by="clerk", step="review")),
        "step_not_open": (to_award()[:3], Published(on=day(3), by="clerk", step="publish")),
    }
    for code, (before, event) in wrong.items():
        assert _code(before, event) == f"programmes.{code}"
    early = Objected(on=day(8), by="citizen", key="o1")
    assert _code(to_award()[:8], early) == "programmes.objection_late"
    again = ObjectionSettled(on=day(9), by="clerk", key="o1", is_upheld=True)
    assert _code(dismissed, again) == "programmes.objection_unknown"


def test_a_case_is_given_up_before_its_award_and_taken_away_after() -> None:
    given_up = Withdrawn(on=day(30), by="clerk", reason="学校撤并")
    fraud = Revoked(on=day(30), by="head", reason="fraud")
    assert state([*to_award()[:3], given_up]).phase is Phase.WITHDRAWN
    assert state([*to_award(), fraud]).phase is Phase.REVOKED
    assert _code(to_award(), given_up) == "programmes.wrong_phase"
    assert _code(to_award()[:3], fraud) == "programmes.wrong_phase"
    silent = Withdrawn(on=day(30), by="clerk", reason=" ")
    assert _code(to_award()[:3], silent) == "programmes.word_missing"
    mood = Revoked(on=day(30), by="head", reason="mood")
    assert _code(to_award(), mood) == "programmes.unknown_reason"


def test_a_mistake_is_taken_back_after_the_award_and_its_number_is_free() -> None:
    mistake = Withdrawn(on=day(30), by="clerk", reason="导错", is_mistake=True)
    after = state([*to_award(), mistake])
    assert (after.phase, after.number) == (Phase.WITHDRAWN, "")
    assert state(to_award()).number
    revoked = [*to_award(), Revoked(on=day(30), by="head", reason="fraud")]
    assert _code(revoked, mistake) == "programmes.wrong_phase"


@pytest.mark.parametrize(
    "event",
    [
        added("x", "award", "photo", 40),
        accepted("e1", 40),
        ended("award", 40),
        Published(on=day(40), by="clerk", step="publish"),
        Objected(on=day(40), by="citizen", key="o9"),
        Withdrawn(on=day(40), by="clerk", reason="again"),
        Revoked(on=day(40), by="head", reason="fraud"),
        ended("recheck", 40),
    ],
)
def test_nothing_happens_to_a_case_that_is_over(event: CaseEvent) -> None:
    for over in (
        [*to_award()[:3], Withdrawn(on=day(30), by="clerk", reason="学校撤并")],
        [*to_award(), Revoked(on=day(30), by="head", reason="fraud")],
    ):
        assert _code(over, event) in ("programmes.wrong_phase", "programmes.objection_late")
