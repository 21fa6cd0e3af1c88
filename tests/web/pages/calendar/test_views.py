"""The calendar page, its secret address, and the workday table."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from shuiheng.adapters.records.models import Account, WorkdayNotice
from shuiheng.adapters.rulebook import load_workdays
from shuiheng.web.pages.calendar.views import feed_token
from working_office import make_period, make_plan

pytestmark = pytest.mark.django_db
OK, GONE = 200, 404
NEXT = load_workdays().last.year + 1


def test_the_page_shows_the_year_and_filters(office: Client, officer: Account) -> None:
    make_period(make_plan(officer), officer)
    assert "2026年上半年" in office.get(reverse("calendar"), {"year": "2026"}).content.decode()
    shown = office.get(reverse("calendar"), {"year": "2026", "kind": "meeting"}).content.decode()
    assert "这一年没有事项" in shown


def test_the_feed_needs_no_login_and_dies_with_the_password(officer: Account) -> None:
    make_period(make_plan(officer), officer)
    address = reverse("calendar_feed", args=[feed_token(officer)])
    answer = Client().get(address)
    assert answer.status_code == OK
    assert "2026年上半年" in answer.content.decode().replace("\r\n ", "")
    officer.set_password("another-pass-word")
    officer.save()
    assert Client().get(address).status_code == GONE


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00"])
def test_an_address_that_nobody_made_is_not_there(token: str) -> None:
    assert Client().get(f"/calendar/{token}.ics").status_code == GONE


def test_a_closed_account_has_no_feed(officer: Account) -> None:
    address = reverse("calendar_feed", args=[feed_token(officer)])
    officer.is_active = False
    officer.save()
    assert Client().get(address).status_code == GONE


def test_a_notice_is_entered_and_a_wrong_one_stays_in_the_form(office: Client) -> None:
    asked = {"year": str(NEXT), "number": "通知1号", "holidays": f"{NEXT}-01-01", "workdays": ""}
    wrong = office.post(reverse("workdays"), asked | {"holidays": "元旦"}).content.decode()
    assert "不能识别" in wrong
    assert "通知1号" in wrong
    office.post(reverse("workdays"), asked)
    assert WorkdayNotice.objects.get().year == NEXT
    assert f"<b>{NEXT}</b>" in office.get(reverse("workdays")).content.decode()


def test_the_picture_of_a_year_counts_what_the_table_lists(office: Client, officer: Account) -> None:
    make_period(make_plan(officer), officer)
    page = office.get(reverse("calendar"), {"year": "2026"}).content.decode()
    found = re.search(r'<script id="year-values" type="application/json">(.*?)</script>', page)
    assert found is not None
    values = json.loads(found.group(1))
    assert values["year"] == 2026 and len(values["months"]) == 12
    assert values["weekdays"][0] == "星期日" and len(set(values["weekdays"])) == 7
    assert sum(count for _, count in values["days"]) == page.count('<td class="nowrap"><b>')
