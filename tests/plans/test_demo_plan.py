"""The demo city's plan: every fault that was put into it on purpose is found, in every form."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from places import ROOT
from plans.measure import AS_OF, REAL_FORMS, knowledge
from shuiheng.adapters.documents import read_document
from shuiheng.plans import Plan
from shuiheng.plans.compare import diff_plans
from shuiheng.plans.compiler import compile_plan

FOLDER = ROOT / "demo" / "plans"
SOURCE: dict[str, Any] = yaml.safe_load((FOLDER / "source.yaml").read_text("utf-8"))
FAULTS: list[dict[str, Any]] = SOURCE["contradictions"]


@cache
def plan_in(form: str, suffix: str = "") -> Plan:
    path = FOLDER / f"shili_water_saving_plan{suffix}.{form}"
    document = read_document(path.read_bytes(), name=path.name)
    return compile_plan(document, knowledge(), as_of=AS_OF)


@cache
def told(form: str) -> list[tuple[str, str]]:
    """Return the code of each finding with all words that it shows, those of its items too."""
    plan = plan_in(form)
    items = (*plan.targets, *plan.duties, *plan.thresholds, *plan.mentions)
    quotes = {item.id: item.quote for item in items}
    findings = []
    for finding in plan.findings:
        values = " ".join(value for _, value in finding.values)
        words = " ".join([finding.subject, finding.evidence, values, quotes.get(finding.subject, "")])
        findings.append((finding.code, "".join(words.split())))
    return findings


@pytest.mark.parametrize("form", REAL_FORMS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault["says"])[:24])
def test_a_deliberate_fault_is_found(fault: dict[str, Any], form: str) -> None:
    assert any(code in fault["codes"] and fault["words"] in words for code, words in told(form))


@pytest.mark.parametrize("form", REAL_FORMS)
def test_the_head_of_the_plan_is_read(form: str) -> None:
    header = plan_in(form).header
    assert header.title == SOURCE["title"]
    assert header.jurisdiction == SOURCE["jurisdiction"]
    assert str(header.issued) == SOURCE["issued"]


def test_the_draft_differs_in_two_tasks_and_in_the_values_that_were_changed() -> None:
    changes = diff_plans(plan_in("docx", "_draft"), plan_in("docx")).changes
    added = [change for change in changes if change.sort == "task" and change.kind == "added"]
    assert len(added) == len(SOURCE["draft"]["omit"])
    values = [field for change in changes if change.sort == "target" for field in change.fields]
    assert {("70", "85"), ("150", "160"), ("90", "92")} <= {(field.before, field.after) for field in values}
