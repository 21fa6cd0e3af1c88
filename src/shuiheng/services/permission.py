"""Who may do what: one function that pages and services ask."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.errors import NotPermittedError

Actor = Account | AnonymousUser


class Action(StrEnum):
    """What a person can do in the system."""

    LOOK = "look"
    EXPORT = "export"
    UPLOAD = "upload"
    DECIDE = "decide"
    PUBLISH = "publish"


_ALLOWED: dict[str, frozenset[Action]] = {
    Role.OFFICER: frozenset(Action),
    Role.READER: frozenset({Action.LOOK, Action.EXPORT}),
}


def may(actor: Actor, action: Action) -> bool:
    """Return whether `actor` may do `action`; an unknown or closed account may nothing."""
    if not isinstance(actor, Account) or not actor.is_active:
        return False
    return action in _ALLOWED.get(actor.role, frozenset())


def require(actor: Actor, action: Action) -> Account:
    """Return the account behind `actor` when it may do `action`.

    Raises:
        NotPermittedError: It may not.
    """
    if not isinstance(actor, Account) or not may(actor, action):
        raise NotPermittedError(action.value)
    return actor
