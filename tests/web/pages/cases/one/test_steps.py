"""Steps are shown as they stand for the reader: what has ended, what is open, missing and late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.cases.acting import Cast
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.services.cases.case_course import course_of, kind_of
from shuiheng.services.cases.keep_case import state_of
from shuiheng.web.pages.cases.one.steps import ShownStep, StepDesk, shown_steps, who_words

pytestmark = pytest.mark.django_db


def _steps(row: ProgrammeCase, own: set[str], days: int = 0) -> dict[str, ShownStep]:
    kind = kind_of(row)
    desk = StepDesk(
        row=row,
        course=course_of(row.place, kind),
        state=state_of(row),
        own=own,
        people={},
        evidence=list(row.evidence.all()),
        on=row.opened_on + timedelta(days=days),
    )
    return {each.step.id: each for each in shown_steps(desk)}


def test_the_first_step_is_open_with_all_it_lacks_and_late_after_its_day(cast: Cast) -> None:
    row = cast.invited()
    steps = _steps(row, {"unit"}, 90)
    assert [each.state for each in steps.values()] == ["open", *["waiting"] * 4]
    apply = steps["apply"]
    assert apply.due is not None and not apply.is_late and apply.own == [("unit", "用水单位")]
    assert [need.is_missing for need in apply.needs] == [True, True] and not apply.has_pieces
    assert _steps(row, set(), 91)["apply"].is_late and not _steps(row, set())["apply"].own


def test_evidence_fills_its_need_and_a_step_that_ended_is_not_due(cast: Cast) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1, but="self_assessment")
    assert [need.is_missing for need in _steps(row, set())["apply"].needs] == [False, True]
    cast.prove(cast.filer, row, "apply", 2, but="application")
    cast.end(cast.filer, row, "apply", 2)
    steps = _steps(row, set(), 900)
    assert steps["apply"].state == "ended" and steps["apply"].due is None
    assert steps["review"].state == "open" and steps["review"].is_late
    assert steps["visit"].needs[1].is_photo and steps["visit"].needs[1].need.least == 2


def test_after_the_award_come_recheck_and_upgrade(cast: Cast) -> None:
    row = cast.certified()
    steps = _steps(row, {"office"})
    assert (steps["award"].state, steps["recheck"].state, steps["upgrade"].state) == ("ended", "open", "open")
    assert [code for code, _ in steps["upgrade"].levels] == ["province"]
    assert steps["recheck"].outcomes == ["go_on", "refuse"]
    assert steps["publicity"].published_on == cast.on(4) and not steps["publicity"].is_lying_open
    assert who_words(steps["visit"].step) == "专家、检查人员"
