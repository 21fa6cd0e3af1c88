"""From the draft to the publication by the pages alone; a slip is shown once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from services.inspections.made_up import DIGITS, InspectedCity, do_draws
from shuiheng.adapters.records.models import DrawRecusal
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_a_draw_goes_its_way_by_the_pages(
    city: InspectedCity, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, clerk, reviewer = city.plan(), browser(city.clerk), browser(city.reviewer)
    here = reverse("inspection", args=[row.pk])
    assert "确定并公布" not in clerk.get(here).content.decode()
    reviewer.post(reverse("commit_inspection", args=[row.pk]))
    city.next_day(monkeypatch)
    clerk.force_login(city.clerk)
    reviewer.force_login(city.reviewer)
    number = {"digits": "123", "source": "某网", "read_on": city.today.isoformat()}
    page = clerk.post(reverse("number_inspection", args=[row.pk]), number, follow=True).content.decode()
    assert "不符" in page
    clerk.post(reverse("number_inspection", args=[row.pk]), number | {"digits": DIGITS})
    assert "正在抽取" in clerk.get(here).content.decode()
    part = clerk.get(here, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{here}"' in part and "<html" not in part
    do_draws(row)
    assert clerk.get(here, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "抽查结果" in reviewer.get(here).content.decode()
    page = reviewer.post(reverse("publish_inspection", args=[row.pk]), follow=True).content.decode()
    assert "已公开" in page


def test_a_slip_is_shown_once_and_opens_the_number(city: InspectedCity, browser: Browser) -> None:
    row = city.plan(persons=("clerk", "leader"))
    slips = {}
    for account in (city.clerk, city.leader):
        client = browser(account)
        answer = client.post(reverse("seal_inspection", args=[row.pk]), {"number": "70123456"})
        assert answer.headers["Cache-Control"] == "no-store"
        slips[account] = re.findall(r'class="once">([0-9a-f]+)<', answer.content.decode())
        assert slips[account][1] not in client.get(reverse("inspection", args=[row.pk])).content.decode()
    browser(city.reviewer).post(reverse("commit_inspection", args=[row.pk]))
    for account, (number, salt) in slips.items():
        opened = {"number": number, "salt": salt}
        browser(account).post(reverse("open_inspection", args=[row.pk]), opened)
    assert do_draws(row).state == "drawn"


def test_recusals_come_and_go_and_a_draft_is_ended(city: InspectedCity, browser: Browser) -> None:
    row, office, unit = city.plan(), browser(city.clerk), city.users[0].organisation
    page = office.get(reverse("inspection", args=[row.pk]) + "?unit=甲").content.decode()
    assert "登记回避" in page and "甲厂" in page
    who = {"inspector": str(city.inspectors[0].pk), "organisation": str(unit.pk), "reason": "近亲属任职"}
    page = office.post(reverse("add_recusal", args=[row.pk]), who, follow=True).content.decode()
    assert "近亲属任职" in page
    office.post(reverse("drop_recusal", args=[DrawRecusal.objects.get().pk]))
    assert not DrawRecusal.objects.exists()
    gone = office.post(reverse("void_inspection", args=[row.pk]), {"reason": "计划调整"}, follow=True)
    assert "计划调整" in gone.content.decode()
