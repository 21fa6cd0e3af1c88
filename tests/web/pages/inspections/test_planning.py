"""The form of a draw keeps what was typed, and gives back what a draft holds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import InspectionDraw
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED = 422


def test_a_draw_is_planned_and_changed(city: InspectedCity, browser: Browser) -> None:
    office, typed = browser(city.clerk), {"title": "取用水抽查", "year": "2026", "kind": "user"}
    typed |= {"area": str(city.metered.place.pk), "share": "30", "seed_kind": "sealed_numbers"}
    typed |= {"persons": "clerk leader", "classes": "industry", "numbers": "000001 000002"}
    answer = office.post(reverse("new_inspection"), typed)
    page = answer.content.decode()
    assert answer.status_code == REFUSED and "取用水抽查" in page  # no item was ticked
    page = office.post(
        reverse("new_inspection"), typed | {"items": str(city.item.pk)}, follow=True
    ).content.decode()
    row = InspectionDraw.objects.get()
    assert "未密封" in page and row.scope["share"] == "0.3" and row.scope["classes"] == ["industry"]
    page = office.get(reverse("edit_inspection", args=[row.pk])).content.decode()
    assert "clerk leader" in page and "000001 000002" in page and 'value="30"' in page and "checked" in page
    changed = {**typed, "items": str(city.item.pk), "share": "", "size": "2"}
    ticked = {"classes": ["industry", "services"], "districts": [str(city.metered.districts[0].pk)]}
    office.post(reverse("edit_inspection", args=[row.pk]), changed | ticked)
    row.refresh_from_db()
    assert row.size == 2 and row.scope["share"] is None
    assert row.scope["classes"] == ["industry", "services"]
    assert row.scope["districts"] == [city.metered.districts[0].pk]
    page = office.get(reverse("edit_inspection", args=[row.pk])).content.decode()
    assert page.count(" checked") == 4  # two classes, a district, an item
    wrong = office.post(reverse("edit_inspection", args=[row.pk]), changed | {"districts": ["999999"]})
    assert wrong.status_code == REFUSED
