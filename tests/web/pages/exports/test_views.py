"""Downloads, opened again."""

from __future__ import annotations

import io
import json
from urllib.parse import unquote

from django.test import Client
from docx import Document
from python_calamine import CalamineWorkbook

from shuiheng.adapters.records.models import Event, PlanVersion
from shuiheng.plans.plan_reading import loads


def test_the_workbook_holds_what_the_filter_shows(office: Client, published: PlanVersion) -> None:
    response = office.get("/export/tasks.xlsx?unit=青禾市水利局&role=lead")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    assert all("市水利局" in str(row[5]) for row in rows[1:])


def test_a_file_has_a_chinese_name_that_every_browser_keeps(office: Client, published: PlanVersion) -> None:
    header = office.get("/export/targets.csv")["Content-Disposition"]
    assert header.startswith("attachment; filename*=UTF-8''")
    assert unquote(header).split("''")[1].startswith("全部方案_目标清单_")


def test_every_export_is_recorded(office: Client, published: PlanVersion) -> None:
    office.get("/export/units.xlsx")
    assert Event.objects.filter(action="table.exported", subject="units").count() == 1


def test_an_unknown_table_or_form_is_not_found(office: Client, published: PlanVersion) -> None:
    assert office.get("/export/accounts.xlsx").status_code == 404
    assert office.get("/export/tasks.exe").status_code == 404


def test_the_structured_file_is_a_plan_again(office: Client, published: PlanVersion) -> None:
    content = office.get(f"/plans/{published.plan.slug}/1/plan.json").content.decode()
    assert json.loads(content)["format"] == "shuiheng.plan/1"
    assert len(loads(content).tasks) == 4


def test_the_responsibility_table_has_a_row_for_each_task(office: Client, published: PlanVersion) -> None:
    office.cookies["django_language"] = "en"  # the document is Chinese all the same
    response = office.get(f"/plans/{published.plan.slug}/1/responsibility.docx")
    assert unquote(response["Content-Disposition"]).endswith("任务分工表.docx")
    table = Document(io.BytesIO(response.content)).tables[0]
    assert len(table.rows) == 5
    assert "市水利局" in [cell.text for cell in table.rows[1].cells]
