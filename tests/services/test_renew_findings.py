"""Findings follow decisions and days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import Account, PlanFinding, PlanVersion
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.renew_findings import renew_findings, renew_stale_findings
from shuiheng.services.undo_decision import undo_decision


def _codes(version: PlanVersion, subject: str) -> set[str]:
    return set(PlanFinding.objects.filter(version=version, subject=subject).values_list("code", flat=True))


def _doubtful_date(version: PlanVersion) -> str:
    found = PlanFinding.objects.get(version=version, code="plans.date_is_ambiguous")
    return str(found.subject)


def test_a_corrected_value_loses_its_warning_and_undoing_brings_it_back(
    officer: Account, ready: PlanVersion
) -> None:
    item = _doubtful_date(ready)
    change = ItemChoice(
        kind=DecisionKind.CORRECT,
        item_kind=ItemKind.TARGET,
        item=item,
        changes={"deadline": "2025-12-31"},
    )
    decide_item(officer, ready.pk, change)
    assert "plans.date_is_ambiguous" not in _codes(ready, item)
    shown = {f.code for f in plan_at_work(ready).decided.plan.findings if f.subject == item}
    assert shown == _codes(ready, item)
    undo_decision(officer, ready.pk)
    assert "plans.date_is_ambiguous" in _codes(ready, item)


def test_what_the_reader_of_the_file_found_stays(ready: PlanVersion) -> None:
    found = {"code": "documents.words_unsure", "severity": "note", "subject": "document", "span": None}
    found |= {"page": None, "evidence": "", "values": {}}
    ready.source_json = ready.source_json | {"findings": [found]}
    ready.sha256 = "other"
    ready.save()
    renew_findings(ready)
    codes = PlanFinding.objects.filter(version=ready).values_list("code", flat=True)
    assert "documents.words_unsure" in codes


def test_findings_of_an_earlier_day_are_renewed_once(
    ready: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert renew_stale_findings() == 0
    later = date(2031, 1, 1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: later)
    assert renew_stale_findings() == 1
    assert renew_stale_findings() == 0
    passed = PlanFinding.objects.filter(version=ready, code="plans.deadline_passed")
    assert passed.exists() and all(row.values["as_of"] == "2031-01-01" for row in passed)


def test_a_changed_figure_is_judged_anew(officer: Account, ready: PlanVersion) -> None:
    plan = plan_at_work(ready).decided.plan
    target = next(target for target in plan.targets if target.value == Decimal(12))
    decide_item(
        officer,
        ready.pk,
        ItemChoice(
            kind=DecisionKind.CORRECT,
            item_kind=ItemKind.TARGET,
            item=target.id,
            changes={"deadline": None},
        ),
    )
    about = [
        f for f in plan_at_work(ready).decided.plan.findings if f.code == "plans.target_without_deadline"
    ]
    assert any(target.metric in dict(f.values).get("metrics", "") for f in about)
