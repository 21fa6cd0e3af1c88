"""Taking decisions back."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, PlanDecision, PlanVersion
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.undo_decision import undo_decision


def _reject(actor: Account, version: PlanVersion, place: int) -> PlanDecision:
    item = plan_at_work(version).compiled.targets[place].id
    return decide_item(
        actor, version.pk, ItemChoice(kind=DecisionKind.REJECT, item_kind=ItemKind.TARGET, item=item)
    )


def test_undoing_brings_the_plan_back_and_keeps_both_rows(officer: Account, ready: PlanVersion) -> None:
    before = plan_at_work(ready).decided.plan
    _reject(officer, ready, 0)
    undo_decision(officer, ready.pk)
    assert plan_at_work(ready).decided.plan == before
    assert PlanDecision.objects.count() == 2


def test_the_last_decision_that_holds_is_undone_first(officer: Account, ready: PlanVersion) -> None:
    first, second = _reject(officer, ready, 0), _reject(officer, ready, 1)
    assert undo_decision(officer, ready.pk).takes_back == second
    assert undo_decision(officer, ready.pk).takes_back == first


def test_a_decision_is_taken_back_once_only(officer: Account, ready: PlanVersion) -> None:
    row = _reject(officer, ready, 0)
    undo_decision(officer, ready.pk, row.pk)
    with pytest.raises(NotThereError):
        undo_decision(officer, ready.pk, row.pk)


def test_without_decisions_there_is_nothing_to_undo(officer: Account, ready: PlanVersion) -> None:
    with pytest.raises(NotThereError):
        undo_decision(officer, ready.pk)


def test_a_reader_may_not_undo(officer: Account, reader: Account, ready: PlanVersion) -> None:
    _reject(officer, ready, 0)
    with pytest.raises(NotPermittedError):
        undo_decision(reader, ready.pk)
