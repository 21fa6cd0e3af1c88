"""A meeting is written down and its decision becomes a task."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from shuiheng.adapters.records.models import Account, Meeting, RegisterTask
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db
GONE, REFUSED = 404, 422


def test_minutes_are_kept_and_a_decision_becomes_a_task(office: Client, officer: Account) -> None:
    make_plan(officer)
    unit = make_unit("水利局")
    asked = {
        "title": "联席会议",
        "plan": "plan",
        "held_on": "2026-03-02",
        "minutes": "一、听取汇报。",
        "present": [unit.pk],
    }
    shown = office.post(reverse("meetings"), asked, follow=True).content.decode()
    assert "听取汇报" in shown
    meeting = Meeting.objects.get()
    office.post(reverse("decide_meeting", args=[meeting.pk]), {"words": "查水表", "lead": [unit.pk]})
    assert RegisterTask.objects.get().text == "查水表"
    assert "已列入任务台账" in office.get(reverse("meeting", args=[meeting.pk])).content.decode()


def test_what_was_typed_stays_when_it_is_refused(office: Client, officer: Account) -> None:
    make_plan(officer)
    answer = office.post(reverse("meetings"), {"title": "联席会议", "plan": "plan", "held_on": "昨天"})
    assert answer.status_code == REFUSED
    assert 'value="联席会议"' in answer.content.decode()


def test_a_reader_finds_no_minutes(looker: Client) -> None:
    assert looker.get(reverse("meetings")).status_code == GONE
