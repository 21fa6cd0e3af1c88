"""A user proposes on its phone, from the last year, and corrects what it sent."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.allowances.planned_city import PlannedCity, planned_city
from shuiheng.adapters.records.models import Account, AllowanceProposal
from shuiheng.services.allowances.open_round import open_round
from web.pages.allowances.test_rounds import browser

pytestmark = pytest.mark.django_db
WRONG = 422


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_a_proposal_is_filled_from_last_year_sent_and_corrected(city: PlannedCity) -> None:
    filer, address = browser(city.filer(city.mill)), reverse("propose_own_allowance")
    assert "现在没有可以申报的年度计划" in filer.get(address).content.decode()
    round_ = open_round(city.clerk, city.place, year=2027)
    page = filer.get(address).content.decode()
    assert page.count('value="1000"') == 12 and "2025" in page and "2026-12-31" in page
    posted = {f"m{month}": "1100" for month in range(1, 13)}
    keys = {"user": city.mill.pk, "round": round_.pk, "source": city.mill.sources.get().pk}
    assert filer.post(address, posted | keys).status_code == 302
    assert AllowanceProposal.objects.get().volume_m3 == 13_200
    page = filer.get(address).content.decode()
    assert "已申报" in page and page.count('value="1100"') == 12
    assert "13,200" in filer.get(reverse("allowances")).content.decode()


def test_what_cannot_be_read_stays_in_the_form(city: PlannedCity) -> None:
    round_ = open_round(city.clerk, city.place, year=2027)
    filer, address = browser(city.filer(city.mill)), reverse("propose_own_allowance")
    posted = {"m1": "-5", "user": city.mill.pk, "round": round_.pk, "reason": "扩产计划"}
    answer = filer.post(address, posted)
    assert answer.status_code == WRONG and "扩产计划" in answer.content.decode()
    assert not AllowanceProposal.objects.exists()


def test_a_user_of_others_is_not_there(city: PlannedCity) -> None:
    open_round(city.clerk, city.place, year=2027)
    filer = browser(city.filer(city.mill))
    assert filer.get(reverse("propose_own_allowance"), {"user": city.school.pk}).status_code == 404
