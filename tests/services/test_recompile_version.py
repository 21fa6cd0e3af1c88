"""Compiling again."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import TEXT
from shuiheng.adapters.records.models import Account, PlanVersion, VersionState
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.errors import WrongStateError
from shuiheng.services.file_store import keep_file
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.recompile_version import recompile_version


def test_decisions_survive_compiling_again(
    officer: Account,
    ready: PlanVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    PlanVersion.objects.filter(pk=ready.pk).update(stored_name=keep_file(TEXT.encode()).name)
    item = plan_at_work(ready).compiled.targets[0].id
    choice = ItemChoice(
        kind=DecisionKind.CORRECT, item_kind=ItemKind.TARGET, item=item, changes={"metric": "改过的指标"}
    )
    decide_item(officer, ready.pk, choice)
    with django_capture_on_commit_callbacks(execute=True):
        recompile_version(officer, ready.pk)
    ready.refresh_from_db()
    assert ready.state == VersionState.READY
    assert "改过的指标" in {target.metric for target in plan_at_work(ready).decided.plan.targets}


def test_a_published_version_must_be_withdrawn_first(officer: Account, published: PlanVersion) -> None:
    with pytest.raises(WrongStateError):
        recompile_version(officer, published.pk)
