"""The address of a screen in a hall is issued once, shown once, and ended by whoever may issue one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import Account, HallScreen, Place
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

TOKEN_BYTES = 32
LONGEST_NAME, LONGEST_TOKEN = 60, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedScreen:
    """A screen with its token, which is shown once: the row keeps a keyed hash only."""

    screen: HallScreen
    token: str


def issue_screen(actor: Actor, city: int, *, name: str) -> IssuedScreen:
    """Make the address of a screen that shows a city to whoever stands before it.

    Args:
        actor: Who may release figures of the city.
        city: Key of the city.
        name: Where the screen stands.

    Raises:
        ServiceError: `halls.name_missing`; `halls.too_many`.
        NotThereError, NotPermittedError: The city is not the actor's, or it is no city.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    words = name.strip()[:LONGEST_NAME]
    if not words:
        raise ServiceError("halls.name_missing")
    with transaction.atomic():
        place = row_for(account, Action.FIGURES_RELEASE, Place, lock=True, pk=city)
        if city_above(place).pk != place.pk:
            raise NotThereError(f"place:{city}")
        now, policy = timezone.now(), hall_policy()
        standing = HallScreen.objects.filter(city=place, revoked_at__isnull=True, expires_at__gt=now)
        if standing.count() >= policy.most_screens:
            raise ServiceError("halls.too_many", limit=str(policy.most_screens))
        token = secrets.token_urlsafe(TOKEN_BYTES)
        screen = HallScreen.objects.create(
            city=place,
            name=words,
            digest=screen_digest(token),
            issued_by=account,
            issued_at=now,
            expires_at=now + timedelta(days=policy.days),
            bind_until=now + timedelta(hours=policy.bind_hours),
        )
        record_event(
            account,
            "hall_screen.issued",
            subject=f"hall_screen:{screen.pk}",
            place=place,
            after={"name": words, "expires_at": screen.expires_at.isoformat()},
        )
    return IssuedScreen(screen=screen, token=token)


def revoke_screen(actor: Actor, key: int) -> HallScreen:
    """End the address of a screen; what it shows is gone at its next question.

    Raises:
        ServiceError: `halls.over`, it has ended already.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    with transaction.atomic():
        screen = held_screen(account, key)
        screen.revoked_at, screen.revoked_by = timezone.now(), account
        screen.save(update_fields=["revoked_at", "revoked_by"])
        record_event(
            account,
            "hall_screen.revoked",
            subject=f"hall_screen:{screen.pk}",
            place=screen.city,
            after={"name": screen.name},
        )
    return screen


def held_screen(account: Account, key: int) -> HallScreen:
    """Return a screen that still shows something, held until the transaction ends.

    Raises:
        ServiceError: `halls.over`, it has ended already.
        NotThereError: It is not the account's.
    """
    screen = row_for(account, Action.FIGURES_RELEASE, HallScreen, lock=True, pk=key)
    if not is_open(screen):
        raise ServiceError("halls.over")
    return screen


def is_open(screen: HallScreen) -> bool:
    """Return whether a screen still shows something."""
    return screen.revoked_at is None and screen.expires_at > timezone.now()


def screen_digest(token: str) -> str:
    """Return the keyed hash by which a screen is found."""
    return salted_hmac("shuiheng.hall.token", token, algorithm="sha256").hexdigest()
