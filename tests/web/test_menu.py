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
    lines = [*daily, *(line for group in further for line in group.lines)]
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
    shown: set[str] = set()
    for role in Role:
        daily, further = menu_for(make_account(role.value, role), "")
        shown |= {line.name for line in daily} | {line.name for group in further for line in group.lines}
    assert {door.name for door in DAILY} | {door.name for room in FURTHER for door in room.doors} == shown


def test_pages_of_places_are_not_offered_to_who_sees_an_own_unit_only() -> None:
    for role, is_offered in ((Role.SUPPLIER, False), (Role.DISTRICT_CLERK, True), (Role.OFFICE_CLERK, True)):
        _, further = menu_for(make_account(role.value, role), "")
        names = {line.name for group in further for line in group.lines}
        assert ({"indicators", "dual_control", "assessments"} <= names) is is_offered, role
        assert "statistics" in names, role


def test_a_room_without_an_open_door_is_not_there() -> None:
    _, further = menu_for(make_account("keeper", Role.SYSTEM_ADMINISTRATOR), "")
    assert further and all(group.lines for group in further)
    assert "目标与数据" not in {str(group.title) for group in further}
