"""What people see of their own account."""

from __future__ import annotations

import pytest

from administrators import GOOD, HERE, person
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.own_account import open_account, own_roles, own_sessions, own_sign_ins
from shuiheng.services.sign_in import WrongPasswordError, check_password, record_session

pytestmark = pytest.mark.django_db


def test_one_sees_the_own_roles_sessions_and_sign_ins_only() -> None:
    li, wang = (person(name, None, Role.READER, password=GOOD) for name in ("li", "wang"))
    record_session(li, "key1", HERE, by="password")
    record_session(wang, "key2", HERE, by="password")
    with pytest.raises(WrongPasswordError):
        check_password("li", "wrong", HERE)
    assert [each.role for each in own_roles(li)] == [Role.READER]
    assert [each.session_key for each in own_sessions(li)] == ["key1"]
    assert [each.is_success for each in own_sign_ins(li)] == [False, True]


def test_a_frozen_account_is_not_open() -> None:
    li = person("li", None)
    assert open_account(li.pk) == li
    Account.objects.update(is_active=False)
    assert open_account(li.pk) is None
