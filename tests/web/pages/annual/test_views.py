"""Plans of one year as pages."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from docx import Document

from office import the_office
from services.making import settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, AnnualPlan, PlanVersion, Role
from shuiheng.services.annual_plan import draft_annual_plan
from shuiheng.services.found_city import join


@pytest.fixture
def annual(officer: Account, published: PlanVersion) -> AnnualPlan:
    """A draft of the plan of 2026."""
    settle_units(officer)
    return draft_annual_plan(officer, published.plan_id, 2026)


@pytest.fixture
def leader(db: None) -> Client:
    """A browser of the head of the office."""
    account = Account.objects.create(username="zhang")
    join(account, the_office(), Role.OFFICE_LEADER)
    client = Client()
    client.force_login(account)
    return client


def test_a_year_is_chosen_and_its_plan_opened(office: Client, published: PlanVersion) -> None:
    years = [year for _, year in office.get("/register/years/").context["choices"]]
    assert {2026, 2027} <= set(years)
    response = office.post("/register/years/", {"plan": f"{published.plan.slug}:2027"})
    assert response.status_code == 302
    refused = office.post("/register/years/", {"plan": f"{published.plan.slug}:2027"})
    assert refused.status_code == 422 and AnnualPlan.objects.count() == 1


def test_items_are_changed_dropped_and_the_rest_stays(office: Client, annual: AnnualPlan) -> None:
    first, second, third = annual.items.all()
    form = {
        f"what-{first.pk}": "完成2处灌区改造",
        f"value-{first.pk}": "2",
        f"unit-{first.pk}": "处",
        f"due-{first.pk}": "2026-10-31",
        f"organisation-{first.pk}": unit_named("青禾市农业农村局").pk,
        f"what-{second.pk}": second.what,
        f"drop-{second.pk}": "1",
    }
    assert office.post(f"/register/years/{annual.pk}/", form).status_code == 302
    first.refresh_from_db()
    assert (first.what, first.value) == ("完成2处灌区改造", 2)
    assert list(annual.items.values_list("pk", flat=True)) == [first.pk, third.pk]


def test_a_figure_that_is_none_is_refused(office: Client, annual: AnnualPlan) -> None:
    item = annual.items.all()[0]
    form = {f"what-{item.pk}": "x", f"value-{item.pk}": "若干"}
    assert office.post(f"/register/years/{annual.pk}/", form).status_code == 422
    item.refresh_from_db()
    assert item.what != "x"


def test_an_item_for_another_task_is_added(
    office: Client, annual: AnnualPlan, published: PlanVersion
) -> None:
    task = tasks_of(published)[3]
    office.post(f"/register/years/{annual.pk}/", {"task-new": task.pk, "what-new": "每季度通报"})
    assert annual.items.filter(task=task, what="每季度通报").exists()


def test_an_issued_plan_has_no_fields_any_more(office: Client, leader: Client, annual: AnnualPlan) -> None:
    path = f"/register/years/{annual.pk}/"
    assert office.post(f"{path}issue/").status_code in (302, 404)
    leader.post(f"{path}issue/")
    annual.refresh_from_db()
    assert annual.issued_at is not None
    assert "<textarea" not in office.get(path).content.decode()


def test_the_plan_leaves_as_a_document_and_as_a_workbook(office: Client, annual: AnnualPlan) -> None:
    sent = office.get(f"/register/years/{annual.pk}/plan.docx")
    words = "".join(
        cell.text
        for table in Document(io.BytesIO(sent.content)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "灌区续建配套改造" in words and "2026-12-31" in words
    book = office.get(f"/register/years/{annual.pk}/plan.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0].values)
    assert len(rows) == 4 and rows[1][6] == "青禾市水利局"
    assert office.get(f"/register/years/{annual.pk}/plan.pdf").status_code == 404


def test_a_reader_looks_and_changes_nothing(looker: Client, annual: AnnualPlan) -> None:
    path = f"/register/years/{annual.pk}/"
    assert looker.get(path).status_code == 200 and "<textarea" not in looker.get(path).content.decode()
    item = annual.items.all()[0]
    assert looker.post(path, {f"what-{item.pk}": "x"}).status_code == 404
    assert looker.post(f"{path}issue/").status_code == 404
