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
    for severity in ("warn", "note"):
        groups = office.get(f"/findings/?severity={severity}").context["groups"]
        assert {group.severity for version in groups for group in version.groups} == {severity}


def test_more_than_three_of_a_kind_are_folded_and_all_are_there(office: Client, ready: PlanVersion) -> None:
    for place in range(900, 905):
        ready.findings.create(
            place=place,
            code="services.empty_file",
            severity="note",
            subject="document",
            evidence=f"第{place}处",
        )
    page = office.get("/findings/?code=services.empty_file").content.decode()
    assert page.index("第902处") < page.index("<details><summary>其余 2 项") < page.index("第903处")


def test_evidence_names_no_bare_id(office: Client, ready: PlanVersion) -> None:
    shown = office.get("/findings/")
    lines = [line for v in shown.context["groups"] for group in v.groups for line in group.lines]
    ids = {item["id"] for item in (*ready.compiled_json["targets"], *ready.compiled_json["tasks"])}
    assert lines
    assert not [line for line in lines if any(each in line.finding.evidence for each in ids)]
