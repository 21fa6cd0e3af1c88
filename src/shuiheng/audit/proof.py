"""Proofs that one event stands in a seal, made from an export and checked without it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shuiheng.audit.canonical import canonical_text
from shuiheng.audit.errors import NotALogError
from shuiheng.audit.export_form import seal_json
from shuiheng.audit.merkle import inclusion_path, root_from_path
from shuiheng.audit.model import InclusionProof, Json, Seal
from shuiheng.audit.row_hash import LEAF, digest
from shuiheng.audit.seal import seal_value

FORMAT = "shuiheng.event-proof"
VERSION = 1


def find_proof(lines: Iterable[str], key: str, *, up_to: int | None = None) -> InclusionProof | None:
    """Return the proof for an event of an exported log (包含证明), or None when no seal holds it.

    Args:
        lines: The lines of the export.
        key: Key of the event.
        up_to: Number of the seal that was printed somewhere; the proof then leads up to it.

    Raises:
        NotALogError: A line is not of the form of an export.
    """
    seal: Seal | None = None
    index, found, later = 0, None, []
    for number, text in enumerate(lines, start=1):
        line = _object(text, number)
        if line.get("line") == "seal":
            seal, index = _seal(line, number), 0
            if found and (up_to is None or seal.number > up_to):
                break
            if found:
                later.append(seal)
        elif seal is not None and line.get("sequence") is not None:
            if found is None and isinstance(line.get("event"), dict) and line["event"].get("key") == key:
                found = (line, seal, index)
            index += 1  # withheld rows keep their places
    if found is None:
        return None
    line, holder, at = found
    leaves = [bytes.fromhex(leaf) for leaf in holder.leaves]
    path = inclusion_path(leaves, at, algorithm=holder.algorithm)
    return InclusionProof(
        event=line["event"],
        algorithm=str(line["algorithm"]),
        index=at,
        path=tuple(node.hex() for node in path),
        seals=(holder, *later),
    )


def proof_holds(proof: InclusionProof) -> bool:
    """Return whether a proof leads from its event to the value of its last seal.

    Whoever asks compares that value (`proof.seals[-1].value`) with one that was printed
    or kept elsewhere: a proof without an anchor shows only that it fits itself.
    """
    seal = proof.seals[0]
    leaf = digest(LEAF + canonical_text(proof.event).encode(), algorithm=proof.algorithm)
    path = [bytes.fromhex(node) for node in proof.path]
    root = root_from_path(leaf, path, index=proof.index, count=seal.count, algorithm=seal.algorithm)
    if root is None or root.hex() != seal.root:
        return False
    return all(
        later.number == before.number + 1 and later.previous == before.value
        for before, later in zip(proof.seals, proof.seals[1:], strict=False)
    ) and all(each.value == seal_value(each) for each in proof.seals)


def proof_json(proof: InclusionProof) -> dict[str, Json]:
    """Return a proof as JSON, the form that `verify.py --proof` reads."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "algorithm": proof.algorithm,
        "event": proof.event,
        "index": proof.index,
        "path": list(proof.path),
        "seals": [seal_json(seal) for seal in proof.seals],
    }


def _object(text: str, number: int) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotALogError(number, "is no JSON") from error
    if not isinstance(line, dict):
        raise NotALogError(number, "is no object")
    return line


def _seal(line: dict[str, Any], number: int) -> Seal:
    try:
        return Seal(
            number=int(line["number"]),
            previous=str(line["previous"]),
            root=str(line["root"]),
            count=int(line["count"]),
            at=datetime.fromisoformat(line["at"]),
            algorithm=str(line["algorithm"]),
            value=str(line["value"]),
            leaves=tuple(map(str, line["leaves"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotALogError(number, f"is no seal ({error})") from error
