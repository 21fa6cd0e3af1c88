"""A version as people work on it."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, PlanDocument, PlanVersion
from shuiheng.adapters.records.working_plan import decisions_in_force
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.plan_at_work import NotCompiledError, plan_at_work
from shuiheng.services.undo_decision import undo_decision


def test_what_was_made_once_is_kept_until_something_changes(officer: Account, ready: PlanVersion) -> None:
    first = plan_at_work(ready)
    assert plan_at_work(ready) is first
    item = first.compiled.targets[0].id
    decide_item(
        officer, ready.pk, ItemChoice(kind=DecisionKind.CONFIRM, item_kind=ItemKind.TARGET, item=item)
    )
    assert plan_at_work(ready) is not first


def test_decisions_that_were_taken_back_are_not_in_force(officer: Account, ready: PlanVersion) -> None:
    item = plan_at_work(ready).compiled.targets[0].id
    decide_item(officer, ready.pk, ItemChoice(kind=DecisionKind.REJECT, item_kind=ItemKind.TARGET, item=item))
    assert len(decisions_in_force(ready)) == 1
    undo_decision(officer, ready.pk)
    assert decisions_in_force(ready) == ()


def test_a_version_without_a_plan_has_none(officer: Account) -> None:
    plan = PlanDocument.objects.create(slug="x", title="x", created_by=officer, place=the_office().place)
    version = PlanVersion.objects.create(
        plan=plan,
        sequence=1,
        stored_name="x",
        sha256="x",
        original_name="x",
        byte_count=1,
        uploaded_by=officer,
    )
    with pytest.raises(NotCompiledError):
        plan_at_work(version)
