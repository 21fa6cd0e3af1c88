"""What a row tells of a case, and a case as a row."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.cases.books import KIND, a_done_row, a_row
from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.programmes.case import CaseState
from shuiheng.programmes.events import CaseEvent, EvidenceAdded, EvidenceReviewed, StepEnded
from shuiheng.services.cases.case_rows import (
    Persons,
    RowFaultError,
    case_of_row,
    has_steps,
    rows_of_cases,
)
from shuiheng.services.cases.choose_subject import subject_named
from shuiheng.services.cases.keep_case import desk_for

pytestmark = pytest.mark.django_db
TWO = Persons(first="1", second="2")


def _told(city: CaseCity, row: dict[str, object]) -> tuple[CaseState, list[CaseEvent]]:
    desk = desk_for(city.metered.place, KIND, timezone.localdate())
    return case_of_row(desk, row, subject_named(desk.course.kind, "青禾花园"), city.district.pk, TWO)


def test_two_persons_share_the_steps_and_the_papers_as_the_kind_asks(city: CaseCity) -> None:
    state, events = _told(city, a_done_row())
    ends = {each.step: each.by for each in events if isinstance(each, StepEnded)}
    assert ends == {"apply": "1", "review": "1", "visit": "2", "publicity": "1", "award": "1"}
    assert {each.by for each in events if isinstance(each, EvidenceAdded)} == {"1"}
    assert {each.by for each in events if isinstance(each, EvidenceReviewed)} == {"2"}
    assert state.valid_until == date(2028, 6, 10)  # 36 months


def test_a_last_day_that_is_given_counts_before_that_of_the_kind(city: CaseCity) -> None:
    assert _told(city, a_done_row(valid_until=date(2027, 1, 1)))[0].valid_until == date(2027, 1, 1)


def test_a_score_between_two_marks_passes_the_lower_level(city: CaseCity) -> None:
    assert _told(city, a_done_row())[0].level == "city"  # 86.5 of 80 and 90
    with pytest.raises(RowFaultError) as fault:
        _told(city, a_done_row(level="省级"))
    assert (fault.value.column, fault.value.code) == ("score", "programmes.below_mark")


def test_a_fault_names_steps_by_their_names(city: CaseCity) -> None:
    with pytest.raises(RowFaultError) as fault:
        _told(city, a_done_row(ended_review=None))
    assert (fault.value.values["step"], fault.value.values["waits_for"]) == ("现场评审", "区县初审")


def test_only_a_day_of_an_end_is_a_step() -> None:
    assert has_steps({"ended_apply": date(2025, 4, 1)})
    assert not has_steps({"ended_apply": None, "opened_on": date(2025, 4, 1)})


def test_papers_are_numbered_as_evidence_is(city: CaseCity) -> None:
    _, events = _told(city, a_done_row())
    keys = [event.key for event in events if isinstance(event, EvidenceAdded)]
    assert keys == [f"e{number}" for number in range(1, len(keys) + 1)] and len(keys) > 3


def test_a_case_goes_out_with_the_days_of_its_steps(city: CaseCity) -> None:
    row = bring_on(city, city.open(KIND, "青禾花园", sort="place", level="city"))
    planned = city.open(KIND, "乙", sort="place")
    (_, sent), (_, bare) = rows_of_cases([row, planned])
    assert (sent["name"], sent["district"], sent["level"]) == ("青禾花园", "东河区", "市级")
    assert (sent["number"], sent["valid_until"]) == (row.number, row.valid_until)
    assert sent["ended_award"] == row.reached_on
    assert sent["opened_on"] == row.opened_on
    assert not has_steps(bare)


def test_the_events_of_many_cases_are_read_at_once(city: CaseCity) -> None:
    for name in ("甲", "乙", "丙"):
        city.open(KIND, name, sort="place")
    rows = list(ProgrammeCase.objects.select_related("place", "district", "user").order_by("pk"))
    with CaptureQueriesContext(connection) as asked:
        told = [values["name"] for _, values in rows_of_cases(rows)]
    read = [each["sql"] for each in asked if "caseevent" in each["sql"]]
    assert (told, len(read)) == (["甲", "乙", "丙"], 1)
    assert len(asked) < len(rows)


def test_a_row_that_is_only_opened_is_one_event(city: CaseCity) -> None:
    state, events = _told(city, a_row())
    assert (state.phase, len(events)) == ("planned", 1)
