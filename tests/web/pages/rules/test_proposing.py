"""An officer proposes a value by form, another person decides, and the page says what would change."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from services.rules.proposals import LADDER, VALUE, a_ladder, accepted, reviewer, the_city
from shuiheng.adapters.records.models import Account, LocalRule
from shuiheng.services.rules.local_rules import propose_rule

pytestmark = pytest.mark.django_db
TOPIC, NAME = LADDER.split("/")
FORM = {
    "v.period": "year",
    "v.measure": "plan",
    "v.mode": "additional",
    "v.price_base": "delivered",
    "v.bands.1.up_to": "10",
    "v.bands.1.multiple": "0.5",
    "v.bands.2.up_to": "30",
    "v.bands.2.multiple": "1",
    "v.bands.3.multiple": "2",
    "valid_from": "2026-01-01",
    "title": "青禾市超计划用水加价办法（虚构）",
    "issuer": "青禾市水利局",
    "clause": "第三条",
    "printed": "百分之十\n一倍、两倍",
    "reason": "新办法施行",
}


@pytest.fixture
def checker() -> Client:
    """A browser of the reviewer."""
    client = Client()
    client.force_login(reviewer())
    return client


def _send(office: Client, **changed: str) -> str:
    the_city()
    address = reverse("propose_rule", args=[TOPIC, NAME])
    return office.post(address, FORM | changed, follow=True).content.decode()


def test_a_form_is_filled_with_what_holds(office: Client, officer: Account) -> None:
    accepted(officer)
    page = office.get(reverse("propose_rule", args=[TOPIC, NAME])).content.decode()
    assert 'name="v.bands.2.up_to" value="30"' in page and 'name="v.bands.6.up_to"' in page
    assert '<option value="additional" selected>' in page


def test_a_value_goes_from_form_to_force(office: Client, checker: Client) -> None:
    assert "待审定" in _send(office)
    row = LocalRule.objects.get()
    assert row.value["bands"] == [
        {"up_to": "0.1", "multiple": "0.5"},
        {"up_to": "0.3", "multiple": "1"},
        {"multiple": "2"},
    ]
    assert row.printed == ["百分之十", "一倍", "两倍"]
    decide = reverse("decide_rule_proposal", args=[row.pk])
    assert "本人不能审定" in office.get(reverse("rule_proposal", args=[row.pk])).content.decode()
    assert office.post(decide, {"verdict": "accept"}).status_code == 404
    assert "没有填写理由" in checker.post(decide, {"verdict": "reject"}, follow=True).content.decode()
    assert "已采用" in checker.post(decide, {"verdict": "accept"}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "accepted"
    assert "已采用" in office.get(reverse("rule_proposals")).content.decode()
    withdraw = reverse("withdraw_rule_proposal", args=[row.pk])
    assert "已撤回" in checker.post(withdraw, {"reason": "文件废止"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"v.bands.1.multiple": "半倍"}, "倍数"),
        ({"clause": ""}, "条款"),
        ({"printed": "、"}, "原文所载数字"),
        ({"title": ""}, "文件"),
        ({"valid_from": ""}, "自何日起"),
        ({"v.bands.2.up_to": "5"}, "至"),
        ({"valid_to": "2025-12-31"}, "不晚于生效日"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    office: Client, changed: dict[str, str], words: str
) -> None:
    page = _send(office, **changed)
    assert words in page and not LocalRule.objects.exists()
    assert "新办法施行" in page and 'name="v.bands.3.multiple" value="2"' in page


def test_a_proposal_is_shown_beside_what_holds(office: Client, officer: Account) -> None:
    accepted(officer)
    later = {**VALUE, "bands": [{"up_to": "0.10", "multiple": "0.5"}, {"up_to": None, "multiple": "3"}]}
    row = propose_rule(officer, the_city().pk, a_ladder(valid_from=date(2027, 1, 1), value=later))
    page = office.get(reverse("rule_proposal", args=[row.pk])).content.decode()
    assert "第2项 / 倍数" in page and "<b>3 倍</b>" in page and "1 倍" in page


def test_a_value_that_is_looser_than_above_says_so_before_it_is_accepted(
    office: Client, officer: Account
) -> None:
    """The nation asks for 5 days or fewer; 4 is stricter and 6 is looser."""
    pages = {}
    for days in ("4", "6"):
        wanted = a_ladder(rule="permits/acceptance_days", value=days)
        row = propose_rule(officer, the_city().pk, wanted)
        pages[days] = office.get(reverse("rule_proposal", args=[row.pk])).content.decode()
    assert "宽于全国的规定" in pages["6"] and "宽于" not in pages["4"]
    assert LocalRule.objects.filter(state="proposed").count() == len(pages)


def test_a_reader_sees_no_form(looker: Client) -> None:
    assert looker.get(reverse("propose_rule", args=[TOPIC, NAME])).status_code == 404
