"""What is overdue is listed by age with the collection rate; a refusal is written down."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from shuiheng.adapters.records.models import Charge
from web.pages.charges.conftest import Desk, sent, shown

pytestmark = pytest.mark.django_db
GONE = 404


@pytest.fixture
def charge(desk: Desk) -> Charge:
    """A charge of 300.00 yuan that is long overdue."""
    found = desk.city.issued(desk.callbacks)
    Charge.objects.filter(pk=found.pk).update(due_on="2025-05-01")
    return found


def test_arrears_are_listed_until_they_are_paid(desk: Desk, charge: Charge) -> None:
    page = shown(desk.clerk, "charge_arrears")
    assert "青禾印染厂" in page and "0.0 %" in page and "365" in page
    sent(desk.clerk, "pay_charge", charge.pk, amount="100.00", day="2026-01-05", receipt="1")
    assert "200.00" in shown(desk.clerk, "charge_arrears")
    answer = desk.clerk.get(reverse("charge_arrears_export", args=["xlsx"]))
    cells = [cell.value for row in load_workbook(io.BytesIO(answer.content)).active.rows for cell in row]
    assert "青禾印染厂" in cells and 200 in cells
    sent(desk.clerk, "pay_charge", charge.pk, amount="200.00", day="2026-01-05", receipt="2")
    page = shown(desk.clerk, "charge_arrears")
    assert "没有逾期未缴的费用" in page and "100.0 %" in page
    assert desk.clerk.get(reverse("charge_arrears_export", args=["pdf"])).status_code == GONE


def test_a_refusal_needs_its_reason_and_an_unknown_verb_is_not_there(desk: Desk, charge: Charge) -> None:
    sent(desk.clerk, "ask_charge_back", charge.pk, kind="waiver", amount="40", reason="困难")
    entry = charge.entries.get()
    assert "须写明理由" in sent(desk.reviewer, "decide_charge_entry", entry.pk, "reject")
    assert "已驳回" in sent(desk.reviewer, "decide_charge_entry", entry.pk, "reject", note="依据不足")
    address = reverse("decide_charge_entry", args=[entry.pk, "burn"])
    assert desk.reviewer.post(address).status_code == GONE
    address = reverse("decide_charge_entry", args=[entry.pk, "release"])
    assert desk.clerk.post(address).status_code == GONE
