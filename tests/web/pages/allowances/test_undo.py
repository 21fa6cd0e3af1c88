"""A plan is taken back from its page: one asks, another agrees, and what bars it is said with a way out."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from services.allowances.planned_city import PlannedCity, planned_city, published_round
from shuiheng.adapters.records.models import Account, Job
from shuiheng.services.allowances.freeze_months import freeze_months
from shuiheng.services.allowances.round_jobs import work_on_round
from web.pages.allowances.test_rounds import browser

pytestmark = pytest.mark.django_db
NOT_FOUND = 404


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_the_office_asks_and_the_leader_agrees_or_not(city: PlannedCity, office: Client) -> None:
    round_ = published_round(city)
    here, leader = reverse("allowance_round", args=[round_.pk]), browser(city.leader)
    ask, answer = (
        reverse(name, args=[round_.pk]) for name in ("ask_undo_allowances", "answer_undo_allowances")
    )
    assert "申请撤销下达" in office.get(here).content.decode()
    assert office.post(answer, {"verb": "agree"}).status_code == NOT_FOUND
    for verb, words in (("refuse", "未同意撤销"), ("agree", "撤销已开始")):
        office.post(ask, {"reason": "水源填错"})
        page = leader.get(here).content.decode()
        assert "水源填错" in page and "同意撤销下达" in page
        assert words in leader.post(answer, {"verb": verb}, follow=True).content.decode()
    work_on_round(Job.objects.latest("pk").pk)
    page = office.get(here).content.decode()
    assert "曾撤销下达" in page and "水源填错" in page and "已核定，待复核" in page


def test_a_billed_plan_says_why_it_stays_and_what_to_do(city: PlannedCity, office: Client) -> None:
    round_ = published_round(city)
    freeze_months(city.clerk, {city.allowance(city.mill).pk: [1]}, why="charge_run:1")
    page = office.get(reverse("allowance_round", args=[round_.pk])).content.decode()
    assert "已计费不能撤销" in page and reverse("allowance_applications") in page
    assert reverse("ask_undo_allowances", args=[round_.pk]) not in page
