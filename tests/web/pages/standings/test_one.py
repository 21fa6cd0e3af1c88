"""The page of a target tells its rule, its facts, its path and its districts; what is unknown is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import KeptStanding, Place, PlaceKind, PlanVersion, RegisterTarget
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.set_share import set_shares
from shuiheng.web.pages.standings.one import ask_in, chart_of, fit_of, path_lines
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)
TOTAL = {"unconventional_use_2025": Decimal(1), "ecological_use_2025": Decimal(1)}


def _total(published: PlanVersion) -> KeptStanding:
    keep_standings(published.plan.place, ON)
    return KeptStanding.objects.get(target__metric__contains="用水总量", is_share=False)


def test_a_target_tells_what_is_missing(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    row = _total(published)
    page = browser(city.clerk).get(reverse("standing", args=[row.pk])).content.decode()
    assert "尚不能判断" in page and "需要补充" in page and "用水总量" in page
    assert browser(city.clerk).get(reverse("standing", args=[row.pk + 999])).status_code == 404


def test_a_target_tells_its_value_its_rule_and_its_facts(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    enter(published.plan.place_id, city.clerk, use_total_2025=Decimal(31000), **TOTAL)
    row = _total(published)
    page = browser(city.clerk).get(reverse("standing", args=[row.pk])).content.decode()
    assert "满足 ≤ 3.2" in page and "正常推进" in page and "31000" in page
    ask = ask_in(row)
    assert ask is not None and ask.limit == Decimal(320_000_000)
    lines = path_lines(row)
    assert lines[-1].mark == "deadline" and any(line.value for line in lines)
    assert chart_of(row)["values"][-1][0] == "2025-12-31"


def test_what_nobody_has_said_leads_to_where_it_is_said(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    RegisterTarget.objects.filter(metric__contains="用水总量").update(scope="主城区")
    row = _total(published)
    page = browser(city.clerk).get(reverse("standing", args=[row.pk])).content.decode()
    assert row.problem == "no_scope" and f"{reverse('scope_meanings')}?city={row.city_id}" in page
    assert row.missing[-1] == "progress_report" and reverse("progress_list") in page


def test_districts_are_held_against_the_city(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    enter(published.plan.place_id, city.clerk, use_total_2025=Decimal(31000), **TOTAL)
    target = _total(published).target
    place = Place.objects.create(
        slug="held-district", name="远江区", kind=PlaceKind.DISTRICT, parent=published.plan.place
    )
    enter(place.pk, city.clerk, use_total_2025=Decimal(30000), **TOTAL)
    set_shares(city.clerk, target.pk, {place.pk: Decimal(300_000_000)})
    row = _total(published)
    part = KeptStanding.objects.get(target=target, is_share=True)
    fit = fit_of(row, [part])
    assert (fit["values"]["fit"], fit["asked"]["fit"]) == ("differs", "differs")
    page = browser(city.clerk).get(reverse("standing", args=[row.pk])).content.decode()
    assert "远江区" in page and "相差" in page
    own = browser(city.clerk).get(reverse("standing", args=[part.pk])).content.decode()
    assert "区县分解" in own
