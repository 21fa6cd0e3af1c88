"""Proofs that one event stands in a seal."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from audit.making import batches_of, exported
from shuiheng.audit import NotALogError, verify
from shuiheng.audit.canonical import canonical_text
from shuiheng.audit.proof import find_proof, proof_holds, proof_json

BATCHES = batches_of(150, seed=11, batch=12)
LINES = exported(BATCHES).decode().splitlines()


def _second_opinion(proof: dict[str, Any], anchors: dict[int, str] | None = None) -> bool:
    try:
        verify.check_proof(io.BytesIO(canonical_text(proof).encode()), anchors or {})
    except verify.LogError:
        return False
    return True


def test_every_event_of_a_log_has_a_proof_that_both_programs_accept() -> None:
    for seal, rows in BATCHES:
        for index, row in enumerate(rows):
            proof = find_proof(LINES, row.record.key)
            assert proof is not None
            assert (proof.index, proof.seals[0].number) == (index, seal.number)
            assert proof_holds(proof)
            assert _second_opinion(json.loads(canonical_text(proof_json(proof))))


def test_a_proof_leads_up_to_the_seal_that_was_printed() -> None:
    key, printed = BATCHES[1][1][0].record.key, BATCHES[4][0]
    proof = find_proof(LINES, key, up_to=printed.number)
    assert proof is not None
    assert [seal.number for seal in proof.seals] == [2, 3, 4, 5]
    assert _second_opinion(proof_json(proof), {5: printed.value})
    assert not _second_opinion(proof_json(proof), {5: printed.root})
    assert not _second_opinion(proof_json(proof), {6: BATCHES[5][0].value})
    assert _second_opinion(proof_json(proof), {-1: printed.value})
    assert not _second_opinion(proof_json(proof), {-1: BATCHES[5][0].value})


def test_an_event_that_no_seal_holds_has_no_proof() -> None:
    from_tail = exported(BATCHES[:2], unsealed=BATCHES[2][1]).decode().splitlines()
    assert find_proof(from_tail, BATCHES[2][1][0].record.key) is None
    assert find_proof(LINES, "00000000-0000-4000-8000-000000000000") is None


@pytest.mark.parametrize(
    "line", ["", "[1]", '{"line":"seal"}', '{"line":"seal","number":"x"}', "[" * 100_000]
)
def test_a_file_that_is_no_log_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(NotALogError, match="line 2"):
        find_proof([LINES[0], line], "k")


def test_a_proof_for_an_event_with_another_word_does_not_hold() -> None:
    proof = find_proof(LINES, BATCHES[3][1][0].record.key)
    assert proof is not None and isinstance(proof.event, dict)
    wrong = dataclasses.replace(proof, event={**proof.event, "reason": "另有缘由"})
    assert proof_holds(proof) and not proof_holds(wrong)


def test_no_altered_proof_is_accepted_by_either_program() -> None:
    chance = Random(49)  # noqa: S311  the same alterations each time
    accepted, tried = [], 0
    while tried < 3000:
        _, rows = BATCHES[chance.randrange(len(BATCHES))]
        proof = find_proof(LINES, chance.choice(rows).record.key, up_to=chance.choice((None, 3, 9)))
        assert proof is not None
        good = json.loads(canonical_text(proof_json(proof)))
        for wrong in _altered(good, chance):
            tried += 1
            if _second_opinion(wrong):
                accepted.append(wrong)
    assert not accepted


def _altered(good: dict[str, Any], chance: Random) -> Iterator[dict[str, Any]]:
    """Yield copies of a proof in which one thing differs."""
    for _ in range(12):
        wrong = json.loads(json.dumps(good))
        places = [(wrong["event"], name) for name in wrong["event"]]
        places += [(seal, name) for seal in wrong["seals"] for name in seal]
        places += [(wrong["path"], n) for n in range(len(wrong["path"]))]
        places += [(wrong, "index"), (wrong, "algorithm"), (wrong, "version"), (wrong, "format")]
        holder, name = chance.choice(places)
        holder[name] = _other(holder[name], chance)
        yield wrong
    for name in ("path", "seals"):
        wrong = json.loads(json.dumps(good))
        if name == "path" and wrong["path"]:
            wrong["path"].pop(chance.randrange(len(wrong["path"])))
            yield wrong
        if name == "seals" and len(wrong["seals"]) > 2:
            wrong["seals"].pop(1)
            yield wrong
        if wrong["seals"] == []:
            yield wrong


def _other(value: object, chance: Random) -> object:
    if isinstance(value, bool) or value is None:
        return "other"
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 2**20))
    if isinstance(value, dict):
        return {**value, "more": 1}
    text = str(value)
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice("0123456789abcdef改") + text[at + chance.randrange(2) :] + "0"
