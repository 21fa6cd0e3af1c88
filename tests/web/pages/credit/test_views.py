"""Lists of credit records: the office sees all, a unit its own; nothing is scored."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.credit.made_up import BAD, GOOD, City, noted, shown, use_terms
from shuiheng.services.credit.keep_credit import record_credit
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_office_finds_records_and_their_unit(
    city: City, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    shown(city, user)
    record_credit(city.clerk, user.organisation_id, GOOD)
    office = browser(city.clerk)
    page = office.get(reverse("credit_records") + "?kind=bad&state=shown").content.decode()
    assert BAD.item in page and GOOD.item not in page and "公示中" in page
    page = office.get(reverse("credit_of_unit", args=[user.organisation_id])).content.decode()
    assert BAD.item in page and GOOD.item in page
    assert reverse("new_credit_record", args=[user.organisation_id]) in page
    csv = office.get(reverse("credit_export", args=["csv"]) + "?kind=bad").content.decode("utf-8-sig")
    assert BAD.number in csv and GOOD.item not in csv
    assert office.get(reverse("credit_export", args=["pdf"])).status_code == GONE


def test_a_unit_sees_its_own_records_and_may_object(city: City, browser: Browser) -> None:
    here, there = city.user("甲厂"), city.user("乙厂")
    own, other = noted(city, here), noted(city, there)
    client = browser(city.filer(here))
    page = client.get(reverse("credit_records")).content.decode()
    assert page.count(BAD.item) == 1 and "可在此日前提出异议" in page
    page = client.get(reverse("credit_record", args=[own.pk])).content.decode()
    assert BAD.clause in page and "提出异议" in page and reverse("release_credit", args=[own.pk]) not in page
    assert client.get(reverse("credit_record", args=[other.pk])).status_code == GONE
