"""A link by which a unit without an account answers for one task in one period, once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import (
    Organisation,
    RegisterTask,
    ReportingPeriod,
    SignedLink,
    TaskParty,
)
from shuiheng.adapters.rulebook.sign_in_policy import link_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

TOKEN_BYTES = 32
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedLink:
    """A link as it is shown once: the row keeps keyed hashes only."""

    link: SignedLink
    token: str
    code: str


def issue_link(actor: Actor, *, organisation: int, task: int, period: int) -> IssuedLink:
    """Make a link for a unit that has a part in a task; earlier links for the same thing end.

    The code that confirms it goes another way than the link, for example by telephone.

    Raises:
        NotThereError: Unit, task or period are not there, or not the actor's.
        ServiceError: `accounts.link_unfit`, the unit has no part in the task, or the period is
            of another plan or frozen.
    """
    issuer = require(actor, Action.LINKS_ISSUE)
    with transaction.atomic():
        unit = row_for(actor, Action.LINKS_ISSUE, Organisation, pk=organisation)
        work = row_for(actor, Action.LINKS_ISSUE, RegisterTask, pk=task)
        term = row_for(actor, Action.LINKS_ISSUE, ReportingPeriod, pk=period)
        parts = TaskParty.objects.filter(task=work, organisation=unit, to_on__isnull=True)
        if term.plan_id != work.plan_id or term.frozen_at is not None or not parts.exists():
            raise ServiceError("accounts.link_unfit")
        now = timezone.now()
        earlier = usable_links().filter(organisation=unit, task=work, period=term)
        ended = list(earlier.order_by("pk").values_list("pk", flat=True))
        earlier.update(revoked_at=now)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        code = "".join(secrets.choice(LETTERS) for _ in range(link_policy().code_characters))
        link = SignedLink.objects.create(
            digest=token_digest(token),
            code_digest=code_digest(token, code),
            organisation=unit,
            task=work,
            period=term,
            issued_by=issuer,
            expires_at=now + timedelta(days=link_policy().days),
        )
        record_event(
            issuer,
            "link.issued",
            subject=f"signedlink:{link.pk}",
            place=unit.place,
            organisation=unit,
            after={
                "task": work.pk,
                "period": term.pk,
                "expires_at": link.expires_at.isoformat(),
                "ended": ended,
            },
        )
    return IssuedLink(link=link, token=token, code=code)


def revoke_link(actor: Actor, key: int, *, reason: str = "") -> SignedLink:
    """End a link before its time.

    Raises:
        NotThereError: There is none within what the actor may do.
        ServiceError: `accounts.link_over`, it was used or has ended.
    """
    issuer = require(actor, Action.LINKS_ISSUE)
    with transaction.atomic():
        link = row_for(actor, Action.LINKS_ISSUE, SignedLink, lock=True, pk=key)
        if not is_usable(link):
            raise ServiceError("accounts.link_over")
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record_event(
            issuer,
            "link.revoked",
            subject=f"signedlink:{link.pk}",
            place=link.organisation.place,
            organisation=link.organisation,
            reason=reason,
        )
    return link


def usable_links() -> QuerySet[SignedLink]:
    """Return the links that can still be answered."""
    return SignedLink.objects.filter(
        used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )


def is_usable(link: SignedLink) -> bool:
    """Return whether a link can still be answered: a unit that has ended answers none."""
    is_open = link.used_at is None and link.revoked_at is None and link.organisation.to_on is None
    return is_open and link.expires_at > timezone.now()


def token_digest(token: str) -> str:
    """Return the keyed hash by which a link is found."""
    return salted_hmac("shuiheng.link.token", token, algorithm="sha256").hexdigest()


def code_digest(token: str, code: str) -> str:
    """Return the keyed hash of a confirmation code, which holds for one link only."""
    plain = "".join(code.split()).lower()
    return salted_hmac("shuiheng.link.code", f"{token}\n{plain}", algorithm="sha256").hexdigest()
