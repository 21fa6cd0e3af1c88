"""A finding is read with its remedy and the days around it, and decided on its page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from web.pages.meters.conftest import Metered

pytestmark = pytest.mark.django_db
GONE = 404


def test_a_finding_is_confirmed_dismissed_and_opened_again(office: Client, metered: Metered) -> None:
    address = reverse("findings_of_meter", args=[metered.meter.pk])
    decide = reverse("decide_meter_finding", args=[metered.finding.pk])
    text = office.get(address).content.decode()
    assert "单个读数偏高" in text and "请核对原始记录后更正或撤回该读数" in text
    assert "from=2026-02-22" in text and "from=2026-02-28&amp;to=2026-03-02" in text
    refused = office.post(decide, {"decision": "dismissed", "note": ""}, follow=True)
    assert "没有说明" in refused.content.decode()
    office.post(decide, {"decision": "dismissed", "note": "检修放水"})
    assert "没有待处理的疑点" in office.get(address).content.decode()
    decided = office.get(address, {"kind": "decided"}).content.decode()
    assert "已排除" in decided and "检修放水" in decided
    office.post(decide, {"decision": "confirmed", "note": "表坏"})
    assert "已确认" in office.get(address, {"kind": "all"}).content.decode()
    answer = office.post(decide, {"decision": "", "note": "又出现", "kind": "decided"})
    assert answer["Location"] == f"{address}?kind=decided#f-{metered.finding.pk}"
    assert office.get(address, {"kind": "nonsense"}).context["total"] == 1


def test_who_only_looks_finds_no_form_and_decides_nothing(supplier: Client, metered: Metered) -> None:
    text = supplier.get(reverse("findings_of_meter", args=[metered.meter.pk])).content.decode()
    assert "单个读数偏高" in text and "确认属实" not in text
    decide = reverse("decide_meter_finding", args=[metered.finding.pk])
    assert supplier.post(decide, {"decision": "confirmed"}).status_code == GONE
    metered.finding.refresh_from_db()
    assert metered.finding.decision == ""
