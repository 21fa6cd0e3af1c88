"""Seals and their chain."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from audit.making import BEGAN, log
from shuiheng.audit.errors import EmptyTreeError
from shuiheng.audit.model import NO_SEAL, Seal
from shuiheng.audit.seal import MOST_LEAVES, holds, make_seal, seal_value

LEAF = "ab" * 32


def _chain(events: int = 300) -> list[Seal]:
    return [seal for seal, _ in log(events) if seal is not None]


def test_the_value_of_a_seal_is_the_digest_of_its_parts_in_order() -> None:
    seal = make_seal([LEAF], at=datetime(2026, 1, 5, tzinfo=UTC))
    one = bytes([0, 0, 0, 0, 0, 0, 0, 1])
    parts = b"\x01" + one + bytes(32) + bytes.fromhex(LEAF) + one
    assert seal.value == hashlib.sha256(parts + b"2026-01-05T00:00:00.000000Z").hexdigest()
    assert (seal.number, seal.count, seal.root, seal.previous) == (1, 1, LEAF, NO_SEAL)


def test_each_seal_of_a_chain_holds_after_the_one_before_and_after_no_other() -> None:
    chain = _chain()
    assert len(chain) > 5
    for at, seal in enumerate(chain):
        before = chain[at - 1] if at else None
        assert holds(seal, after=before)
        assert not any(holds(seal, after=other) for other in (None, *chain) if other is not before)


@pytest.mark.parametrize("field", ["number", "previous", "root", "count", "at", "value"])
def test_a_seal_with_a_changed_part_does_not_hold(field: str) -> None:
    first, second = _chain()[:2]
    changed = {
        "number": 3,
        "count": second.count + 1,
        "at": second.at + timedelta(microseconds=1),
        "previous": NO_SEAL,
        "root": LEAF,
        "value": LEAF,
    }[field]
    assert not holds(dataclasses.replace(second, **{field: changed}), after=first)


def test_a_batch_has_a_largest_and_a_smallest_size() -> None:
    assert make_seal([LEAF] * MOST_LEAVES, at=BEGAN).count == MOST_LEAVES
    with pytest.raises(ValueError, match="several seals"):
        make_seal([LEAF] * (MOST_LEAVES + 1), at=BEGAN)
    with pytest.raises(EmptyTreeError):
        make_seal([], at=BEGAN)


def test_the_digest_of_a_seal_is_chosen_by_its_id() -> None:
    if "sm3" in hashlib.algorithms_available:
        seals = [make_seal([LEAF], at=BEGAN, algorithm=algorithm) for algorithm in ("sha256", "sm3")]
        assert seals[0].value != seals[1].value
        assert seal_value(dataclasses.replace(seals[0], algorithm="sm3")) == seals[1].value
