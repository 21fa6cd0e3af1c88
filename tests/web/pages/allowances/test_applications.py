"""Applications are listed by their last day, and decided by those who may."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from services.allowances.planned_city import local_rule, planned_city, published_round
from shuiheng.adapters.records.models import Account, AllowanceEntry
from shuiheng.services.allowances.change_allowance import Wanted, ask_change
from web.pages.allowances.test_rounds import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(officer: Account) -> AllowanceEntry:
    city = planned_city(officer)
    local_rule(officer, "allowances/increase_barred", {"reasons": ["over_norm"]})
    published_round(city)
    wanted = Wanted(months=[Decimal(0)] * 11 + [Decimal(500)], reason="扩产")
    return ask_change(city.filer(city.mill), city.allowance(city.mill).pk, "increase", wanted)


def _reviewer() -> Account:
    return Account.objects.get(username="fu")


def test_a_barred_increase_is_refused_with_its_clause_and_a_rejection_is_shown(entry: AllowanceEntry) -> None:
    reviewer = browser(_reviewer())
    page = reviewer.get(reverse("allowance_applications")).content.decode()
    assert "超定额" in page and "无规定" in page
    address = reverse("decide_allowance_change", args=[entry.pk])
    answer = reviewer.post(address, {"verb": "approve", "barred": "over_norm"}, follow=True)
    assert "不予增加" in answer.content.decode()
    reviewer.post(address, {"verb": "reject", "reason": "超定额用水"})
    entry.refresh_from_db()
    assert entry.state == "rejected"
    listed = reviewer.get(reverse("allowance_applications"), {"state": "rejected"}).content.decode()
    assert "超定额用水" in listed
    assert "没有这样的申请" in reviewer.get(reverse("allowance_applications")).content.decode()
