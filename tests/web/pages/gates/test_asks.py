"""What is typed into the form of a project, and back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.gates.made import a_project
from shuiheng.adapters.records.models import Account
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
