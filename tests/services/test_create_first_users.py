"""First accounts."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.create_first_users import create_first_users, create_user
from shuiheng.services.errors import ServiceError


def test_there_is_one_account_for_each_role_with_a_password_that_works(db: None) -> None:
    passwords = create_first_users()
    assert {account.role for account in Account.objects.all()} == set(Role.values)
    assert all(Account.objects.get(username=name).check_password(word) for name, word in passwords.items())


def test_asking_again_renews_the_passwords(db: None) -> None:
    first, second = create_first_users(), create_first_users()
    assert first.keys() == second.keys()
    assert all(first[name] != second[name] for name in first)
    assert not Account.objects.get(username="officer").check_password(first["officer"])


def test_a_name_is_given_once(db: None) -> None:
    create_user(username="zhao", role=Role.READER)
    with pytest.raises(ServiceError, match="name_taken"):
        create_user(username="zhao", role=Role.READER)
