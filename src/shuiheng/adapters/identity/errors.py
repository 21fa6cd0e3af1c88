"""What can be wrong with an answer of a provider."""

from __future__ import annotations


class IdentityError(Exception):
    """A provider did not vouch for a person; the words are for the log, not for the person."""
