"""Seals over batches of rows, each chained to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shuiheng.audit.canonical import instant_text
from shuiheng.audit.merkle import merkle_root
from shuiheng.audit.model import NO_SEAL, Algorithm, Seal
from shuiheng.audit.row_hash import digest

MOST_LEAVES = 4096
"""Largest batch: a verifier holds one batch in memory at a time."""

MARK = b"\x01"


def make_seal(
    leaves: Sequence[str], *, at: datetime, after: Seal | None = None, algorithm: str = Algorithm.SHA256
) -> Seal:
    """Return the seal over the hashes of a batch of rows (封印).

    Args:
        leaves: Hashes of the rows, hexadecimal, in the order in which they are sealed.
        at: Instant of sealing, with its zone.
        after: The seal before, or None for the first one.
        algorithm: Digest of the tree and of the seal.

    Raises:
        EmptyTreeError: There are no rows.
        ValueError: There are more rows than one seal takes.
    """
    if len(leaves) > MOST_LEAVES:
        raise ValueError(f"A seal takes {MOST_LEAVES} rows at most, not {len(leaves)}; make several seals.")
    root = merkle_root([bytes.fromhex(leaf) for leaf in leaves], algorithm=algorithm).hex()
    seal = Seal(
        number=after.number + 1 if after else 1,
        previous=after.value if after else NO_SEAL,
        root=root,
        count=len(leaves),
        at=at,
        algorithm=str(algorithm),
        value="",
        leaves=tuple(leaves),
    )
    return replace(seal, value=seal_value(seal))


def seal_value(seal: Seal) -> str:
    """Return the value that the parts of a seal give, hexadecimal.

    H(0x01 ‖ number ‖ previous ‖ root ‖ count ‖ time): number and count are eight bytes, the
    highest first, the time is its canonical text. Every part has a fixed length, so no two
    seals share their bytes, and none has the length of a tree node, which begins alike.
    """
    content = (
        MARK
        + seal.number.to_bytes(8, "big")
        + bytes.fromhex(seal.previous)
        + bytes.fromhex(seal.root)
        + seal.count.to_bytes(8, "big")
        + instant_text(seal.at).encode()
    )
    return digest(content, algorithm=seal.algorithm).hex()


def holds(seal: Seal, *, after: Seal | None) -> bool:
    """Return whether a seal is what its parts make it and follows the seal before."""
    is_next = seal.number == (after.number + 1 if after else 1)
    return is_next and seal_value(seal) == seal.value and seal.previous == (after.value if after else NO_SEAL)
