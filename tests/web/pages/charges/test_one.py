"""A charge shows every step, in page, Word and JSON alike; a payer sees what was issued to it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from shuiheng.adapters.documents import read_document
from shuiheng.adapters.records.models import Charge
from web.pages.charges.conftest import Desk, sent, shown

pytestmark = pytest.mark.django_db
GONE = 404


@pytest.fixture
def charge(desk: Desk) -> Charge:
    """An issued charge of 300.00 yuan."""
    return desk.city.issued(desk.callbacks)


def test_page_word_and_json_show_the_same_steps(desk: Desk, charge: Charge) -> None:
    page = shown(desk.clerk, "charge", charge.pk)
    kept = json.loads(desk.clerk.get(reverse("charge_derivation", args=[charge.pk, "json"])).content)
    word = desk.clerk.get(reverse("charge_derivation", args=[charge.pk, "docx"])).content
    text = read_document(word, name="a.docx").text
    steps = kept["derivation"]["steps"]
    assert len(steps) > 8
    for step in steps:
        assert step["formula"].replace("→", "→") in page.replace("&gt;", ">")
        assert step["formula"] in text
    assert kept["amount_yuan"] == "300.00"
    assert desk.clerk.get(reverse("charge_derivation", args=[charge.pk, "exe"])).status_code == GONE


def test_a_payer_sees_its_charge_the_notice_and_how_it_came_about(desk: Desk, charge: Charge) -> None:
    own = shown(desk.payer, "charges")
    assert "300.00" in own and "怎样算出来的" in own
    page = shown(desk.payer, "charge", charge.pk)
    assert "计算过程" in page and "登记缴款" not in page and "放行" not in page
    notice = desk.payer.get(reverse("charge_notice", args=[charge.pk])).content
    assert "人民币叁佰元整" in read_document(notice, name="a.docx").text
    assert desk.payer.post(reverse("pay_charge", args=[charge.pk])).status_code == GONE


def test_a_draft_is_no_business_of_the_payer(desk: Desk) -> None:
    run = desk.city.run(desk.callbacks)
    draft = Charge.objects.get(run=run)
    assert "没有发给本单位的费用" in shown(desk.payer, "charges")
    assert desk.payer.get(reverse("charge", args=[draft.pk])).status_code == GONE
    answer = desk.clerk.get(reverse("charge_notice", args=[draft.pk]), follow=True)
    assert "没有发出" in answer.content.decode()


def test_it_is_paid_and_refunded_by_two_persons(desk: Desk, charge: Charge) -> None:
    page = sent(desk.clerk, "pay_charge", charge.pk, amount="300.00", day="2026-01-05", receipt="A-7")
    assert "缴款已登记" in page and "A-7" in page
    asked = sent(desk.clerk, "ask_charge_back", charge.pk, kind="refund", amount="40", reason="复测水表偏快")
    assert "由另一人放行后生效" in asked and "待放行" in asked
    waiting = shown(desk.reviewer, "charge_releases")
    assert "复测水表偏快" in waiting
    entry = charge.entries.get(kind="refund")
    released = sent(desk.reviewer, "decide_charge_entry", entry.pk, "release")
    assert "已放行" in released and "已退 40.00" in " ".join(released.split())
    assert "已放行或者驳回" not in released
    assert "没有等待放行的事项" in shown(desk.reviewer, "charge_releases")
    own = shown(desk.payer, "charge", charge.pk)
    assert "40.00" in own


def test_a_reversal_leads_there_and_back(desk: Desk, charge: Charge) -> None:
    sent(desk.clerk, "ask_charge_back", charge.pk, kind="reversal", reason="户名有误")
    sent(desk.leader, "decide_charge_entry", charge.entries.get().pk, "release")
    reversal = Charge.objects.get(reverses=charge)
    assert reverse("charge", args=[reversal.pk]) in shown(desk.clerk, "charge", charge.pk)
    page = shown(desk.clerk, "charge", reversal.pk)
    assert reverse("charge", args=[charge.pk]) in page and "-300.00" in page


@pytest.mark.parametrize(
    ("name", "posted", "says"),
    [
        ("pay_charge", {"amount": "x", "day": "2026-01-05", "receipt": "1"}, "精确到分"),
        ("pay_charge", {"amount": "1", "day": "", "receipt": "1"}, "day"),
        ("ask_charge_back", {"kind": "poetry"}, "messages"),
        ("ask_charge_back", {"kind": "waiver", "amount": "300.01", "reason": "多"}, "超过尚欠"),
        ("add_charge_late_fee", {"day": "2026-01-05"}, "没有新增的滞纳金"),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: Desk, charge: Charge, name: str, posted: dict[str, str], says: str
) -> None:
    assert says in sent(desk.clerk, name, charge.pk, **posted)
    assert not charge.entries.exists()


def test_a_late_fee_is_shown_with_its_steps_and_added(desk: Desk, charge: Charge) -> None:
    Charge.objects.filter(pk=charge.pk).update(due_on="2026-01-01")
    assert "到今天应加收的滞纳金累计" in shown(desk.clerk, "charge", charge.pk)
    page = sent(desk.clerk, "add_charge_late_fee", charge.pk, day="2026-01-11")
    assert "滞纳金已加收" in page and "3.00" in page
