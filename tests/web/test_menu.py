"""The menu shows what an account may open, each page once, and marks where it is."""

from __future__ import annotations

import pytest
from django.test import Client

from office import make_account
from shuiheng.adapters.records.models import Account, Role
from shuiheng.web.menu import DAILY, FURTHER, menu_for

pytestmark = pytest.mark.django_db
OK = 200


@pytest.mark.any_database("each page is opened on every database in test_site")
@pytest.mark.parametrize("role", list(Role))
def test_every_line_of_every_role_opens(role: Role) -> None:
    account = make_account(role.value, role)
    daily, further = menu_for(account, "plans")
    lines = [*daily, *further]
    assert len({line.address for line in lines}) == len(lines)
    client = Client()
    client.force_login(account)
    for line in lines:
        assert client.get(line.address).status_code == OK, line.name


def test_a_page_that_belongs_to_a_line_marks_it(officer: Account) -> None:
    daily, _ = menu_for(officer, "reading")
    assert [line.name for line in daily if line.is_here] == ["plans"]


def test_nobody_has_no_menu() -> None:
    assert menu_for(Account.objects.create(username="nobody"), "home") == ([], [])


def test_no_line_is_out_of_reach_of_all_roles() -> None:
    shown = {
        line.name for role in Role for part in menu_for(make_account(role.value, role), "") for line in part
    }
    assert {door.name for door in (*DAILY, *FURTHER)} == shown
