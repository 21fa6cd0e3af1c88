"""What the system administrator does with accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from administrators import (
    GOOD,
    HERE,
    audit_administrator,
    bind,
    department,
    person,
    security_administrator,
    system_administrator,
)
from shuiheng.adapters.records.models import Account, AccountSession, Event, ExternalIdentity, Role
from shuiheng.services import keep_account
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.password_policy import needs_new_password
from shuiheng.services.permission import memberships_of
from shuiheng.services.sign_in import record_session

pytestmark = pytest.mark.django_db
ACTS: dict[str, Callable[[Account, int], object]] = {
    "freeze": lambda actor, key: keep_account.freeze_account(actor, key, reason="离岗"),
    "thaw": lambda actor, key: keep_account.thaw_account(actor, key, reason="返岗"),
    "close": lambda actor, key: keep_account.close_account(actor, key, reason="调离"),
    "renew": lambda actor, key: keep_account.renew_password(actor, key, reason="遗忘"),
    "link": lambda actor, key: keep_account.link_identity(actor, key, provider="cas", name="u1"),
}


def _session(account: Account) -> str:
    store = SessionStore()
    store.create()
    record_session(account, str(store.session_key), HERE, by="password")
    return str(store.session_key)


def test_a_new_account_has_no_right_and_a_random_password_to_be_changed() -> None:
    made, password = keep_account.make_account(
        system_administrator(), username=" zhao ", display_name="赵工", phone="13800000000"
    )
    assert (made.username, made.display_name) == ("zhao", "赵工")
    assert len(password) >= 20 and made.check_password(password) and needs_new_password(made)
    assert not memberships_of(made)
    event = Event.objects.get(action="account.created")
    assert event.role == Role.SYSTEM_ADMINISTRATOR
    assert password not in str(event.after) and "赵工" not in str(event.after)


def test_no_two_accounts_get_one_password() -> None:
    chief = system_administrator()
    made = {keep_account.make_account(chief, username=f"u{n}", display_name="x")[1] for n in range(5)}
    assert len(made) == 5


@pytest.mark.parametrize("name", ["", "a", "a b", "a\nb", "x" * 61, "<b>"])
def test_a_strange_name_is_refused(name: str) -> None:
    with pytest.raises(ServiceError, match="bad_name"):
        keep_account.make_account(system_administrator(), username=name, display_name="x")


def test_names_that_differ_in_case_only_are_one_name() -> None:
    keep_account.make_account(system_administrator(), username="zhao", display_name="x")
    with pytest.raises(ServiceError, match="name_taken"):
        keep_account.make_account(system_administrator(), username="Zhao", display_name="x")


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_keeps_accounts(act: str, officer: Account) -> None:
    target = person("li2", None)
    for actor in (officer, security_administrator(), audit_administrator(), target):
        with pytest.raises(NotPermittedError):
            ACTS[act](actor, target.pk)
        with pytest.raises(NotPermittedError):
            keep_account.make_account(actor, username="new", display_name="x")


@pytest.mark.parametrize("act", ACTS)
def test_an_administrator_does_not_act_on_the_own_account(act: str) -> None:
    chief = system_administrator()
    with pytest.raises(ServiceError, match="own_account"):
        ACTS[act](chief, chief.pk)


def test_a_frozen_account_is_out_at_once_and_comes_back_when_thawed() -> None:
    chief, unit = system_administrator(), department()
    target = person("zhao", unit, Role.PARTNER_CLERK)
    key = _session(target)
    frozen = keep_account.freeze_account(chief, target.pk, reason="离岗")
    assert not frozen.is_active and not SessionStore().exists(key) and not memberships_of(frozen)
    event = Event.objects.get(action="account.frozen")
    assert (event.reason, event.before, event.after) == ("离岗", {"is_active": True}, {"is_active": False})
    thawed = keep_account.thaw_account(chief, target.pk, reason="返岗")
    assert len(memberships_of(thawed)) == 1


def test_a_closed_account_loses_its_roles_and_stays_closed() -> None:
    chief = system_administrator()
    target = person("zhao", department(), Role.PARTNER_CLERK, Role.READER)
    key = _session(target)
    closed = keep_account.close_account(chief, target.pk, reason="调离")
    assert closed.closed_at and not memberships_of(Account.objects.get(pk=target.pk))
    assert not target.memberships.filter(to_on__isnull=True).exists()
    assert not SessionStore().exists(key) and not AccountSession.objects.exists()
    for act in ("thaw", "renew", "close"):
        with pytest.raises(ServiceError, match="closed"):
            ACTS[act](chief, target.pk)


def test_a_renewed_password_is_new_must_be_changed_and_ends_sessions() -> None:
    target = person("zhao", None, Role.READER, password=GOOD)
    key = _session(target)
    password = keep_account.renew_password(system_administrator(), target.pk, reason="遗忘")
    target.refresh_from_db()
    assert target.check_password(password) and target.must_change_password
    assert not SessionStore().exists(key)


def test_an_identity_is_linked_once_and_to_one_account() -> None:
    chief, first, second = system_administrator(), person("zhao", None), person("qian", None)
    for _ in range(2):
        keep_account.link_identity(chief, first.pk, provider="cas", name="u1")
    assert ExternalIdentity.objects.get().account == first
    assert Event.objects.filter(action="account.linked").count() == 1
    with pytest.raises(ServiceError, match="identity_taken"):
        keep_account.link_identity(chief, second.pk, provider="cas", name="u1")


@pytest.mark.parametrize("act", ["renew", "link"])
def test_no_new_way_in_to_an_administrator_who_has_bound_nothing(act: str) -> None:
    keeper, target = system_administrator(), security_administrator()
    with pytest.raises(ServiceError, match="unbound_administrator"):
        ACTS[act](keeper, target.pk)
    bind(target, timezone.now())
    ACTS[act](keeper, target.pk)
