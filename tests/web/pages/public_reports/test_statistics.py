"""Statistics count what was answered, by matter and by district; no answer is no number of days."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.public_reports.made_up import Town
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_an_open_report_has_no_days_and_other_days_have_no_reports(town: Town, browser: Browser) -> None:
    town.assigned()
    office = browser(town.clerk)
    page = office.get(reverse("public_statistics")).content.decode()
    assert "消火栓" in page and town.district.name in page and "—" in page
    page = office.get(reverse("public_statistics") + "?since=2020-01-01&until=2020-02-01").content.decode()
    assert "这段时间没有公众反映" in page
    assert "办理统计" in office.get(reverse("public_statistics") + "?since=x").content.decode()
