"""The courses of cases as the odds ask for them, from what is kept beside each case (事项进程)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from shuiheng.indicators.odds.pace import CaseCourse, Leaving, Stay
from shuiheng.programmes.case import Phase
from shuiheng.programmes.tally import CaseTally, PhaseChange

STAGES = (Phase.PLANNED.value, Phase.UNDER_WAY.value)
LEAVING_TO = {Phase.REFUSED: Leaving.REFUSED, Phase.WITHDRAWN: Leaving.WITHDRAWN}


def course_of_tally(tally: CaseTally) -> CaseCourse:
    """Return the stays of a case until it was first reached, refused or given up.

    A case that was reached without being under way has a stay of no days there, so that all go through
    the same stages.
    """
    stays: list[Stay] = []
    for change, following in pairwise((*tally.phases, None)):
        if change is None or change.phase.value not in STAGES:
            break
        stays.append(_stay(change, following))
        if change.phase is Phase.PLANNED and following is not None and following.phase is Phase.REACHED:
            passed = PhaseChange(phase=Phase.UNDER_WAY, on=following.on)
            stays.append(_stay(passed, following))
    return CaseCourse(key=tally.case, stays=tuple(stays))


def courses_of(tallies: Sequence[CaseTally]) -> list[CaseCourse]:
    """Return the courses of cases that have any."""
    return [course for tally in tallies if (course := course_of_tally(tally)).stays]


def _stay(change: PhaseChange, following: PhaseChange | None) -> Stay:
    if following is None:
        return Stay(stage=change.phase.value, entered_on=change.on)
    return Stay(
        stage=change.phase.value,
        entered_on=change.on,
        left_on=following.on,
        leaving=LEAVING_TO.get(following.phase, Leaving.NEXT),
    )
