"""A document of a case is read on the screen and sent as Word; what does not exist is not there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import Event
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_a_document_is_shown_and_sent(city: CaseCity, browser: Browser) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    office = browser(city.clerk)
    page = office.get(reverse("case_document", args=[row.pk, "certificate"])).content.decode()
    assert "兹认定清河苑" in page and row.number in page
    answer = office.get(reverse("case_document_file", args=[row.pk, "certificate"]))
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    assert Event.objects.filter(action="table.exported", subject=f"case:{row.pk}:certificate").exists()


def test_what_is_not_there_is_not_shown(city: CaseCity, browser: Browser) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    office = browser(city.clerk)
    for name in ("case_document", "case_document_file"):
        assert office.get(reverse(name, args=[row.pk, "activity_report"])).status_code == GONE
        assert office.get(reverse(name, args=[row.pk + 1, "certificate"])).status_code == GONE
