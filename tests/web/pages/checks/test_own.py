"""A unit sees the orders that it was served, and no others."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from services.inspections.check_city import CheckedCity
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_another_unit_does_not_see_an_order(checked: CheckedCity, browser: Browser) -> None:
    made = checked.ordered(checked.recorded())
    office = browser(checked.reviewer)
    office.post(
        reverse("step_order", args=[made.pk, "serve"]), {"served_on": timezone.localdate().isoformat()}
    )
    other = browser(checked.filer(checked.user("乙厂")))
    assert other.get(reverse("own_order", args=[made.pk])).status_code == GONE
    assert "没有送达本单位" in other.get(reverse("own_orders")).content.decode()
    assert office.post(reverse("step_order", args=[made.pk, "other"])).status_code == GONE
