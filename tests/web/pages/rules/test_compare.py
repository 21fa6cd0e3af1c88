"""Two places and two days are held beside each other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from services.rules.proposals import LADDER, accepted
from shuiheng.adapters.records.models import Account

pytestmark = pytest.mark.django_db


def _page(client: Client, route: str, *key: object, **query: object) -> str:
    answer = client.get(reverse(route, args=key), query)
    assert answer.status_code == 200, route
    return answer.content.decode()


def test_two_places_and_two_days_are_compared(office: Client, officer: Account) -> None:
    accepted(officer)
    page = _page(
        office, "compare_rules", rule=LADDER, left_area="3710", right_area="9901", right_on="2026-06-01"
    )
    assert "第1项 / 倍数" in page and "0.5 倍" in page
    days = _page(office, "compare_rules", rule=LADDER, left_on="2025-12-31", right_on="2026-01-01")
    assert "只有乙方有规定" in days
    assert "两方的规定没有不同" in _page(
        office, "compare_rules", rule=LADDER, left_on="2026-02-01", right_on="2026-03-01"
    )
    assert "选两个地区" in _page(office, "compare_rules")
    answer = office.get(
        reverse("compare_rules_export", args=["csv"]),
        {"rule": LADDER, "left_area": "3710", "right_area": "9901"},
    )
    assert "第1项 / 倍数" in answer.content.decode("utf-8-sig")
