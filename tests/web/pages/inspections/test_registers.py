"""The registers list persons and items; both are entered by the office and closed by a day."""

from __future__ import annotations

import pytest
from django.urls import reverse

from office import make_account, the_office
from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import InspectionItem, InspectorEntry, Role
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED, GONE = 422, 404


def test_an_inspector_is_entered_and_closed(city: InspectedCity, browser: Browser) -> None:
    office, address = browser(city.clerk), reverse("new_inspector")
    typed = {"organisation": str(the_office().pk), "name": "冯四", "certificate": "执0"}
    typed |= {"from_on": "2026-01-01", "account": ""}
    answer = office.post(address, typed)
    assert answer.status_code == REFUSED and "冯四" in answer.content.decode()  # 执0 is taken
    page = office.post(address, typed | {"certificate": "执9"}, follow=True).content.decode()
    assert "冯四" in page and "执9" in page
    row = InspectorEntry.objects.get(certificate="执9")
    office.post(reverse("end_inspector", args=[row.pk]), {"to_on": "2026-02-01"})
    row.refresh_from_db()
    assert str(row.to_on) == "2026-02-01"
    auditor = browser(make_account("auditor", Role.AUDITOR))
    assert "注销" not in auditor.get(reverse("inspector_register") + "?q=冯四").content.decode()
    assert auditor.get(address).status_code == GONE


def test_an_item_is_entered_with_its_questions(city: InspectedCity, browser: Browser) -> None:
    office, address = browser(city.clerk), reverse("new_inspection_item")
    typed = {"city": str(city.metered.place.pk), "number": "S02", "name": "节水设施", "kind": "project"}
    typed |= {"from_on": "2026-01-01", "source": "青禾市节水条例", "clause": "第十条"}
    answer = office.post(address, typed)
    assert answer.status_code == REFUSED and "青禾市节水条例" in answer.content.decode()
    typed |= {"q1": "设施是否投用", "a1": "yes_no", "q3": "日回用水量", "a3": "number", "u3": "m³"}
    page = office.post(address, typed, follow=True).content.decode()
    assert "设施是否投用" in page and "日回用水量" in page
    row = InspectionItem.objects.get(number="S02")
    assert row.kinds == ["project"] and [each["id"] for each in row.questions] == ["q1", "q2"]
    office.post(reverse("end_item", args=[row.pk]), {"to_on": "2026-02-01"})
    row.refresh_from_db()
    assert row.to_on is not None
