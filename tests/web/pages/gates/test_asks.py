"""What is typed into the form of a project, and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from services.gates.made import a_project
from services.rules.norm_books import STANDARD, a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account
from shuiheng.services.rules.norm_book import receive_norms, take_norms
from shuiheng.web.pages.gates.asks import fields_of, typed_project

pytestmark = pytest.mark.django_db


def test_water_that_is_not_typed_is_not_planned_and_none_is_zero(officer: Account) -> None:
    given = {
        "name": "甲",
        "kind": "new",
        "stage": "permit",
        "area": 1,
        "uses": "离心泵；轧机;、",
        "planned_surface": Decimal(0),
        "planned_tap": None,
    }
    fields = fields_of(given)
    assert fields.planned == {"surface": Decimal(0)}
    assert [each for each in fields.uses if each] == ["离心泵", "轧机"]


def test_a_project_is_typed_back_without_needless_digits(officer: Account) -> None:
    project = a_project(officer, site_area_m2=Decimal("20000.500"), uses=["甲", "乙"])
    project.refresh_from_db()
    typed = typed_project(project)
    assert (typed["site_area_m2"], typed["planned_surface"], typed["uses"]) == ("20000.5", "120000", "甲、乙")
    assert (typed["owner"], typed["building_area_m2"], typed["approved_on"]) == ("", "", "")


def test_the_form_lists_the_norms_of_the_city_as_of_today(office: Client, officer: Account) -> None:
    the_city()
    sent = a_book(a_row("1"), a_row("2", product="毛巾", valid_to=date(2025, 1, 1)))
    take_norms(reviewer(), receive_norms(officer, content=sent, name="定额.xlsx").pk)
    form = office.get(reverse("new_project")).content.decode()
    assert f'value="{STANDARD}/1"' in form and f'value="{STANDARD}/2"' not in form
    assert "印染布（2.2 m³/t）" in form and "db37-t-4452-2021" not in form


def test_a_norm_that_was_named_by_its_number_is_shown_by_its_key(office: Client, officer: Account) -> None:
    the_city()
    take_norms(reviewer(), receive_norms(officer, content=a_book(), name="定额.xlsx").pk)
    project = a_project(officer, norm="1")
    form = office.get(reverse("edit_project", args=[project.pk])).content.decode()
    assert f'value="{STANDARD}/1" data-doc selected' in form
    project.norm = "旧定额"
    project.save()
    form = office.get(reverse("edit_project", args=[project.pk])).content.decode()
    assert 'value="旧定额" data-doc selected' in form
