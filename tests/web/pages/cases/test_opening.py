"""A case is opened for what the ledger holds or for a name; what is wrong stands beside its field."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import ProgrammeCase
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED, GONE = 422, 404


def test_a_school_of_the_ledger_is_found_and_opened(city: CaseCity, browser: Browser) -> None:
    user = city.user("第一中学")
    office, address = browser(city.clerk), reverse("new_case")
    assert "节水型学校" in office.get(address).content.decode()
    page = office.get(address + "?kind=saving_school&q=第一").content.decode()
    assert f"subject=user%3A{user.pk}" in page
    here = f"{address}?kind=saving_school&subject=user%3A{user.pk}"
    page = office.get(here).content.decode()
    assert f'<option value="{city.district.pk}" data-doc selected>' in page and "第一中学" in page
    given = {"district": city.district.pk, "on": timezone.localdate().isoformat(), "level": "province"}
    assert office.post(here, given).status_code == 302
    row = ProgrammeCase.objects.get()
    assert (row.subject_key, row.user, row.organisation) == (f"user:{user.pk}", user, user.organisation)
    assert row.level == "province"


def test_a_name_that_no_table_holds_is_enough_and_mistakes_are_said(city: CaseCity, browser: Browser) -> None:
    office, here = browser(city.clerk), reverse("new_case") + "?kind=pipe_renewal&named=1"
    given = {"name": " 人民路  管段 ", "district": city.district.pk, "on": "昨天", "note": "一期"}
    answer = office.post(here, given)
    assert answer.status_code == REFUSED and "人民路" in answer.content.decode()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert office.post(here, given | {"on": tomorrow}).status_code == REFUSED
    today = timezone.localdate().isoformat()
    assert office.post(here, given | {"on": today}).status_code == 302
    assert ProgrammeCase.objects.get().subject_key == "name:人民路 管段"
    assert office.post(here, given | {"on": today}).status_code == REFUSED


def test_what_is_not_there_or_of_another_sort_cannot_be_chosen(city: CaseCity, browser: Browser) -> None:
    user = city.user("第一中学")
    office, address = browser(city.clerk), reverse("new_case")
    for kind, key in (("retrofit", f"user:{user.pk}"), ("saving_school", "user:0"), ("saving_school", "x")):
        assert office.get(f"{address}?kind={kind}&subject={key}").status_code == GONE
    assert office.post(address, {}).status_code == GONE


def test_an_area_is_chosen_among_the_places(city: CaseCity, browser: Browser) -> None:
    office, address = browser(city.clerk), reverse("new_case") + "?kind=saving_city"
    assert f"subject=place%3A{city.district.pk}" in office.get(address).content.decode()
    assert office.get(f"{address}&subject=place:{city.district.pk}").status_code == 200
