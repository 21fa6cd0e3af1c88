"""Rules are browsed, searched, looked at, checked and exported."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from office import make_account
from services.rules.proposals import LADDER, accepted, reviewer, the_city
from shuiheng.adapters.records.models import Account, Place, Role, RuleCheck
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import value_hash

pytestmark = pytest.mark.django_db
GONE = 404
TOPIC, NAME = LADDER.split("/")


@pytest.fixture
def checker() -> Client:
    """A browser of the reviewer."""
    client = Client()
    client.force_login(reviewer())
    return client


def _page(client: Client, route: str, *key: object, **query: object) -> str:
    answer = client.get(reverse(route, args=key), query)
    assert answer.status_code == 200, route
    return answer.content.decode()


def test_a_city_without_code_is_told_and_gets_one(office: Client, looker: Client) -> None:
    assert "没有登记行政区划代码" in _page(office, "rules")
    assert 'name="code"' not in _page(looker, "rules")
    assert (
        "不是六位行政区划代码"
        in office.post(reverse("place_code"), {"code": "37"}, follow=True).content.decode()
    )
    office.post(reverse("place_code"), {"code": "371000"})
    assert Place.objects.get(slug="qinghe").code == "371000"
    page = _page(office, "rules", topic="charges")
    assert "没有登记行政区划代码" not in page and "威海市节约用水条例" in page


def test_rules_are_searched_and_filtered(office: Client, officer: Account) -> None:
    accepted(officer)
    names = {
        "all": "滞纳金" in _page(office, "rules"),
        "words": "滞纳金" in _page(office, "rules", q="累进加价"),
        "topic": "滞纳金" in _page(office, "rules", topic="permits"),
        "local": "滞纳金" in _page(office, "rules", mark="local"),
    }
    assert names == {"all": True, "words": False, "topic": False, "local": False}
    assert "超计划（超定额）用水累进加价" in _page(office, "rules", mark="local")
    assert "没有符合条件的规则" in _page(office, "rules", q="没有这样的规则")


def test_rules_that_say_nothing_are_folded_below_those_that_do(office: Client) -> None:
    page = _page(office, "rules", topic="gates")
    held, _sign, unsaid = page.partition('class="unsaid"')
    assert "工业用水的重复利用率" in held and "须建循环用水系统的洗车位数" not in held
    assert "<details>" in unsaid and "须建循环用水系统的洗车位数" in unsaid
    assert "<details open>" in _page(office, "rules", mark="none")


def test_a_rule_names_the_gates_that_ask_for_it(office: Client) -> None:
    page = _page(office, "rule", "permits", "renewal_days_before")
    assert "在期满前规定天数内提出延续申请" in page
    assert "项目准入要用到它" not in _page(office, "rule", TOPIC, NAME)


def test_a_rule_shows_what_holds_why_and_since_when(office: Client, officer: Account) -> None:
    row = accepted(officer)
    page = _page(office, "rule", TOPIC, NAME, on="2026-06-01")
    for words in (
        "青禾市超计划用水加价办法（虚构）",
        "第三条",
        "百分之十",
        "已核对",
        "赵工",
        "10%",
        "其他地区的规定",
    ):
        assert words in page, words
    assert reverse("rule_proposal", args=[row.pk]) in page
    assert "没有规定" in _page(office, "rule", TOPIC, NAME, on="2025-12-31")
    assert office.get(reverse("rule", args=["charges", "poetry"])).status_code == GONE


def test_worked_cases_of_a_rule_are_shown(office: Client) -> None:
    assert "算例" in _page(office, "rule", TOPIC, NAME)


def test_a_value_is_checked_from_the_list_and_unchecked_again(checker: Client, office: Client) -> None:
    value = shipped_rulebook()["permits/acceptance_days"].values[0]
    digest = value_hash(value)
    assert digest in _page(checker, "unchecked_rules") and "已对照原文" not in _page(
        office, "unchecked_rules"
    )
    sent = {"rule": value.rule, "digest": digest, "note": "对照公报", "next": reverse("unchecked_rules")}
    page = checker.post(reverse("check_rule"), sent, follow=True).content.decode()
    assert "已记录核对" in page and digest not in page
    row = RuleCheck.objects.get()
    assert "对照公报" in _page(office, "rule", *value.rule.split("/"))
    undo = reverse("undo_rule_check", args=[row.pk])
    assert office.post(undo).status_code == GONE
    checker.post(undo)
    assert digest in _page(checker, "unchecked_rules")


def test_unchecked_values_are_searched_by_words_topic_and_whether_they_were_read(office: Client) -> None:
    read, unread = "取水申请受理审查期限", "水资源税申报缴纳期限"
    assert all(name in _page(office, "unchecked_rules") for name in (read, unread))
    wanted = ({"topic": "permits"}, {"q": "受理审查"}, {"mark": "found"}, {"mark": "known"})
    found = [_page(office, "unchecked_rules", **each) for each in wanted]
    assert [read in page for page in found] == [True, True, True, False]
    assert [unread in page for page in found] == [False, False, False, True]
    assert "没有符合条件的值" in _page(office, "unchecked_rules", q="没有这样的值")


def test_the_list_is_exported_as_filtered(office: Client, officer: Account) -> None:
    accepted(officer)
    answer = office.get(reverse("rules_export", args=["xlsx"]), {"mark": "local"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert LADDER in cells and "charges/late_fee" not in cells
    assert office.get(reverse("rules_export", args=["pdf"])).status_code == GONE


def test_people_without_the_right_find_nothing() -> None:
    client = Client()
    the_city()
    client.force_login(make_account("sys", Role.SYSTEM_ADMINISTRATOR))
    assert client.get(reverse("rules")).status_code == GONE
