"""The office opens a check by itself; a refused form keeps what was typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.inspections.check_city import CheckedCity
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED = 422


def test_a_check_is_opened_by_the_office_with_what_was_typed_kept(
    checked: CheckedCity, browser: Browser
) -> None:
    office, address = browser(checked.clerk), reverse("new_check")
    name = checked.user("甲厂").organisation.name
    assert name in office.get(f"{address}?q={name}").content.decode()
    fields = {"area": checked.metered.districts[0].pk, "items": [checked.item.pk], "subject": "东河路洗车点"}
    answer = office.post(address, fields)
    assert answer.status_code == REFUSED and "东河路洗车点" in answer.content.decode()
    office.post(address, fields | {"inspectors": [each.pk for each in checked.entries]})
    page = office.get(reverse("checks")).content.decode()
    assert "东河路洗车点" in page
