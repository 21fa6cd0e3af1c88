"""The Merkle tree against the recursive definition of RFC 6962."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.audit.errors import EmptyTreeError, NoSuchLeafError
from shuiheng.audit.merkle import inclusion_path, merkle_root, root_from_path


def _split(count: int) -> int:
    """Largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def oracle_root(leaves: list[bytes]) -> bytes:
    """Return MTH as section 2.1 writes it down."""
    if len(leaves) == 1:
        return leaves[0]
    at = _split(len(leaves))
    return hashlib.sha256(b"\x01" + oracle_root(leaves[:at]) + oracle_root(leaves[at:])).digest()


def oracle_path(leaves: list[bytes], index: int) -> list[bytes]:
    """Return PATH as section 2.1.1 writes it down."""
    if len(leaves) == 1:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*oracle_path(leaves[:at], index), oracle_root(leaves[at:])]
    return [*oracle_path(leaves[at:], index - at), oracle_root(leaves[:at])]


def _leaves(count: int) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + bytes([n % 256, n // 256])).digest() for n in range(count)]


trees = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


@given(trees)
def test_the_root_is_that_of_the_recursive_definition(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == oracle_root(leaves)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100])
def test_each_path_is_that_of_the_recursive_definition_and_leads_to_the_root(count: int) -> None:
    leaves = _leaves(count)
    for index in range(count):
        path = inclusion_path(leaves, index)
        assert list(path) == oracle_path(leaves, index)
        assert root_from_path(leaves[index], path, index=index, count=count) == oracle_root(leaves)


@given(trees, st.randoms(use_true_random=False))
def test_a_path_does_not_prove_another_place_or_another_leaf(leaves: list[bytes], chance: Random) -> None:
    index = chance.randrange(len(leaves))
    path = list(inclusion_path(leaves, index))
    root = merkle_root(leaves)
    for other in range(len(leaves)):
        if other != index:
            assert root_from_path(leaves[index], path, index=other, count=len(leaves)) != root or (
                leaves[other] == leaves[index]
            )
    wrong = bytes([leaves[index][0] ^ 1]) + leaves[index][1:]
    assert root_from_path(wrong, path, index=index, count=len(leaves)) != root


def test_a_path_that_is_too_short_too_long_or_of_odd_hashes_leads_nowhere() -> None:
    leaves = _leaves(6)
    path = list(inclusion_path(leaves, 2))
    for wrong in (path[:-1], [*path, path[0]], [path[0][:31], *path[1:]]):
        assert root_from_path(leaves[2], wrong, index=2, count=6) is None
    for index, count in ((-1, 6), (6, 6), (0, 0)):
        assert root_from_path(leaves[2], path, index=index, count=count) is None


def test_no_hundred_thousand_altered_proofs_are_accepted() -> None:
    chance = Random(6962)  # noqa: S311  the same alterations each time
    accepted, tried = 0, 0
    for _ in range(5_200):
        leaves = _leaves(chance.randint(1, 40))
        index = chance.randrange(len(leaves))
        root, path = merkle_root(leaves), list(inclusion_path(leaves, index))
        for _ in range(20):
            verdict = _is_altered_proof_accepted(leaves, index, root, path, chance)
            tried += verdict is not None
            accepted += verdict is True
    assert accepted == 0
    assert tried >= 100_000


def _is_altered_proof_accepted(
    leaves: list[bytes], index: int, root: bytes, path: list[bytes], chance: Random
) -> bool | None:
    """Alter one thing about a good proof; return whether it still holds, None when nothing changed."""
    leaf, wrong, count = leaves[index], list(path), len(leaves)
    kind = chance.choice(("leaf", "node", "drop", "swap", "add") if path else ("leaf", "add"))
    bit = 1 << chance.randrange(8)
    if kind == "leaf":
        at = chance.randrange(32)
        leaf = leaf[:at] + bytes([leaf[at] ^ bit]) + leaf[at + 1 :]
    elif kind == "node":
        step, at = chance.randrange(len(path)), chance.randrange(32)
        wrong[step] = wrong[step][:at] + bytes([wrong[step][at] ^ bit]) + wrong[step][at + 1 :]
    elif kind == "drop":
        wrong.pop(chance.randrange(len(path)))
    elif kind == "swap":
        wrong.append(wrong.pop(0))
    else:
        wrong.insert(chance.randint(0, len(path)), chance.randbytes(32))
    if wrong == path and leaf == leaves[index]:
        return None
    return root_from_path(leaf, wrong, index=index, count=count) == root


def test_nothing_has_no_root_and_no_place() -> None:
    with pytest.raises(EmptyTreeError):
        merkle_root([])
    with pytest.raises(NoSuchLeafError, match="0 to 2"):
        inclusion_path(_leaves(3), 3)
