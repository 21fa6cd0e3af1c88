"""Accounts, their roles, and proposals of people, for the administrators and the leads of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from shuiheng.adapters.records.models import (
    Account,
    ExternalIdentity,
    Membership,
    Organisation,
    PersonProposal,
    ProposalState,
)
from shuiheng.adapters.records.sight import Sight

OPEN = (ProposalState.PROPOSED, ProposalState.MADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """What a list of accounts shows; empty is everything."""

    words: str = ""
    state: str = ""
    role: str = ""


def accounts(seen: Sight, wanted: AccountFilter, *, day: date) -> QuerySet[Account]:
    """Return the accounts that fit, each with the roles that it holds or will hold."""
    held = seen(Membership).filter(Q(to_on__isnull=True) | Q(to_on__gt=day)).select_related("organisation")
    rows = seen(Account).select_related("second_factor")
    if wanted.words:
        words = wanted.words
        named = Q(username__icontains=words) | Q(display_name__icontains=words)
        rows = rows.filter(
            named | Exists(held.filter(account=OuterRef("pk"), organisation__name__icontains=words))
        )
    if wanted.role:
        rows = rows.filter(Exists(held.filter(account=OuterRef("pk"), role=wanted.role)))
    if wanted.state == "closed":
        rows = rows.filter(closed_at__isnull=False)
    elif wanted.state:
        rows = rows.filter(closed_at__isnull=True, is_active=wanted.state == "active")
    return rows.prefetch_related(Prefetch("memberships", held, to_attr="held")).order_by("username")


def account_at(seen: Sight, key: int, *, day: date) -> Account | None:
    """Return one account as in the list, or None."""
    return accounts(seen, AccountFilter(), day=day).filter(pk=key).first()


def past_roles(seen: Sight, key: int, *, day: date) -> list[Membership]:
    """Return the roles that an account no longer holds, the last first."""
    rows = seen(Membership).filter(account=key, to_on__lte=day)
    return list(rows.select_related("organisation").order_by("-to_on", "-pk"))


def identities(seen: Sight, key: int) -> list[ExternalIdentity]:
    """Return by which names providers know an account."""
    return list(seen(ExternalIdentity).filter(account=key).order_by("provider"))


def open_units(seen: Sight) -> QuerySet[Organisation]:
    """Return the units in which roles can be held now, by place and in the office's own order."""
    rows = seen(Organisation).filter(to_on__isnull=True).select_related("place")
    return rows.order_by("place__order", "place", "order", "pk")


def open_proposals(seen: Sight) -> QuerySet[PersonProposal]:
    """Return the proposals that somebody has still to deal with, the oldest first."""
    return _proposals(seen).filter(state__in=OPEN).order_by("pk")


def past_proposals(seen: Sight) -> QuerySet[PersonProposal]:
    """Return the proposals that have been dealt with, the newest first."""
    return _proposals(seen).exclude(state__in=OPEN).order_by("-pk")


def people_of(seen: Sight, *, day: date) -> QuerySet[Membership]:
    """Return who holds a role now in the units that are seen."""
    rows = seen(Membership).filter(from_on__lte=day, account__closed_at__isnull=True)
    rows = rows.filter(Q(to_on__isnull=True) | Q(to_on__gt=day))
    return rows.select_related("account", "organisation").order_by(
        "organisation__order", "organisation", "pk"
    )


def _proposals(seen: Sight) -> QuerySet[PersonProposal]:
    related = ("organisation", "account", "replaces", "proposed_by", "decided_by")
    return seen(PersonProposal).select_related(*related)
