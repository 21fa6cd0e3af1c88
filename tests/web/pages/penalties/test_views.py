"""Legal ranges are shown with place, clause and check, and nothing is computed from them."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from office import make_account, the_office
from shuiheng.adapters.records.models import Role, RuleCheck
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import value_hash
from shuiheng.services.rules.rule_checks import check_value

pytestmark = pytest.mark.django_db
GONE = 404
RULE = "penalties/abstraction_without_permit"


def _page(client: Client, **query: str) -> str:
    return client.get(reverse("penalties"), query).content.decode()


def _coded(code: str) -> None:
    place = the_office().place
    place.code = code
    place.save()


def test_a_city_without_a_code_sees_what_the_nation_sets(office: Client) -> None:
    page = _page(office)
    assert "未经批准擅自取水" in page and "20,000 元以上 100,000 元以下" in page
    assert "第六十九条" in page and "未核对" in page and "本程序不计算罚款" in page
    assert "未按规定进行水平衡测试</a>" not in page  # no article of the nation


def test_a_city_sees_its_own_range_beside_those_above_it(office: Client) -> None:
    _coded("330600")
    page = _page(office, trigger="abstraction_without_permit")
    assert "50,000 元以上 100,000 元以下" in page and "20,000 元以上 100,000 元以下" in page
    assert page.index("50,000 元以上") < page.index("20,000 元以上")


def test_other_places_are_shown_for_comparison_only_when_asked(office: Client) -> None:
    assert "没有查到符合条件的规定" in _page(office, trigger="balance_test_missing")
    page = _page(office, trigger="balance_test_missing", places="all")
    assert "济南" in page and "威海" in page and "逾期不改正" in page


def test_multiples_are_told_with_what_they_are_multiples_of(office: Client) -> None:
    page = _page(office, trigger="resource_fee_owed")
    assert "按应缴费用：1 倍以上 5 倍以下" in page and "滞纳金" in page


def test_a_day_before_the_law_shows_no_range(office: Client) -> None:
    assert "没有查到符合条件的规定" in _page(office, trigger="abstraction_without_permit", on="1990-01-01")


def test_words_are_found_in_acts_ranges_and_sources(office: Client) -> None:
    assert "未经批准擅自取水" in _page(office, q="擅自取水")
    assert "未经批准擅自取水" in _page(office, q="吊销取水许可证 第六十九条")
    assert "没有查到符合条件的规定" in _page(office, q="不存在的词")


def test_a_checked_range_says_so(office: Client) -> None:
    reviewer = make_account("zhou", Role.OFFICE_REVIEWER)
    value = next(each for each in shipped_rulebook()[RULE].values if not each.area)
    check_value(reviewer, the_office().place.pk, rule=RULE, digest=value_hash(value))
    assert RuleCheck.objects.exists()
    assert "已核对" in _page(office, trigger="abstraction_without_permit")


def test_the_export_says_that_nothing_is_computed(office: Client) -> None:
    answer = office.get(reverse("penalties_export", args=["xlsx"]), {"q": "擅自取水"})
    sheets = load_workbook(io.BytesIO(answer.content)).worksheets
    text = "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell)
    assert "20,000 元以上 100,000 元以下" in text and "本程序不计算罚款" in text
    assert office.get(reverse("penalties_export", args=["pdf"])).status_code == GONE
