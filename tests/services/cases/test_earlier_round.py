"""Points that were given before a case was sent back count no more; facts go on; both are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.cases.acting import POINTS, Cast
from shuiheng.adapters.records.models import CaseAnswer, Event, ProgrammeCase
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.earlier_round import set_points_aside
from shuiheng.services.cases.score_case import CRITERION, score_case

pytestmark = pytest.mark.django_db
TWICE = 2


def _at_visit(cast: Cast) -> ProgrammeCase:
    """Return a school with all its points, before its visit ends."""
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    cast.end(cast.district, row, "review", 2)
    cast.prove(cast.inspector, row, "visit", 3)
    cast.score(row)
    return row


def _back(cast: Cast, row: ProgrammeCase) -> ProgrammeCase:
    cast.end(cast.inspector, row, "visit", 3, outcome=StepOutcome.RETURN, reason="资料不符")
    return ProgrammeCase.objects.get(pk=row.pk)


def _standing(row: ProgrammeCase, sort: str) -> set[str]:
    rows = CaseAnswer.objects.filter(case=row, sort=sort, superseded_at__isnull=True)
    return set(rows.values_list("name", flat=True))


def test_points_before_a_return_are_of_an_earlier_round_and_facts_go_on(cast: Cast) -> None:
    row = _at_visit(cast)
    facts = _standing(row, "fact")
    assert _standing(row, CRITERION) == set(POINTS)
    back = _back(cast, row)
    assert _standing(back, CRITERION) == set() and _standing(back, "fact") == facts
    earlier = CaseAnswer.objects.filter(case=back, is_earlier_round=True)
    assert {each.name: each.value for each in earlier} == dict.fromkeys(POINTS, "10")


def test_the_score_after_a_return_is_open_again_and_kept_so(cast: Cast) -> None:
    row = _at_visit(cast)
    before = ProgrammeCase.objects.get(pk=row.pk)
    back = _back(cast, row)
    score = score_case(back, cast.on(3))
    assert score is not None and before.score_lowest is not None and back.score_lowest is not None
    assert back.score_lowest < before.score_lowest
    assert (back.score_lowest, back.score_highest) == (score.lowest, score.highest)


def test_a_second_visit_does_not_pass_by_the_points_of_the_first(cast: Cast) -> None:
    row = _back(cast, _at_visit(cast))
    cast.prove(cast.filer, row, "apply", 4)
    cast.end(cast.filer, row, "apply", 4)
    cast.prove(cast.district, row, "review", 5)
    cast.end(cast.district, row, "review", 5)
    score = score_case(row, cast.on(6))
    assert score is not None and not score.passed_levels
    cast.score(row, days=6)
    assert _standing(row, CRITERION) == set(POINTS)
    assert CaseAnswer.objects.filter(case=row, name="teaching").count() == TWICE


def test_the_log_says_which_points_were_set_aside(cast: Cast) -> None:
    row = _back(cast, _at_visit(cast))
    event = Event.objects.get(action="case.returned", subject=f"case:{row.pk}")
    assert event.after is not None and event.after["set_aside"] == ", ".join(sorted(POINTS))


def test_a_return_to_a_step_on_which_no_score_rests_sets_nothing_aside(cast: Cast) -> None:
    row = _at_visit(cast)
    kind = kind_of(row)
    award = replace(kind.step(kind.result.step), returns_to=kind.result.step)
    assert not award.needs_score
    assert set_points_aside(row, award, cast.on(3)) == []
    assert _standing(row, CRITERION) == set(POINTS)
