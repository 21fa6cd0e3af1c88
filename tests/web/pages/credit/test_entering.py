"""The form of a credit record names what a bad one lacks and keeps what was typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.credit.made_up import City
from shuiheng.adapters.records.models import CreditRecord
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED = 422


def test_a_bad_record_without_its_decision_is_refused_with_what_was_typed(
    city: City, browser: Browser
) -> None:
    user = city.user("甲厂")
    client, address = browser(city.clerk), reverse("new_credit_record", args=[user.organisation_id])
    assert "未经批准" in client.get(address).content.decode()  # acts of the rulebook to choose from
    typed = {"kind": "bad", "item": "拖欠水资源费", "fact": "欠缴三期", "happened_on": "2026-03-01"}
    typed |= {"source": "水法", "clause": "第七十条", "grade": "ordinary", "final_on": "2026-06-01"}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == REFUSED and "没有填写“决定文号”" in page and "拖欠水资源费" in page
    page = client.post(address, typed | {"number": "水罚1号", "user": str(user.pk)}, follow=True)
    assert "拟记入" in page.content.decode()
    assert CreditRecord.objects.get().user == user
