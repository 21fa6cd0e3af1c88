"""The page of a project: gates by stage, facts entered, outcomes confirmed, documents."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office import make_account
from services.gates.made import a_project
from shuiheng.adapters.records.models import Account, GateDocument, GateFact, GateRecord, Role
from shuiheng.services.gates.decide_gate import GateDecision, decide_gate

pytestmark = pytest.mark.django_db
GATE, FACT = "water_resources_argument", "argument_approved"


@pytest.fixture
def auditor() -> Client:
    """A browser of an auditor, who looks and changes nothing."""
    client = Client()
    client.force_login(make_account("shen", Role.AUDITOR))
    return client


def _signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _enter(office: Client, key: int, **changed: str) -> object:
    posted = {"fact": FACT, "value": "yes", "evidence": "审查意见", "gate": GATE, **changed}
    return office.post(f"/projects/{key}/facts/", posted)


def test_a_gate_shows_what_is_missing_and_its_clause(office: Client, officer: Account) -> None:
    page = office.get(f"/projects/{a_project(officer).pk}/").content.decode()
    assert "建设项目水资源论证" in page
    assert "水资源论证报告已通过审查" in page
    assert "第十一条" in page
    assert "未核对" in page
    assert "确认结论" not in page


def test_a_fact_is_entered_at_its_gate_and_shown_with_its_evidence(office: Client, officer: Account) -> None:
    project = a_project(officer)
    answer = _enter(office, project.pk, evidence="审查意见第〔2026〕7号")
    assert answer.headers["Location"] == f"/projects/{project.pk}/#{GATE}"  # type: ignore[attr-defined]
    page = office.get(f"/projects/{project.pk}/").content.decode()
    assert "审查意见第〔2026〕7号" in page
    _enter(office, project.pk, value="perhaps")
    assert GateFact.objects.get(superseded_at=None).value == "yes"


def test_a_fact_is_withdrawn_with_a_reason(office: Client, officer: Account) -> None:
    project = a_project(officer)
    _enter(office, project.pk)
    fact = GateFact.objects.get()
    office.post(f"/projects/facts/{fact.pk}/withdraw/", {"reason": "录错"})
    fact.refresh_from_db()
    assert fact.superseded_at is not None


def test_a_reviewer_confirms_and_a_clerk_cannot(office: Client, officer: Account) -> None:
    project = a_project(officer)
    where = f"/projects/{project.pk}/gates/{GATE}/"
    assert office.post(where, {"outcome": "unknown"}).status_code == 404
    reviewer = _signed_in(make_account("fu", Role.OFFICE_REVIEWER))
    reviewer.post(where, {"outcome": "passed"})
    assert not GateRecord.objects.exists()
    reviewer.post(where, {"outcome": "passed", "reason": "另有批复"})
    assert GateRecord.objects.get().outcome == "passed"
    page = reviewer.get(f"/projects/{project.pk}/").content.decode()
    assert "另有批复" in page
    assert "历次结论" in page


def test_a_changed_fact_marks_the_outcome(office: Client, officer: Account) -> None:
    project = a_project(officer)
    decide_gate(make_account("fu", Role.OFFICE_REVIEWER), project.pk, GATE, GateDecision(outcome="unknown"))
    _enter(office, project.pk, value="no")
    assert "事实已变化" in office.get(f"/projects/{project.pk}/").content.decode()


def test_a_document_is_kept_and_sent(office: Client, officer: Account) -> None:
    project = a_project(officer)
    sent = SimpleUploadedFile("意见.txt", "审查意见".encode())
    office.post(f"/projects/{project.pk}/documents/", {"title": "审查意见", "file": sent})
    row = GateDocument.objects.get()
    assert office.get(f"/projects/documents/{row.pk}/").content == "审查意见".encode()
    office.post(f"/projects/{project.pk}/documents/", {"title": "空"})
    assert GateDocument.objects.count() == 1


def test_an_auditor_sees_the_sheet_without_forms(auditor: Client, officer: Account) -> None:
    page = auditor.get(f"/projects/{a_project(officer).pk}/").content.decode()
    assert "建设项目水资源论证" in page
    assert "登记事实" not in page


@pytest.mark.parametrize("path", ["gates/no_such_gate/", "gates/regional_argument/"])
def test_a_gate_that_is_not_asked_is_not_there(officer: Account, path: str) -> None:
    reviewer = _signed_in(make_account("fu", Role.OFFICE_REVIEWER))
    where = f"/projects/{a_project(officer).pk}/{path}"
    assert reviewer.post(where, {"outcome": "unknown"}).status_code == 404


def test_works_that_were_not_begun_in_time_are_told(office: Client, officer: Account) -> None:
    project = a_project(officer, approved_on=date(2020, 1, 1))
    assert "自行失效" in office.get(f"/projects/{project.pk}/").content.decode()
