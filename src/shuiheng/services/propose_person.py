"""A unit's lead proposes its people; the system administrator proposes administrators."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Membership, Organisation, PersonProposal, ProposalState
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, memberships_of, require
from shuiheng.services.role_separation import is_administrators, refuse_unfit_role
from shuiheng.services.scope import row_for, scope

OPEN = (ProposalState.PROPOSED, ProposalState.MADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A person who should get a role.

    Args:
        role: The role.
        display_name: Name of the person.
        phone: How to reach the person.
        reason: Why.
        replaces: Key of the account whose work the person takes over.
    """

    role: str
    display_name: str
    phone: str = ""
    reason: str = ""
    replaces: int | None = None


def propose_person(actor: Actor, person: Proposed, *, organisation: int) -> PersonProposal:
    """Propose that a person gets a role in a unit, in the place of another when told.

    Who answers for a unit proposes business roles in it; the system administrator proposes
    administrators. Somebody else makes the account, and the security administrator grants.

    Raises:
        NotThereError: The unit, or the account to be replaced, is not the actor's.
        ServiceError: `accounts.unfit_role`, `accounts.unit_ended` or `accounts.name_needed`.
    """
    privileged = is_administrators(person.role)
    action = Action.ACCOUNTS_KEEP if privileged else Action.PEOPLE_PROPOSE
    account = require(actor, action)
    if not person.display_name.strip():
        raise ServiceError("accounts.name_needed")
    with transaction.atomic():
        unit = _unit(actor, organisation, privileged=privileged)
        refuse_unfit_role(unit, person.role)
        leaver = _leaver(actor, action, unit, person)
        proposal = PersonProposal.objects.create(
            organisation=unit,
            role=person.role,
            display_name=person.display_name.strip()[:60],
            phone=person.phone.strip()[:30],
            reason=person.reason.strip()[:300],
            replaces=leaver,
            proposed_by=account,
        )
        record_event(
            account,
            "person.proposed",
            subject=f"personproposal:{proposal.pk}",
            place=unit.place,
            organisation=unit,
            reason=proposal.reason,
            after={"role": person.role, "replaces": person.replaces},
        )
    return proposal


def refuse_proposal(actor: Actor, key: int, *, reason: str) -> PersonProposal:
    """Refuse an open proposal of somebody else, for a reason.

    Raises:
        ServiceError: `accounts.proposal_done` or `accounts.own_proposal`.
    """
    action = Action.RIGHTS_GRANT if _may_grant(actor) else Action.ACCOUNTS_KEEP
    account = require(actor, action)
    with transaction.atomic():
        proposal = open_proposal(actor, action, key)
        decide(proposal, account, state=ProposalState.REFUSED, reason=reason)
        record_event(
            account,
            "person.refused",
            subject=f"personproposal:{proposal.pk}",
            place=proposal.organisation.place,
            organisation=proposal.organisation,
            reason=reason,
        )
    return proposal


def open_proposal(actor: Actor, action: Action, key: int) -> PersonProposal:
    """Return an open proposal, locked.

    Raises:
        NotThereError: There is none within what the actor may do.
        ServiceError: `accounts.proposal_done`.
    """
    proposal = row_for(actor, action, PersonProposal, lock=True, pk=key)
    if proposal.state not in OPEN:
        raise ServiceError("accounts.proposal_done")
    return proposal


def decide(proposal: PersonProposal, account: Account, *, state: ProposalState, reason: str = "") -> None:
    """Write the decision on a proposal, which is not its proposer's to make.

    Raises:
        ServiceError: `accounts.own_proposal`.
    """
    if proposal.proposed_by_id == account.pk:
        raise ServiceError("accounts.own_proposal")
    proposal.state, proposal.decision_reason = state, reason.strip()[:300]
    proposal.decided_by, proposal.decided_at = account, timezone.now()
    proposal.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])


def _may_grant(actor: Actor) -> bool:
    return any(each.role == "security_administrator" for each in memberships_of(actor))


def _unit(actor: Actor, key: int, *, privileged: bool) -> Organisation:
    if privileged:
        return row_for(actor, Action.ORGANISATIONS_LOOK, Organisation, pk=key)
    return row_for(actor, Action.PEOPLE_PROPOSE, Organisation, pk=key)


def _leaver(actor: Actor, action: Action, unit: Organisation, person: Proposed) -> Account | None:
    """Return the account to be replaced, which holds this role in this unit now."""
    if person.replaces is None:
        return None
    today = timezone.localdate()
    held = scope(actor, action, Membership).filter(
        Q(to_on__isnull=True) | Q(to_on__gt=today),
        account=person.replaces,
        role=person.role,
        organisation=unit,
        from_on__lte=today,
    )
    found = held.select_related("account").first()
    if found is None:
        raise NotThereError(f"account:{person.replaces}")
    return found.account
