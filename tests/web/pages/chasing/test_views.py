"""The office sees who has not reported and reminds them with one click."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from shuiheng.adapters.records.models import Account, Event, Message, ReportingPeriod
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
OK, FOUND, GONE = 200, 302, 404


@pytest.fixture
def period(officer: Account) -> ReportingPeriod:
    plan = make_plan(officer)
    make_task(plan, "改造灌区四处", make_unit("水利局", contact_name="王建国", contact_phone="0571-12345678"))
    return make_period(plan, officer)


def test_without_a_period_the_page_says_what_to_do(office: Client) -> None:
    assert "还没有开放的报送期" in office.get(reverse("chasing")).content.decode()


def test_the_unit_its_task_and_its_masked_phone_are_shown(office: Client, period: ReportingPeriod) -> None:
    shown = office.get(reverse("chasing")).content.decode()
    for words in ("水利局", "改造灌区四处", "王* 057****5678", "2026年上半年"):
        assert words in shown


def test_a_click_writes_the_reminder_and_a_second_one_does_not(
    office: Client, period: ReportingPeriod
) -> None:
    unit = period.plan.register_tasks.get().parties.get().organisation
    asked = {"unit": [unit.pk], "channel": ["site", "paper"]}
    for said in ("已写 2 条提醒", "已写 0 条提醒"):
        answer = office.post(reverse("remind", args=[period.pk]), asked, follow=True)
        assert said in answer.content.decode()
    assert Message.objects.count() == 2


def test_without_a_channel_the_page_says_so(office: Client, period: ReportingPeriod) -> None:
    answer = office.post(reverse("remind", args=[period.pk]), {"unit": ["1"]}, follow=True)
    assert "未配置或未选择" in answer.content.decode()


def test_the_call_list_is_made_for_paper(office: Client, period: ReportingPeriod) -> None:
    answer = office.get(reverse("call_list", args=[period.pk]))
    assert answer.status_code == OK
    assert "通话记录" in answer.content.decode()


def test_the_call_list_has_whole_numbers_once_it_is_said_what_for(
    office: Client, period: ReportingPeriod
) -> None:
    path = reverse("call_list", args=[period.pk])
    for masked in (office.get(path), office.post(path, {"purpose": " "})):
        assert "0571-12345678" not in masked.content.decode()
    assert not Event.objects.filter(action="contact.revealed").exists()
    shown = office.post(path, {"purpose": "电话催报"}).content.decode()
    assert "0571-12345678" in shown and "王建国" in shown
    event = Event.objects.get(action="contact.revealed")
    unit = period.plan.register_tasks.get().parties.get().organisation
    assert (event.subject, event.reason) == (f"organisation:{unit.pk}", "电话催报")


def test_a_reader_finds_no_such_page(looker: Client, period: ReportingPeriod) -> None:
    for address in (reverse("chasing"), reverse("call_list", args=[period.pk])):
        assert looker.get(address).status_code == GONE
