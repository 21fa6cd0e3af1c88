"""A screen is opened on one device and shows nothing on any other; the office opens it for another one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from shuiheng.adapters.records.models import HallScreen
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotThereError
from shuiheng.services.events import record_event
from shuiheng.services.halls.issue_screen import (
    LONGEST_TOKEN,
    TOKEN_BYTES,
    held_screen,
    is_open,
    screen_digest,
)
from shuiheng.services.permission import Action, Actor, require


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundScreen:
    """A screen with what its device keeps, which is given once: the row keeps a keyed hash only."""

    screen: HallScreen
    device: str


def screen_for(token: str, device: str) -> HallScreen:
    """Return the screen to which a token leads on a device: its own, or any while it was opened on none.

    Looking binds nothing, so that a robot that follows addresses uses nothing up.

    Args:
        token: The token of the address.
        device: What the device keeps, or nothing.

    Raises:
        NotThereError: It is unknown, ended, over, another device's, or was not opened in time, or the city
            is no more; all look the same.
    """
    return _found(token, device, is_locked=False)


def bind_screen(token: str, device: str) -> BoundScreen:
    """Bind a screen to the device that opens it; it shows nothing on any other from then on.

    Args:
        token: The token of the address.
        device: What the device keeps already, or nothing; it is bound once.

    Raises:
        NotThereError: As `screen_for`.
    """
    with transaction.atomic():
        screen = _found(token, device, is_locked=True)
        if screen.device_digest is not None:
            return BoundScreen(screen=screen, device=device)
        kept = secrets.token_urlsafe(TOKEN_BYTES)
        screen.device_digest, screen.bound_at = device_digest(kept), timezone.now()
        screen.save(update_fields=["device_digest", "bound_at"])
        record_event(
            None,
            "hall_screen.bound",
            subject=f"hall_screen:{screen.pk}",
            place=screen.city,
            after={"name": screen.name},
        )
    return BoundScreen(screen=screen, device=kept)


def renew_screen(actor: Actor, key: int) -> HallScreen:
    """Let a screen be opened on another device; the one on which it stands shows nothing any more.

    Raises:
        ServiceError: `halls.over`, it has ended already.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.FIGURES_RELEASE)
    with transaction.atomic():
        screen = held_screen(account, key)
        now, policy = timezone.now(), hall_policy()
        screen.device_digest, screen.bound_at = None, None
        screen.bind_until = now + timedelta(hours=policy.bind_hours)
        screen.expires_at = now + timedelta(days=policy.days)
        screen.save(update_fields=["device_digest", "bound_at", "bind_until", "expires_at"])
        record_event(
            account,
            "hall_screen.renewed",
            subject=f"hall_screen:{screen.pk}",
            place=screen.city,
            after={"name": screen.name, "expires_at": screen.expires_at.isoformat()},
        )
    return screen


def may_be_bound(screen: HallScreen) -> bool:
    """Return whether a screen waits for its device and may still be opened on one."""
    return is_open(screen) and screen.device_digest is None and screen.bind_until > timezone.now()


def device_digest(device: str) -> str:
    """Return the keyed hash by which a device is known."""
    return salted_hmac("shuiheng.hall.device", device, algorithm="sha256").hexdigest()


def _found(token: str, device: str, *, is_locked: bool) -> HallScreen:
    rows = HallScreen.objects.select_related("city")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    screen = rows.filter(digest=screen_digest(token[:LONGEST_TOKEN])).first()
    if screen is None or not is_open(screen) or screen.city.to_on is not None:
        raise NotThereError("hall_screen")
    if not (may_be_bound(screen) or _is_own(screen, device)):
        raise NotThereError("hall_screen")
    return screen


def _is_own(screen: HallScreen, device: str) -> bool:
    if screen.device_digest is None or not device:
        return False
    return constant_time_compare(device_digest(device[:LONGEST_TOKEN]), screen.device_digest)
