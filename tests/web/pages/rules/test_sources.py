"""Documents on which rules rest are listed, searched and opened."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from services.rules.proposals import accepted
from shuiheng.adapters.records.models import Account

pytestmark = pytest.mark.django_db
GONE = 404


def _page(client: Client, route: str, *key: object, **query: object) -> str:
    answer = client.get(reverse(route, args=key), query)
    assert answer.status_code == 200, route
    return answer.content.decode()


def test_sources_are_listed_searched_and_opened(office: Client, officer: Account) -> None:
    accepted(officer)
    page = _page(office, "rule_sources")
    assert "节约用水条例" in page and "本市登记" in page
    assert "本市登记" not in _page(office, "rule_sources", q="威海")
    one = _page(office, "rule_source", "sd-weihai-water-saving-2017")
    assert "威海市人民代表大会常务委员会" in one and "第十三条" in one and "sha256:" in one
    assert office.get(reverse("rule_source", args=["no-such"])).status_code == GONE
