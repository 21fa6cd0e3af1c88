"""Who may do what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from shuiheng.adapters.records.models import Account
from shuiheng.services.errors import NotPermittedError
from shuiheng.services.permission import Action, may, require


def test_an_officer_may_do_everything(officer: Account) -> None:
    assert all(may(officer, action) for action in Action)


def test_a_reader_may_look_and_export_only(reader: Account) -> None:
    assert {action for action in Action if may(reader, action)} == {Action.LOOK, Action.EXPORT}


def test_a_stranger_may_nothing() -> None:
    assert not any(may(AnonymousUser(), action) for action in Action)


def test_a_closed_account_may_nothing(officer: Account) -> None:
    officer.is_active = False
    assert not any(may(officer, action) for action in Action)


def test_an_unknown_role_may_nothing(officer: Account) -> None:
    officer.role = "emperor"
    assert not any(may(officer, action) for action in Action)


def test_asking_for_a_right_that_is_missing_raises(reader: Account) -> None:
    with pytest.raises(NotPermittedError, match="upload"):
        require(reader, Action.UPLOAD)
