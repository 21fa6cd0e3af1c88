"""A case is opened once for a subject, goes on by events, and its kept columns follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from office import make_account
from services.cases.made_up import CaseCity, bring_on, long_ago
from shuiheng.adapters.records.models import CaseEvent, Event, ProgrammeCase, Role
from shuiheng.programmes.case_state import replay
from shuiheng.programmes.events import StepEnded, Withdrawn
from shuiheng.programmes.tally import tally_of
from shuiheng.services.cases.case_course import course_of_history, kind_of
from shuiheng.services.cases.keep_case import (
    add_event,
    events_of,
    locked_case,
    open_case,
    state_of,
    tell_case,
)
from shuiheng.services.cases.kept_tally import read_tally
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action

pytestmark = pytest.mark.django_db


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_a_case_is_opened_and_the_log_tells_it(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert (kept.phase, kept.open_steps, kept.event_count) == ("planned", ["apply"], 1)
    assert kept.due_on == long_ago() + timedelta(days=90)
    assert Event.objects.filter(action="case.opened", subject=f"case:{row.pk}").exists()


def test_a_subject_has_one_case_of_a_kind_under_way(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    again = city.opening("saving_compound", "清河苑", sort="place")
    assert _code(open_case, city.clerk, again) == "cases.running"
    city.open("model_compound", "清河苑", sort="place")
    with transaction.atomic():
        given_up = locked_case(city.clerk, Action.CASES_KEEP, row.pk)
        add_event(
            city.clerk, given_up, Withdrawn(on=timezone.localdate(), by=str(city.clerk.pk), reason="重复")
        )
        tell_case(city.clerk, given_up, "case.withdrawn")
    assert open_case(city.clerk, again).phase == "planned"


def test_what_cannot_be_opened_is_refused_with_its_reason(city: CaseCity) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert _code(open_case, city.clerk, city.opening("no_such_kind", "甲")) == "cases.no_kind"
    assert _code(open_case, city.clerk, city.opening("saving_compound", "甲")) == "cases.wrong_subject"
    late = city.opening("saving_compound", "甲", sort="place", on=tomorrow)
    assert _code(open_case, city.clerk, late) == "cases.future_day"
    other = city.opening("saving_compound", "甲", sort="place", level="moon")
    assert _code(open_case, city.clerk, other) == "programmes.bad_level"
    assert not ProgrammeCase.objects.exists()


def test_only_who_keeps_cases_of_the_district_opens_one(city: CaseCity) -> None:
    with pytest.raises(NotPermittedError):
        open_case(city.reviewer, city.opening("saving_compound", "甲", sort="place"))
    with pytest.raises(NotThereError):
        open_case(city.clerk, city.opening("saving_compound", "甲", sort="place", district=10**9))


def test_the_kept_columns_are_what_a_replay_of_the_rows_comes_to(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    kept = ProgrammeCase.objects.get(pk=row.pk)
    course, events = course_of_history(kind_of(kept)), events_of(kept)
    state = replay(course, events)
    assert (kept.phase, kept.reached_level, kept.last_on) == ("reached", "city", state.last_on)
    assert (kept.valid_until, kept.event_count) == (state.valid_until, len(events))
    tally = read_tally(kept.tally, case="1", subject=kept.subject_key, district=str(kept.district_id))
    assert tally == tally_of(course, "1", events)
    assert state == state_of(kept)


def test_what_may_not_happen_leaves_no_trace(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    early = StepEnded(on=long_ago(), by=str(city.clerk.pk), actor="district", step="apply")
    assert _code(add_event, city.clerk, row, early) == "programmes.evidence_missing"
    ahead = Withdrawn(on=timezone.localdate() + timedelta(days=1), by=str(city.clerk.pk), reason="重复")
    assert _code(add_event, city.clerk, row, ahead) == "cases.future_day"
    assert CaseEvent.objects.count() == 1


def test_the_database_refuses_to_change_what_happened(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    for change in (
        lambda: CaseEvent.objects.filter(case=row).update(on=long_ago()),
        lambda: CaseEvent.objects.filter(case=row).delete(),
        lambda: ProgrammeCase.objects.filter(pk=row.pk).update(phase="planned"),
        lambda: row.evidence.update(sha256="0"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_another_district_does_not_see_the_case(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    inspector = make_account("inspector", Role.INSPECTOR)
    assert locked_case(inspector, Action.CASES_LOOK, row.pk) == row
    stranger = make_account("stranger", Role.READER)
    with pytest.raises(NotThereError):
        locked_case(stranger, Action.CASES_LOOK, row.pk)
