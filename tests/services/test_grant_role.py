"""What the security administrator does with roles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from administrators import (
    HERE,
    audit_administrator,
    bind,
    department,
    person,
    security_administrator,
    system_administrator,
)
from office import the_office
from shuiheng.adapters.records.models import Account, Event, PersonProposal, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.grant_role import (
    RoleGrant,
    grant_proposed,
    grant_role,
    reset_second_factor,
    withdraw_role,
)
from shuiheng.services.keep_account import make_account
from shuiheng.services.permission import Action, may, memberships_of
from shuiheng.services.propose_person import Proposed, propose_person
from shuiheng.services.second_factor import has_second_factor
from shuiheng.services.sign_in import record_session

pytestmark = pytest.mark.django_db
CLERK = RoleGrant(role=Role.PARTNER_CLERK, reason="水利局函")


def _fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_a_granted_role_holds_at_once_and_says_who_gave_it() -> None:
    unit, chief, target = department(), security_administrator(), person("zhao", None)
    assert not may(target, Action.PROGRESS_FILE)
    made = grant_role(chief, target.pk, organisation=unit.pk, grant=CLERK)
    assert made.granted_by == chief and may(_fresh(target), Action.PROGRESS_FILE)
    event = Event.objects.get(action="membership.granted", actor=chief)
    assert (event.organisation, event.reason, event.after["role"]) == (unit, "水利局函", "partner_clerk")


def test_a_role_begins_and_ends_on_its_days() -> None:
    unit, target, today = department(), person("zhao", None), timezone.localdate()
    days = RoleGrant(
        role=Role.PARTNER_CLERK, from_on=today + timedelta(days=2), to_on=today + timedelta(days=4)
    )
    grant_role(security_administrator(), target.pk, organisation=unit.pk, grant=days)
    held = [bool(memberships_of(target, today + timedelta(days=day))) for day in range(6)]
    assert held == [False, False, True, True, False, False]


@pytest.mark.parametrize(("start", "length"), [(-1, None), (0, 0), (3, -1)])
def test_days_that_do_not_hold_are_refused(start: int, length: int | None) -> None:
    first = timezone.localdate() + timedelta(days=start)
    last = None if length is None else first + timedelta(days=length)
    grant = RoleGrant(role=Role.PARTNER_CLERK, from_on=first, to_on=last)
    with pytest.raises(ServiceError, match="wrong_days"):
        grant_role(
            security_administrator(), person("zhao", None).pk, organisation=department().pk, grant=grant
        )


def test_nobody_else_grants_or_withdraws(officer: Account) -> None:
    unit, target = department(), person("zhao", None)
    held = officer.memberships.get()
    for actor in (officer, system_administrator(), audit_administrator(), target):
        with pytest.raises(NotPermittedError):
            grant_role(actor, target.pk, organisation=unit.pk, grant=CLERK)
        with pytest.raises(NotPermittedError):
            withdraw_role(actor, held.pk)
        with pytest.raises(NotPermittedError):
            reset_second_factor(actor, target.pk, reason="x")
        with pytest.raises(NotPermittedError):
            grant_proposed(actor, 1)


def test_the_security_administrator_does_not_serve_the_own_account() -> None:
    chief = security_administrator()
    for act in (
        lambda: grant_role(chief, chief.pk, organisation=department().pk, grant=CLERK),
        lambda: withdraw_role(chief, chief.memberships.get().pk),
        lambda: reset_second_factor(chief, chief.pk, reason="x"),
    ):
        with pytest.raises(ServiceError, match="own_account"):
            act()


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
)
def test_the_security_administrator_alone_makes_no_administrator(role: Role) -> None:
    with pytest.raises(ServiceError, match="needs_proposal"):
        grant_role(
            security_administrator(),
            person("zhao", None).pk,
            organisation=the_office().pk,
            grant=RoleGrant(role=role),
        )


def test_an_administrator_gets_no_business_role() -> None:
    reader = RoleGrant(role=Role.READER)
    for target in (system_administrator(), audit_administrator()):
        with pytest.raises(ServiceError, match="mixed_roles"):
            grant_role(security_administrator(), target.pk, organisation=the_office().pk, grant=reader)


def test_a_role_is_held_once_and_a_closed_account_gets_none() -> None:
    unit, chief, target = department(), security_administrator(), person("zhao", None)
    grant_role(chief, target.pk, organisation=unit.pk, grant=CLERK)
    with pytest.raises(ServiceError, match="role_held"):
        grant_role(chief, target.pk, organisation=unit.pk, grant=CLERK)
    Account.objects.filter(pk=target.pk).update(closed_at=timezone.now(), is_active=False)
    with pytest.raises(ServiceError, match="closed"):
        grant_role(chief, target.pk, organisation=unit.pk, grant=RoleGrant(role=Role.READER))
    with pytest.raises(NotThereError):
        grant_role(chief, 10_000, organisation=unit.pk, grant=CLERK)


def test_a_withdrawn_role_grants_nothing_at_once_and_the_sessions_end() -> None:
    target = person("zhao", department(), Role.PARTNER_CLERK)
    store = SessionStore()
    store.create()
    record_session(target, str(store.session_key), HERE, by="password")
    withdraw_role(security_administrator(), target.memberships.get().pk, reason="调离")
    assert not may(_fresh(target), Action.PROGRESS_FILE)
    assert not SessionStore().exists(str(store.session_key))
    event = Event.objects.get(action="membership.withdrawn")
    assert event.reason == "调离" and event.before["to_on"] is None
    with pytest.raises(ServiceError, match="wrong_days"):
        withdraw_role(security_administrator(), target.memberships.get().pk)


def test_a_role_that_ends_later_is_held_until_then() -> None:
    target = person("zhao", department(), Role.PARTNER_CLERK)
    later = timezone.localdate() + timedelta(days=3)
    withdraw_role(security_administrator(), target.memberships.get().pk, on=later)
    assert may(_fresh(target), Action.PROGRESS_FILE)
    assert not memberships_of(target, later)


def test_a_reset_authenticator_is_gone() -> None:
    target = person("zhao", None, Role.READER)
    with pytest.raises(ServiceError, match="no_factor"):
        reset_second_factor(security_administrator(), target.pk, reason="手机遗失")
    bind(target, timezone.now())
    reset_second_factor(security_administrator(), target.pk, reason="手机遗失")
    assert not has_second_factor(target)
    assert Event.objects.get(action="second_factor.reset").reason == "手机遗失"


def test_an_administrator_is_made_by_two_people() -> None:
    chief, granter = system_administrator(), security_administrator()
    wanted = Proposed(role=Role.AUDIT_ADMINISTRATOR, display_name="孙工", reason="增设")
    proposal = propose_person(chief, wanted, organisation=the_office().pk)
    with pytest.raises(ServiceError, match="account_missing"):
        grant_proposed(granter, proposal.pk)
    made, _ = make_account(chief, username="sun", display_name="孙工", proposal=proposal.pk)
    done = grant_proposed(granter, proposal.pk)
    assert (done.state, done.decided_by) == ("granted", granter)
    assert [each.role for each in memberships_of(_fresh(made))] == [Role.AUDIT_ADMINISTRATOR]
    with pytest.raises(ServiceError, match="proposal_done"):
        grant_proposed(granter, proposal.pk)


def test_an_account_is_made_for_a_proposal_once() -> None:
    unit, chief = department(), system_administrator()
    lead = person("lead", unit, Role.PARTNER_REVIEWER)
    wanted = Proposed(role=Role.PARTNER_CLERK, display_name="周工")
    proposal = propose_person(lead, wanted, organisation=unit.pk)
    make_account(chief, username="zhou", display_name="周工", proposal=proposal.pk)
    with pytest.raises(ServiceError, match="proposal_done"):
        make_account(chief, username="zhou2", display_name="周工", proposal=proposal.pk)
    assert not Account.objects.filter(username="zhou2").exists()
    assert PersonProposal.objects.get().account.username == "zhou"
