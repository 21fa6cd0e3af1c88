"""The Merkle tree of RFC 6962, section 2.1, over hashes of rows."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.audit.errors import EmptyTreeError, NoSuchLeafError
from shuiheng.audit.model import Algorithm
from shuiheng.audit.row_hash import digest

NODE = b"\x01"


def merkle_root(leaves: Sequence[bytes], *, algorithm: str = Algorithm.SHA256) -> bytes:
    """Return the root over hashes of rows.

    Level by level; a last node without a neighbour moves up as it is. That gives the tree
    that RFC 6962 defines by splitting at the largest power of two.

    Raises:
        EmptyTreeError: There are no leaves.
    """
    if not leaves:
        raise EmptyTreeError
    level = list(leaves)
    while len(level) > 1:
        level = _level_above(level, algorithm)
    return level[0]


def inclusion_path(
    leaves: Sequence[bytes], index: int, *, algorithm: str = Algorithm.SHA256
) -> tuple[bytes, ...]:
    """Return the sibling hashes from a leaf up to the root.

    Raises:
        NoSuchLeafError: There is no leaf at this index.
    """
    if not 0 <= index < len(leaves):
        raise NoSuchLeafError(index, count=len(leaves))
    path = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level = _level_above(level, algorithm)
        index //= 2
    return tuple(path)


def root_from_path(
    leaf: bytes, path: Sequence[bytes], *, index: int, count: int, algorithm: str = Algorithm.SHA256
) -> bytes | None:
    """Return the root to which a leaf and its path lead, or None when the path cannot be one.

    A path has exactly the length that its place in a tree of this size asks for, and each
    hash has 32 bytes; without that a proof could be stretched.
    """
    if not 0 <= index < count or any(len(node) != len(leaf) for node in path):
        return None
    steps = iter(path)
    here, last = leaf, count - 1
    while last > 0:
        if index % 2 or index < last:
            sibling = next(steps, None)
            if sibling is None:
                return None
            pair = sibling + here if index % 2 else here + sibling
            here = digest(NODE + pair, algorithm=algorithm)
        index, last = index // 2, last // 2
    return here if next(steps, None) is None else None


def _level_above(level: list[bytes], algorithm: str) -> list[bytes]:
    """Return the nodes above a level of at least two."""
    above = [
        digest(NODE + level[at] + level[at + 1], algorithm=algorithm) for at in range(0, len(level) - 1, 2)
    ]
    return [*above, level[-1]] if len(level) % 2 else above
