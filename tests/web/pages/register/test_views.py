"""The register as a page."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.test import Client

from services.making import parts_now, settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Message,
    PeriodKind,
    PlanVersion,
    RegisterTask,
    Role,
    SavedFilter,
)
from shuiheng.services.found_city import found_city, join
from shuiheng.services.open_period import open_period


@pytest.fixture
def settled(officer: Account, published: PlanVersion) -> PlanVersion:
    """A published plan whose units are confirmed."""
    settle_units(officer)
    return published


def browser(unit: str, role: Role) -> Client:
    account = Account.objects.create(username=f"{role}-{unit}")
    join(account, unit_named(unit), role)
    client = Client()
    client.force_login(account)
    return client


def texts(client: Client, query: str = "") -> list[str]:
    lines = client.get(f"/register/{query}").context["lines"]
    return [line.task.text[:6] for line in lines]


def test_the_register_shows_the_tasks_in_the_plans_own_order_with_their_status(
    office: Client, settled: PlanVersion
) -> None:
    page = office.get("/register/")
    assert texts(office) == ["推进灌区改造", "完善计量设施", "开展水平衡测", "严格计划用水"]
    assert all(line.status.code for line in page.context["lines"])
    assert "市水利局" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=灌区", 2),
        ("?q=qhsslj", 4),
        ("?q=tjgq", 1),
        ("?q=财政", 1),
        ("?role=none", 0),
        ("?due=2026", 2),
        ("?due=none", 1),
        ("?plan=nowhere", 0),
        ("?status=done", 0),
        ("?due=99999&role=%27&status=x&page=zz", 4),
    ],
)
def test_a_filter_leaves_what_it_says(office: Client, settled: PlanVersion, query: str, count: int) -> None:
    assert len(texts(office, query)) == count


def test_the_parts_of_the_plan_divide_its_tasks(office: Client, settled: PlanVersion) -> None:
    parts = office.get("/register/").context["parts"]
    assert parts and sum(len(texts(office, f"?part={part}")) for part in parts) == 4


def test_a_unit_is_chosen_by_its_address_and_role(office: Client, settled: PlanVersion) -> None:
    slug = unit_named("青禾市水利局").slug
    assert len(texts(office, f"?unit={slug}&role=lead")) == 2
    assert len(texts(office, f"?unit={slug}")) == 4


def test_a_supplier_sees_its_own_tasks_only(office: Client, settled: PlanVersion) -> None:
    supplier = browser("青禾市财政局", Role.SUPPLIER)
    assert texts(supplier) == ["推进灌区改造"]
    assert supplier.get("/register/?q=灌区&due=2026&role=joint").status_code == 200


def test_another_city_sees_nothing_of_it(settled: PlanVersion) -> None:
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    client = Client()
    client.force_login(stranger)
    assert texts(client) == []
    assert client.get(f"/register/tasks/{tasks_of(settled)[0].pk}/").status_code == 404


def test_chosen_tasks_are_assigned_and_dated_at_once(office: Client, settled: PlanVersion) -> None:
    keys = [task.pk for task in tasks_of(settled)[:2]]
    unit = unit_named("青禾市财政局")
    form = {"task": keys, "verb": "assign", "organisation": unit.pk, "role": "lead", "reason": "会议议定"}
    assert office.post("/register/chosen/", form).status_code == 302
    assert parts_now(tasks_of(settled)[1])[0] == ("lead", "青禾市财政局")
    office.post(
        "/register/chosen/", {"task": keys, "verb": "due", "due_on": "2027-06-30", "reason": "会议议定"}
    )
    assert RegisterTask.objects.filter(due_on="2027-06-30").count() == 2


def test_a_refused_bulk_change_says_why_and_changes_nothing(office: Client, settled: PlanVersion) -> None:
    task = tasks_of(settled)[0]
    page = office.post(
        "/register/chosen/?due=2026", {"task": [task.pk], "verb": "due", "due_on": "2027-06-30"}, follow=True
    )
    assert "须写明理由" in page.content.decode() and page.request["QUERY_STRING"] == "due=2026"
    task.refresh_from_db()
    assert task.due_on is not None and task.due_on.year == 2026


def test_the_units_that_lead_chosen_tasks_are_reminded(
    officer: Account, office: Client, settled: PlanVersion
) -> None:
    period = open_period(
        officer,
        settled.plan.slug,
        kind=PeriodKind.HALF_YEAR,
        first=date(2026, 1, 1),
        due_on=date(2026, 7, 15),
    )
    office.post(
        "/register/chosen/", {"task": [tasks_of(settled)[0].pk], "verb": "remind", "period": period.pk}
    )
    assert {message.organisation.name for message in Message.objects.all() if message.organisation} == {
        "青禾市水利局"
    }


def test_a_reader_changes_nothing(looker: Client, settled: PlanVersion) -> None:
    for verb in ("assign", "due", "remind", "other"):
        form = {"task": [tasks_of(settled)[0].pk], "verb": verb, "reason": "x", "organisation": 1}
        assert looker.post("/register/chosen/", form).status_code == 404


def test_the_filter_is_exported_and_chosen_tasks_too(office: Client, settled: PlanVersion) -> None:
    sent = office.get("/register/export.xlsx?due=2026")
    rows = list(openpyxl.load_workbook(io.BytesIO(sent.content)).worksheets[0].values)
    assert len(rows) == 3 and rows[1][4] == "青禾市水利局"
    chosen = office.post(
        "/register/chosen/", {"task": [tasks_of(settled)[2].pk], "verb": "export", "ending": "csv"}
    )
    assert chosen.content.decode("utf-8-sig").count("\r\n") == 2
    assert Event.objects.filter(action="table.exported", subject="register").count() == 2
    assert office.get("/register/export.pdf").status_code == 404


def test_a_partner_exports_the_tasks_of_its_own_unit(settled: PlanVersion) -> None:
    partner = browser("青禾市财政局", Role.PARTNER_CLERK)
    assert len(texts(partner)) == 4
    rows = partner.get("/register/export.csv").content.decode("utf-8-sig").count("\r\n")
    assert rows == 2


def test_a_filter_is_kept_used_and_forgotten(office: Client, settled: PlanVersion) -> None:
    office.post("/register/filters/?due=2026", {"name": "今年到期"})
    kept = SavedFilter.objects.get()
    assert kept.query == "due=2026"
    assert f'href="/register/?{kept.query}"' in office.get("/register/").content.decode()
    office.post("/register/filters/", {"drop": kept.pk})
    assert not SavedFilter.objects.exists()
