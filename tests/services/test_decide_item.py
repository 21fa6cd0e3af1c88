"""Decisions of people on items."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion, VersionState
from shuiheng.kernel import Span
from shuiheng.plans.decide import DecisionKind, ItemKind, ItemState
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.errors import ChangeRefusedError, NotPermittedError, NotThereError, WrongStateError
from shuiheng.services.plan_at_work import plan_at_work


def _first_target(version: PlanVersion) -> str:
    return plan_at_work(version).decided.plan.targets[0].id


def _choice(version: PlanVersion, kind: DecisionKind, **changes: object) -> ItemChoice:
    return ItemChoice(kind=kind, item_kind=ItemKind.TARGET, item=_first_target(version), changes=changes)


def test_a_correction_changes_the_plan_and_is_kept(officer: Account, ready: PlanVersion) -> None:
    item = _first_target(ready)
    decide_item(officer, ready.pk, _choice(ready, DecisionKind.CORRECT, metric="漏损率"))
    decided = plan_at_work(ready).decided
    target = next(target for target in decided.plan.targets if target.id == item)
    assert target.metric == "漏损率"
    assert decided.state_of(ItemKind.TARGET, item) is ItemState.CORRECTED


def test_a_confirmed_item_is_no_doubt_any_more(officer: Account, ready: PlanVersion) -> None:
    doubt = plan_at_work(ready).doubts[0]
    choice = ItemChoice(kind=DecisionKind.CONFIRM, item_kind=doubt.kind, item=doubt.id)
    decide_item(officer, ready.pk, choice)
    assert (doubt.kind, doubt.id) not in {(each.kind, each.id) for each in plan_at_work(ready).doubts}


def test_a_rejected_item_leaves_the_plan(officer: Account, ready: PlanVersion) -> None:
    item = _first_target(ready)
    decide_item(officer, ready.pk, _choice(ready, DecisionKind.REJECT))
    assert item not in {target.id for target in plan_at_work(ready).decided.plan.targets}


def test_an_item_is_added_from_words_of_the_text(officer: Account, ready: PlanVersion) -> None:
    words = "大中型灌区"
    start = ready.source_json["text"].index(words)
    changes = {
        "applies_to": words,
        "quantity": "面积",
        "op": ">=",
        "value": 5,
        "unit": "亩",
        "effect": "计量",
    }
    choice = ItemChoice(
        kind=DecisionKind.ADD,
        item_kind=ItemKind.THRESHOLD,
        changes=changes,
        span=Span(start, start + len(words)),
    )
    before = len(plan_at_work(ready).decided.plan.thresholds)
    decide_item(officer, ready.pk, choice)
    assert len(plan_at_work(ready).decided.plan.thresholds) == before + 1


def test_a_change_without_sense_is_refused_and_not_kept(officer: Account, ready: PlanVersion) -> None:
    with pytest.raises(ChangeRefusedError) as caught:
        decide_item(officer, ready.pk, _choice(ready, DecisionKind.CORRECT, colour="blue"))
    assert caught.value.values["field"] == "colour"
    assert not PlanDecision.objects.exists()


def test_an_unknown_item_is_not_there(officer: Account, ready: PlanVersion) -> None:
    choice = ItemChoice(kind=DecisionKind.CONFIRM, item_kind=ItemKind.TARGET, item="nothing")
    with pytest.raises(NotThereError):
        decide_item(officer, ready.pk, choice)


def test_a_published_version_takes_no_decisions(officer: Account, published: PlanVersion) -> None:
    with pytest.raises(WrongStateError, match=VersionState.PUBLISHED):
        decide_item(officer, published.pk, _choice(published, DecisionKind.CONFIRM))


def test_a_reader_may_not_decide(reader: Account, ready: PlanVersion) -> None:
    with pytest.raises(NotPermittedError):
        decide_item(reader, ready.pk, _choice(ready, DecisionKind.CONFIRM))


def test_the_database_refuses_to_change_or_delete_a_decision(officer: Account, ready: PlanVersion) -> None:
    decide_item(officer, ready.pk, _choice(ready, DecisionKind.CONFIRM))
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        PlanDecision.objects.update(content={})
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        PlanDecision.objects.all().delete()
