"""A case stays in a phase until the next one; after its end nothing of it is told."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.odds.pace import Leaving
from shuiheng.programmes.case import Phase
from shuiheng.programmes.tally import CaseTally, PhaseChange
from shuiheng.services.indicators.case_courses import STAGES, course_of_tally, courses_of

START = date(2024, 1, 10)


def tally(*phases: Phase, days: int = 30) -> CaseTally:
    """Return a case that went through some phases, so many days in each."""
    changes = (
        PhaseChange(phase=phase, on=START + timedelta(days=days * step)) for step, phase in enumerate(phases)
    )
    return CaseTally(
        case="7",
        subject="a",
        district="1",
        aimed="",
        phases=tuple(changes),
        levels=(),
        spans={},
        amounts={},
    )


def test_a_case_that_was_reached_went_through_all_stages() -> None:
    stays = course_of_tally(tally(Phase.PLANNED, Phase.UNDER_WAY, Phase.REACHED)).stays
    assert [stay.stage for stay in stays] == list(STAGES)
    assert [stay.leaving for stay in stays] == [Leaving.NEXT, Leaving.NEXT]
    assert stays[0].left_on == stays[1].entered_on


def test_a_case_that_was_reached_at_once_has_a_stay_of_no_days() -> None:
    stays = course_of_tally(tally(Phase.PLANNED, Phase.REACHED)).stays
    assert [stay.stage for stay in stays] == list(STAGES)
    assert stays[1].entered_on == stays[1].left_on


def test_a_refusal_and_a_withdrawal_end_it() -> None:
    assert course_of_tally(tally(Phase.PLANNED, Phase.REFUSED)).stays[-1].leaving is Leaving.REFUSED
    given_up = course_of_tally(tally(Phase.PLANNED, Phase.UNDER_WAY, Phase.WITHDRAWN))
    assert given_up.stays[-1].leaving is Leaving.WITHDRAWN


@given(st.lists(st.sampled_from(Phase), min_size=1, max_size=6))
def test_stays_follow_each_other_and_only_the_last_may_be_open(phases: list[Phase]) -> None:
    (*_, course) = [course_of_tally(tally(*phases)), *courses_of([tally(*phases)])]
    for stay, following in zip(course.stays, course.stays[1:], strict=False):
        assert stay.left_on is not None and stay.left_on <= following.entered_on
        assert stay.leaving is Leaving.NEXT
    assert all(stay.stage in STAGES for stay in course.stays)
