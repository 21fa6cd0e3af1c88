"""What every provider of identities can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A sign-in that has been started elsewhere.

    Args:
        address: Where the person is sent.
        kept: What must be kept until the person comes back, in the session of that person.
    """

    address: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person for whom a provider vouches.

    Args:
        subject: The name by which the provider knows the person, never given to another.
        name: A name to show, or nothing.
    """

    subject: str
    name: str = ""


class IdentityProvider(Protocol):
    """Proves who somebody is."""

    def start(self, *, callback: str) -> Started:
        """Return where to send a person who is to come back to `callback`.

        Raises:
            IdentityError: The provider does not answer.
        """
        ...

    def finish(self, started: Started, *, answer: Mapping[str, str], callback: str) -> Identity:
        """Return for whom the provider vouches.

        Args:
            started: What `start` returned; it may be used once.
            answer: The query with which the person came back.
            callback: The same as in `start`.

        Raises:
            IdentityError: It vouches for nobody, or something in the answer does not fit.
        """
        ...
