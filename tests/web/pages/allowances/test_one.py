"""The page of an allowance: its derivation for the office, its months and forms for the user on a phone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from services.allowances.planned_city import (
    PlannedCity,
    computed_round,
    local_rule,
    planned_city,
    published_round,
)
from services.ledger.used_city import settle
from shuiheng.adapters.records.models import Account, AllowanceEntry, PlannedAllowance, RoundState
from web.pages.allowances.test_rounds import browser

pytestmark = pytest.mark.django_db
FOUND, MOVED, NOT_FOUND, WRONG = 200, 302, 404, 422


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _months(changes: dict[int, str], *, base: str = "1000") -> dict[str, str]:
    return {f"m{month}": changes.get(month, base) for month in range(1, 13)}


def test_the_office_sees_each_step_with_its_rule(city: PlannedCity, office: Client) -> None:
    computed_round(city, cap_m3="6601")
    page = office.get(reverse("allowance", args=[city.allowance(city.mill).pk])).content.decode()
    for words in ("核定过程", "2025", "12,000", "未核对", "6001", "拟定指标", "人工核定"):
        assert words in page, words


def test_what_is_set_by_hand_needs_a_number_and_a_reason(city: PlannedCity, office: Client) -> None:
    round_ = computed_round(city)
    row = city.allowance(city.mill)
    address = reverse("set_allowance", args=[row.pk])
    for posted in ({"volume": "很多", "reason": "x"}, {"volume": "9000", "reason": ""}):
        office.post(address, posted)
        row.refresh_from_db()
        assert row.volume_m3 == 12_000
    office.post(address, {"volume": "9,000", "reason": "减产"})
    row.refresh_from_db()
    round_.refresh_from_db()
    assert (row.volume_m3, row.reason, round_.state) == (9_000, "减产", RoundState.OPEN)
    office.post(address, {"verb": "clear"})
    row.refresh_from_db()
    assert row.reason == ""


def test_the_office_keeps_what_the_ledger_does_not_know(city: PlannedCity, office: Client) -> None:
    local_rule(city.clerk, "allowances/cuts", {"cuts": [{"reason": "over_norm"}]})
    computed_round(city)
    row = city.allowance(city.mill)
    posted = {"design": "15000", "cut0": "over_norm", "evidence0": "现场检查记录", "percent0": "10"}
    office.post(reverse("give_allowance_inputs", args=[row.pk]), posted)
    row.refresh_from_db()
    assert row.given["design_m3"] == "15000"
    assert row.given["cuts"][0]["share"] == "0.1"
    page = office.get(reverse("allowance", args=[row.pk])).content.decode()
    assert "现场检查记录" in page and 'value="10"' in page


def test_a_user_confirms_balances_and_sees_what_is_left(city: PlannedCity) -> None:
    settle(city.mill.meters.get(), 2026, {1: 800, 2: 1100, 3: None, 4: 950})
    published_round(city)
    row, filer = city.allowance(city.mill), browser(city.filer(city.mill))
    own = filer.get(reverse("allowances")).content.decode()
    assert "我的用水计划" in own and "待签收" in own and "12,000" in own
    assert filer.post(reverse("confirm_allowance", args=[row.pk])).status_code == MOVED
    page = filer.get(reverse("allowance", args=[row.pk])).content.decode()
    for words in ("-100", "超计划", "计划内", "临近", "缺", "月间调剂", "申请增加或减少", "签收"):
        assert words in page, words
    answer = filer.post(
        reverse("rebalance_allowance", args=[row.pk]), _months({6: "900", 7: "1100"}), follow=True
    )
    assert "各月指标已调整" in answer.content.decode()
    assert AllowanceEntry.objects.filter(kind="rebalancing", state="approved").count() == 1


def test_months_that_do_not_add_up_are_refused_with_a_sentence(city: PlannedCity) -> None:
    published_round(city)
    row, filer = city.allowance(city.mill), browser(city.filer(city.mill))
    answer = filer.post(reverse("rebalance_allowance", args=[row.pk]), _months({6: "900"}))
    assert answer.status_code == WRONG
    assert "青禾印染厂" in answer.content.decode() and "相差" in answer.content.decode()
    answer = filer.post(reverse("rebalance_allowance", args=[row.pk]), _months({6: "多"}))
    assert answer.status_code == WRONG


def test_an_application_with_a_document_is_seen_by_the_office_and_decided(
    city: PlannedCity, office: Client
) -> None:
    local_rule(city.clerk, "allowances/adjustment", {"decide_within": "5"})
    published_round(city)
    row, filer = city.allowance(city.mill), browser(city.filer(city.mill))
    sent = {"kind": "increase", "m6": "500", "reason": "新增订单"}
    sent_file = SimpleUploadedFile("订单.txt", "订单".encode())
    answer = filer.post(reverse("ask_allowance_change", args=[row.pk]), sent | {"document": sent_file})
    assert answer.status_code == MOVED
    entry = AllowanceEntry.objects.get(state="asked")
    listed = browser(city.reviewer).get(reverse("allowance_applications")).content.decode()
    for words in ("青禾印染厂", "+500", "2026-05-27", "新增订单", "材料", "批准"):
        assert words in listed, words
    assert "批准</button>" not in office.get(reverse("allowance_applications")).content.decode()
    address = reverse("decide_allowance_change", args=[entry.pk])
    browser(city.reviewer).post(address, {"verb": "approve", "reason": "同意"})
    page = filer.get(reverse("allowance", args=[row.pk])).content.decode()
    assert "12,500" in page and "已批准" in page


def test_a_user_takes_an_application_back(city: PlannedCity) -> None:
    published_round(city)
    row, filer = city.allowance(city.mill), browser(city.filer(city.mill))
    filer.post(
        reverse("ask_allowance_change", args=[row.pk]), {"kind": "decrease", "m7": "5", "reason": "检修"}
    )
    entry = AllowanceEntry.objects.get(kind="decrease")
    filer.post(reverse("withdraw_allowance_change", args=[entry.pk]))
    entry.refresh_from_db()
    assert entry.state == "withdrawn"


def test_a_notice_is_a_word_document_for_its_own_user_only(city: PlannedCity) -> None:
    published_round(city)
    row = city.allowance(city.mill)
    address = reverse("allowance_notice_file", args=[row.pk])
    sent = browser(city.filer(city.mill)).get(address)
    assert sent.status_code == FOUND and sent.content[:2] == b"PK"
    assert browser(city.filer(city.school, "other")).get(address).status_code == NOT_FOUND
    PlannedAllowance.objects.update(number="")
    assert browser(city.leader).get(address).status_code == NOT_FOUND
