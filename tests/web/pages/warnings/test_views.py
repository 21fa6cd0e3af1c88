"""The office sees the board and decides; a water user sees its own, confirms and answers."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from metered_city import MeteredCity
from shuiheng.adapters.records.models import Account, UseWarning
from shuiheng.services.warnings.watch_warnings import watch_allowances
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
NOW, TODAY, NOT_THERE = datetime(2026, 5, 2, 4, tzinfo=UTC), date(2026, 5, 2), 404


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return warned_city(officer)


@pytest.fixture
def user(city: MeteredCity) -> WarnedUser:
    """A user whose April was over its plan, with a year of use before it."""
    made = warned_user(city)
    made.uses(date(2025, 1, 1), [50] * 12)
    made.uses(date(2026, 1, 1), [50, 50, 50, 125])
    watch_allowances(TODAY, now=NOW)
    return made


@pytest.fixture
def own(user: WarnedUser) -> Client:
    client = Client()
    client.force_login(user.account)
    return client


def _page(client: Client, row: UseWarning) -> str:
    return client.get(reverse("warning", args=[row.pk])).content.decode()


def test_the_board_counts_by_level_and_district_and_each_number_opens_its_list(
    office: Client, user: WarnedUser
) -> None:
    page = office.get(reverse("warnings")).content.decode()
    assert "青禾印染厂" in page and "月度超计划" in page and "东港区" in page
    links = re.findall(r'href="([^"]*level=over_month[^"]*)"', page)
    assert len(links) == 2
    for link in links:
        assert "青禾印染厂" in office.get(link.replace("&amp;", "&")).content.decode()
    assert "青禾印染厂" not in office.get(reverse("warnings") + "?certainty=doubtful").content.decode()


def test_a_warning_shows_its_year_its_clause_and_that_nobody_checked_it(
    office: Client, user: WarnedUser
) -> None:
    page = _page(office, user.warnings[0])
    assert "<svg" in page and "polyline" in page
    assert page.count('<th scope="row" class="nowrap">2026-') == 12
    assert "未核对" in page and "超过计划 10.0 % 即预警" in page
    assert "确认收到</button>" not in page and "保存处理意见" in page


def test_an_answer_reaches_the_office_which_decides_and_closes(
    office: Client, own: Client, user: WarnedUser
) -> None:
    row = user.warnings[0]
    assert "确认收到" in own.get(reverse("warnings")).content.decode()
    own.post(reverse("receive_warning", args=[row.pk]))
    own.post(reverse("answer_warning", args=[row.pk]), {"answer": "冷却塔补水阀损坏"})
    assert "冷却塔补水阀损坏" in _page(office, row)
    assert "青禾印染厂" in office.get(reverse("warnings") + "?state=answered").content.decode()
    office.post(reverse("decide_warning", args=[row.pk]), {"follow_up": "supervise", "note": "下周复查"})
    assert "青禾印染厂" in office.get(reverse("warnings") + "?state=to_do").content.decode()
    assert 'name="answer"' not in _page(own, row)
    office.post(reverse("finish_warning", args=[row.pk]), {"outcome": "阀门已更换"})
    assert "阀门已更换" in _page(own, row)
    row.refresh_from_db()
    assert (row.follow_up, row.outcome) == ("supervise", "阀门已更换")


def test_an_empty_answer_is_refused_in_words(own: Client, user: WarnedUser) -> None:
    row = user.warnings[0]
    answered = own.post(reverse("answer_warning", args=[row.pk]), {"answer": " "}, follow=True)
    assert "没有填写答复" in answered.content.decode()


def test_a_user_sees_no_warning_of_another_and_decides_nothing(
    city: MeteredCity, own: Client, user: WarnedUser
) -> None:
    other = warned_user(city, "青禾食品厂")
    other.uses(date(2026, 4, 1), [400])
    watch_allowances(TODAY, now=NOW, users=[other.user.pk])
    assert "青禾食品厂" not in own.get(reverse("warnings")).content.decode()
    assert own.get(reverse("warning", args=[other.warnings[0].pk])).status_code == NOT_THERE
    refused = own.post(reverse("decide_warning", args=[user.warnings[0].pk]), {"follow_up": "none"})
    assert refused.status_code == NOT_THERE


def test_an_unknown_year_says_what_is_missing(office: Client, city: MeteredCity) -> None:
    silent = warned_user(city, "青禾纸厂")
    watch_allowances(TODAY, now=NOW)
    page = _page(office, silent.warnings[0])
    assert "近几个月没有读数" in page and "无法预计" in page
    assert "青禾纸厂" in office.get(reverse("warnings") + "?state=unknown").content.decode()


def test_the_list_goes_out_as_a_workbook(office: Client, user: WarnedUser) -> None:
    answer = office.get(reverse("warnings_export", args=["xlsx"]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    said = [row for row in rows if "青禾印染厂" in row]
    assert said and "月度超计划" in said[0] and 125.0 in said[0]


def test_the_first_page_counts_what_waits(office: Client, user: WarnedUser) -> None:
    page = office.get(reverse("home")).content.decode()
    assert "<b>1</b> 条用水预警待决定" in page
