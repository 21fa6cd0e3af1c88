"""Who may do what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Membership, Role
from shuiheng.adapters.rulebook import Reach, role_rules
from shuiheng.services.errors import NotPermittedError
from shuiheng.services.found_city import join
from shuiheng.services.permission import (
    Action,
    may,
    memberships_of,
    reaches,
    remember_memberships,
    require,
)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_rulebook_grants_and_nothing_else(db: None, role: Role) -> None:
    account = make_account("zhao", role)
    assert {action for action in Action if may(account, action)} == role_rules()[role].reaches.keys()


def test_two_roles_add_up(db: None) -> None:
    both = make_account("zhao", Role.READER, Role.OFFICE_REVIEWER)
    assert may(both, Action.PROGRESS_ACCEPT) and may(both, Action.EXPORT)
    found = [reach for _, reach in reaches(both, Action.LOOK)]
    assert found == [Reach.CITY, Reach.CITY]


def test_a_stranger_may_nothing() -> None:
    assert not any(may(AnonymousUser(), action) for action in Action)


def test_a_closed_account_may_nothing(officer: Account) -> None:
    officer.is_active = False
    assert not any(may(officer, action) for action in Action)


def test_a_role_that_the_rulebook_does_not_know_grants_nothing(officer: Account) -> None:
    Membership.objects.filter(account=officer).update(role="emperor")
    assert not any(may(officer, action) for action in Action)


def test_a_membership_counts_from_its_first_day_to_the_day_before_its_last(db: None) -> None:
    today = timezone.localdate()
    account = Account.objects.create(username="zhao")
    membership = join(account, the_office(), Role.READER, from_on=today)
    assert not may_at(account, today - timedelta(days=1))
    assert may_at(account, today)
    membership.to_on = today + timedelta(days=1)
    membership.save()
    assert may_at(account, today) and not may_at(account, today + timedelta(days=1))


def may_at(account: Account, day: date) -> bool:
    """Return whether the account may look on a day."""
    return bool(reaches(account, Action.LOOK, day))


def test_a_right_that_ends_today_is_gone_with_the_next_question(officer: Account) -> None:
    assert may(officer, Action.UPLOAD)
    Membership.objects.filter(account=officer).update(to_on=timezone.localdate())
    assert not may(officer, Action.UPLOAD)


def test_memberships_are_read_once_when_remembered(
    officer: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        remember_memberships(officer)
        assert all(memberships_of(officer) for _ in range(5))


def test_asking_for_a_right_that_is_missing_raises(reader: Account) -> None:
    with pytest.raises(NotPermittedError, match="upload"):
        require(reader, Action.UPLOAD)


def test_asking_for_a_right_that_is_held_returns_the_account(officer: Account) -> None:
    assert require(officer, Action.UPLOAD) == officer
