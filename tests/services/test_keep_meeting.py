"""A meeting's decision with a leading unit becomes a task of the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Meeting, RegisterTask
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.keep_meeting import Decided, Minutes, add_decision, record_meeting
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(officer: Account) -> Meeting:
    make_plan(officer)
    minutes = Minutes(
        title="第一次联席会议", held_on=date(2026, 3, 2), present=[make_unit("水利局").pk, 999_999]
    )
    return record_meeting(officer, "plan", minutes)


def test_those_present_are_organisations_in_sight(meeting: Meeting) -> None:
    assert [unit.name for unit in meeting.present.all()] == ["水利局"]


def test_a_decision_with_a_lead_is_a_task_with_its_units_and_day(officer: Account, meeting: Meeting) -> None:
    water, farms = meeting.present.get(), make_unit("农业农村局")
    decision = add_decision(
        officer,
        meeting.pk,
        Decided(words="查清灌区水表", leads=[water.pk], joint=[farms.pk], due_on=date(2026, 9, 30)),
    )
    task = decision.task
    assert task is not None
    assert (task.origin, task.due_on, task.text) == ("meeting", date(2026, 9, 30), "查清灌区水表")
    assert [(part.organisation.name, part.role) for part in task.parties.order_by("pk")] == [
        ("水利局", "lead"),
        ("农业农村局", "joint"),
    ]


def test_a_decision_without_a_lead_is_no_task(officer: Account, meeting: Meeting) -> None:
    assert add_decision(officer, meeting.pk, Decided(words="会议纪要存档")).task is None
    assert not RegisterTask.objects.exists()


def test_a_unit_cannot_lead_and_take_part(officer: Account, meeting: Meeting) -> None:
    key = meeting.present.get().pk
    with pytest.raises(ServiceError) as refused:
        add_decision(officer, meeting.pk, Decided(words="x", leads=[key], joint=[key]))
    assert refused.value.code == "services.decision_part_twice"


def test_a_meeting_of_tomorrow_and_one_without_a_title_are_refused(officer: Account) -> None:
    make_plan(officer)
    today = timezone.localdate()
    for minutes, code in (
        (Minutes(title="x", held_on=today + timedelta(days=1)), "services.meeting_ahead"),
        (Minutes(title=" ", held_on=today), "services.meeting_without_title"),
    ):
        with pytest.raises(ServiceError) as refused:
            record_meeting(officer, "plan", minutes)
        assert refused.value.code == code


def test_a_reader_keeps_no_minutes(reader: Account) -> None:
    with pytest.raises(NotPermittedError):
        record_meeting(reader, "plan", Minutes(title="x", held_on=date(2026, 1, 1)))
