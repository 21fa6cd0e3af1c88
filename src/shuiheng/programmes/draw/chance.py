"""Whatever looks like chance in a draw follows from its seed by SHA-256, so it can be made again."""

from __future__ import annotations

import hashlib

from shuiheng.audit.canonical import canonical_text

SPAN = 2**256


def digest_of(*words: str | int) -> str:
    """Return the SHA-256 of words, written as a JSON list so that no two lists have the same bytes."""
    return hashlib.sha256(canonical_text(list(words)).encode()).hexdigest()


def whole_number(seed: str, label: str, *, below: int) -> int:
    """Return a whole number from 0 to `below` - 1, each as probable as the other.

    Numbers of 256 bits are taken one after the other; those behind the last whole multiple of
    `below` are passed over, so none is favoured.
    """
    limit = SPAN - SPAN % below
    turn = 0
    while (found := int(digest_of(seed, label, turn), 16)) >= limit:
        turn += 1
    return found % below
