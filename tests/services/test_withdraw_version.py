"""Withdrawing."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, PlanVersion, PublishedTask, VersionState
from shuiheng.services.errors import NotPermittedError, WrongStateError
from shuiheng.services.withdraw_version import withdraw_version


def test_a_withdrawn_plan_leaves_the_boards_and_can_be_worked_on(
    officer: Account, published: PlanVersion
) -> None:
    assert withdraw_version(officer, published.pk).state == VersionState.READY
    assert not PublishedTask.objects.exists()


def test_a_version_of_no_use_is_put_away_once(officer: Account, ready: PlanVersion) -> None:
    assert withdraw_version(officer, ready.pk).state == VersionState.WITHDRAWN
    with pytest.raises(WrongStateError):
        withdraw_version(officer, ready.pk)


def test_a_reader_may_not_withdraw(reader: Account, published: PlanVersion) -> None:
    with pytest.raises(NotPermittedError):
        withdraw_version(reader, published.pk)
