"""The rehearsal tells the score with its bounds, what may be lost and what papers are wanted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import PlanVersion
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
PAGE = "assessments"


def test_the_page_tells_score_losses_and_papers(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    office = browser(city.clerk)
    page = office.get(reverse(PAGE)).content.decode()
    assert "节约用水考核自评" in page and "可能失分" in page and "须备佐证" in page
    assert "未核对的模板" in page and "立项并填报佐证" in page
    other = office.get(reverse(PAGE) + "?scheme=saving_city&on=2025-06-30").content.decode()
    assert "公共供水管网漏损率" in other and "2025-06-30" in other
    assert office.get(reverse(PAGE) + "?on=nonsense").status_code == 200
    assert office.get(reverse(PAGE) + "?scheme=saving_school").status_code == 404
    assert office.get(reverse(PAGE) + "?place=999999").status_code == 404


def test_the_rehearsal_goes_out_as_a_workbook_and_text(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    office = browser(city.clerk)
    assert office.get(reverse("assessments_export", args=["xlsx"])).content[:2] == b"PK"
    text = office.get(reverse("assessments_export", args=["csv"])).content.decode("utf-8-sig")
    assert "漏损率" in text
    assert office.get(reverse("assessments_export", args=["pdf"])).status_code == 404
