"""The board: each case stands in the column of its next step, with who ends it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity, bring_on
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_cases_stand_in_the_columns_of_their_steps(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    assert "还没有事项" in office.get(reverse("case_board")).content.decode()
    city.open("saving_compound", "清河苑", sort="place")
    bring_on(city, city.open("saving_compound", "东风里", sort="place"))
    bring_on(city, city.open("model_compound", "标杆苑", sort="place"))
    page = office.get(reverse("case_board")).content.decode()
    columns = {part.split('"')[0]: part for part in page.split('id="step-')[1:]}
    assert "清河苑" in columns["apply"] and "区县主管部门" in columns["apply"]
    assert "东风里" in columns["done"] and "标杆苑" not in page
    page = office.get(reverse("case_board") + "?kind=model_compound&district=x").content.decode()
    assert "标杆苑" in page and "清河苑" not in page
