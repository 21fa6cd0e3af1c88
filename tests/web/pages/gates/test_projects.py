"""The list of projects and the form of a project."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from office import the_office
from services.gates.made import a_project
from shuiheng.adapters.records.models import Account, Project
from shuiheng.services.gates.keep_project import close_project

pytestmark = pytest.mark.django_db


def _typed(**changed: str) -> dict[str, str]:
    given = {
        "name": "青禾纺织二期",
        "kind": "new",
        "stage": "permit",
        "area": str(the_office().place.pk),
        "owner_name": "青禾纺织厂",
        "planned_surface": "120,000",
        "site_area_m2": "20000.5",
        "uses": "离心泵、M751型水泵；",
    }
    return {**given, **changed}


def test_a_project_is_registered_as_typed(office: Client) -> None:
    answer = office.post("/projects/new/", _typed())
    project = Project.objects.get()
    assert answer.headers["Location"] == f"/projects/{project.pk}/"
    assert project.planned == {"surface": "120000"}
    assert (project.site_area_m2, project.uses) == (Decimal("20000.5"), ["离心泵", "M751型水泵"])
    assert project.owner is None


@pytest.mark.parametrize("changed", [{"name": ""}, {"owner_name": ""}, {"planned_surface": "much"}])
def test_a_form_that_cannot_be_is_shown_again_with_what_was_typed(
    office: Client, changed: dict[str, str]
) -> None:
    answer = office.post("/projects/new/", _typed(**changed, note="留着"))
    assert answer.status_code == 422
    assert "留着" in answer.content.decode()
    assert not Project.objects.exists()


def test_the_form_of_a_change_holds_what_was_said(office: Client, officer: Account) -> None:
    project = a_project(officer, planned={"surface": Decimal("120000.500")})
    page = office.get(f"/projects/{project.pk}/change/").content.decode()
    assert 'value="120000.5"' in page
    office.post(f"/projects/{project.pk}/change/", _typed(name="新名称"))
    project.refresh_from_db()
    assert (project.name, project.planned) == ("新名称", {"surface": "120000"})


def test_the_list_filters_and_leaves_closed_ones_out(office: Client, officer: Account) -> None:
    a_project(officer, name="甲项目")
    closed = a_project(officer, name="乙项目", kind="enlarged")
    close_project(officer, closed.pk, reason="撤项")
    assert "乙项目" not in office.get("/projects/").content.decode()
    both = office.get("/projects/?closed=1").content.decode()
    assert "甲项目" in both
    assert "乙项目" in both
    one = office.get("/projects/?closed=1&kind=enlarged&q=乙").content.decode()
    assert "甲项目" not in one


def test_an_empty_list_says_so(office: Client) -> None:
    assert "没有符合条件的项目" in office.get("/projects/").content.decode()


def test_the_export_holds_what_the_filter_leaves(office: Client, officer: Account) -> None:
    a_project(officer, name="甲项目")
    a_project(officer, name="乙项目", planned={})
    book = openpyxl.load_workbook(io.BytesIO(office.get("/projects/export.xlsx").content))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[5] for row in cells if row[0] == "甲项目"] == [120_000]
    assert [row[5] for row in cells if row[0] == "乙项目"] == [None]
    assert office.get("/projects/export.pdf").status_code == 404


def test_a_project_is_closed_with_a_reason(office: Client, officer: Account) -> None:
    project = a_project(officer)
    office.post(f"/projects/{project.pk}/close/", {"reason": ""})
    project.refresh_from_db()
    assert not project.is_closed
    office.post(f"/projects/{project.pk}/close/", {"reason": "撤项"})
    project.refresh_from_db()
    assert project.is_closed
