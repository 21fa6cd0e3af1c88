"""The findings page."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


def test_a_finding_is_shown_with_its_sentence(office: Client, ready: PlanVersion) -> None:
    finding = ready.findings.create(
        place=999,
        code="services.file_too_large",
        severity="warn",
        subject="document",
        values={"limit_mb": "7"},
    )
    page = office.get(f"/findings/?code={finding.code}").content.decode()
    assert "文件超过 7 MB。" in page


def test_a_filter_of_severity_holds(office: Client, ready: PlanVersion) -> None:
    shown = office.get("/findings/?severity=warn").context["page"].object_list
    assert {finding.severity for finding in shown} <= {"warn"}
