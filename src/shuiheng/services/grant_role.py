"""What the security administrator does: grant and withdraw roles, reset the second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Membership,
    Organisation,
    PersonProposal,
    ProposalState,
    SecondFactor,
)
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.hand_over import hand_over_in_transaction
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.propose_person import decide, open_proposal
from shuiheng.services.role_separation import is_administrators, refuse_mixed_roles, refuse_unfit_role
from shuiheng.services.scope import row_for


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGrant:
    """A role and its days: from a day, today unless told, to the day before `to_on`."""

    role: str
    from_on: date | None = None
    to_on: date | None = None
    reason: str = ""


def grant_role(actor: Actor, account: int, *, organisation: int, grant: RoleGrant) -> Membership:
    """Give an account a business role in a unit, from a day to the day before another.

    An administrator's role is granted on a proposal only: two people are needed for it.

    Raises:
        ServiceError: `accounts.own_account`, `accounts.closed`, `accounts.needs_proposal`,
            `accounts.unfit_role`, `accounts.unit_ended`, `accounts.mixed_roles`,
            `accounts.role_held`, `accounts.wrong_days`.
    """
    granter = require(actor, Action.RIGHTS_GRANT)
    if is_administrators(grant.role):
        raise ServiceError("accounts.needs_proposal")
    with transaction.atomic():
        holder = _holder(actor, granter, account)
        unit = row_for(actor, Action.ORGANISATIONS_LOOK, Organisation, pk=organisation)
        return _grant(granter, holder, unit, grant)


def grant_proposed(actor: Actor, proposal: int) -> PersonProposal:
    """Grant the role of a proposal for which an account has been made.

    When the person replaces somebody, the account of that one is closed and its drafts move.

    Raises:
        ServiceError: `accounts.account_missing`, `accounts.own_proposal`, or as `grant_role`.
    """
    granter = require(actor, Action.RIGHTS_GRANT)
    with transaction.atomic():
        asked = open_proposal(actor, Action.RIGHTS_GRANT, proposal)
        if asked.account_id is None:
            raise ServiceError("accounts.account_missing")
        holder = _holder(actor, granter, asked.account_id)
        grant = RoleGrant(role=asked.role, reason=asked.reason)
        _grant(granter, holder, asked.organisation, grant, proposal=asked.pk)
        decide(asked, granter, state=ProposalState.GRANTED)
        if asked.replaces is not None and asked.replaces.closed_at is None:
            hand_over_in_transaction(granter, asked.replaces, holder, reason=asked.reason)
    return asked


def withdraw_role(actor: Actor, membership: int, *, on: date | None = None, reason: str = "") -> Membership:
    """End a role on a day, today unless told; from then on it grants nothing.

    The sessions of its holder end when the role ends today.

    Raises:
        ServiceError: `accounts.own_account`, `accounts.wrong_days`.
    """
    granter = require(actor, Action.RIGHTS_GRANT)
    today = timezone.localdate()
    last = on or today
    with transaction.atomic():
        held = row_for(actor, Action.RIGHTS_GRANT, Membership, lock=True, pk=membership)
        if held.account_id == granter.pk:
            raise ServiceError("accounts.own_account")
        if last < today or (held.to_on is not None and held.to_on <= today):
            raise ServiceError("accounts.wrong_days")
        before, held.to_on = held.to_on, last
        held.save(update_fields=["to_on"])
        if last <= today:
            end_sessions(held.account)
        record_event(
            granter,
            "membership.withdrawn",
            subject=f"account:{held.account_id}",
            place=held.organisation.place,
            organisation=held.organisation,
            reason=reason,
            before={"role": held.role, "to_on": before.isoformat() if before else None},
            after={"role": held.role, "to_on": last.isoformat()},
        )
    return held


def reset_second_factor(actor: Actor, account: int, *, reason: str) -> None:
    """Drop the authenticator of an account whose owner lost it; a new one is asked for at sign-in.

    Raises:
        ServiceError: `accounts.own_account`, `accounts.no_factor`.
    """
    granter = require(actor, Action.RIGHTS_GRANT)
    with transaction.atomic():
        holder = _holder(actor, granter, account)
        dropped, _ = SecondFactor.objects.filter(account=holder).delete()
        if not dropped:
            raise ServiceError("accounts.no_factor")
        end_sessions(holder)
        record_event(granter, "second_factor.reset", subject=f"account:{holder.pk}", reason=reason)


def _holder(actor: Actor, granter: Account, key: int) -> Account:
    """Return an open account, locked, that is not the granter's own."""
    holder = row_for(actor, Action.RIGHTS_GRANT, Account, lock=True, pk=key)
    if holder.pk == granter.pk:
        raise ServiceError("accounts.own_account")
    if holder.closed_at is not None:
        raise ServiceError("accounts.closed")
    return holder


def _grant(
    granter: Account, holder: Account, unit: Organisation, grant: RoleGrant, *, proposal: int | None = None
) -> Membership:
    today = timezone.localdate()
    role, from_on, to_on = grant.role, grant.from_on or today, grant.to_on
    refuse_unfit_role(unit, role)
    if from_on < today or (to_on is not None and to_on <= from_on):
        raise ServiceError("accounts.wrong_days")
    refuse_mixed_roles(holder, role, from_on=from_on, to_on=to_on)
    same = Membership.objects.filter(account=holder, organisation=unit, role=role)
    if same.filter(Q(to_on__isnull=True) | Q(to_on__gt=from_on)).exists():
        raise ServiceError("accounts.role_held")
    made = Membership.objects.create(
        account=holder, organisation=unit, role=role, from_on=from_on, to_on=to_on, granted_by=granter
    )
    if is_administrators(role):
        end_sessions(holder)
    record_event(
        granter,
        "membership.granted",
        subject=f"account:{holder.pk}",
        place=unit.place,
        organisation=unit,
        reason=grant.reason,
        after={
            "role": role,
            "from_on": from_on.isoformat(),
            "to_on": to_on.isoformat() if to_on else None,
            "proposal": proposal,
        },
    )
    return made
