#!/usr/bin/env python3
"""Verify an exported event log. This file is a whole program: copy it anywhere and run it.

    python verify.py LOG [--anchor [NUMBER:]VALUE ...] [--partial]
    python verify.py --proof PROOF [--anchor [NUMBER:]VALUE]

It needs Python 3.11 and nothing else, and on purpose shares no code with the program that wrote the log:
canonical form, tree and chain are written a second time from docs/formats/event-log.md. It reads the file
once, holds one batch in memory, stops at the first fault and names it. The value given with --anchor comes
from a place that the keeper of the log cannot write: an issued report, a letter, another department.

Exit code 0: it holds. 1: it was altered; the first bad row or seal is named. 2: it is no log, or unreadable.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, BinaryIO

Json = dict[str, Any]
Anchors = Mapping[int, str]
Form = dict[str, str | type]  # each field with its pattern as written, or its kind
LONGEST_LINE = 16 * 1024 * 1024
MOST_SURPLUS = 4096  # rows beyond those sealed that are looked at before the fault is named
NOTHING = "0" * 64
ESCAPES = {code: f"\\u{code:04x}" for code in range(32)} | {ord(sign): "\\" + sign for sign in '"\\'}
ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')
COUNT, HASH, ALGORITHM = r"(?:0|[1-9][0-9]{0,17})", '"[0-9a-f]{64}"', '"(?:sha256|sm3)"'
AT = r'"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"'
HASHES = rf"\[(?:{HASH}(?:,{HASH})*)?\]"
ROW: Form = {"algorithm": ALGORITHM, "event": dict, "hash": HASH, "line": '"event"'}
ROW |= {"sequence": f"null|{COUNT}"}
WITHHELD: Form = {"hash": HASH, "line": '"withheld"', "sequence": COUNT}
SEAL: Form = {"algorithm": ALGORITHM, "at": AT, "count": "[1-9][0-9]{0,17}", "number": COUNT}
SEAL |= {"previous": HASH, "root": HASH, "value": HASH}
SEALED: Form = SEAL | {"leaves": HASHES, "line": '"seal"'}
HEAD: Form = {"format": '"shuiheng.event-log"', "version": "1", "line": '"head"', "algorithm": ALGORITHM}
HEAD |= {"city": 'null|".*"', "exported_at": AT, "first_seal": COUNT, "last_seal": COUNT}
HEAD |= {"previous": HASH, "rows_before": COUNT}
PROOF: Form = {"format": '"shuiheng.event-proof"', "version": "1", "algorithm": ALGORITHM, "event": dict}
PROOF |= {"index": COUNT, "path": HASHES, "seals": list}
SAYS = {
    "audit.not_a_log": "不是可校验的日志或证明 / this is no log and no proof",
    "audit.unreadable": "第 {line} 行格式不对 / line {line} cannot be read or has a wrong form",
    "audit.begins_late": "缺少第 {seal} 号封印之前的部分 / what came before seal {seal} is missing",
    "audit.row_changed": "第 {row} 条（{key}）与封存时不同 / row {row} was changed or replaced",
    "audit.row_label_changed": "第 {row} 条（{key}）的序号或哈希被改 / number or hash of row {row} changed",
    "audit.row_deleted": "第 {row} 条被删除 / row {row} was deleted",
    "audit.row_inserted": "第 {row} 条（{key}）是后来插入的 / row {row} was inserted later",
    "audit.row_moved": "第 {row} 条（{key}）原为第 {other} 条 / row {row} was moved; it was row {other}",
    "audit.seal_leaves_changed": "第 {seal} 号封印的行哈希与根值不符 / hashes and root of seal {seal} differ",
    "audit.seal_changed": "第 {seal} 号封印被改动 / seal {seal} was changed",
    "audit.seal_missing": "应为第 {seal} 号封印，实为 {other} / seal {seal} is due, but {other} stands here",
    "audit.chain_broken": "第 {seal} 号封印与前一号不相接 / seal {seal} does not follow from the one before",
    "audit.anchor_differs": "第 {seal} 号封印与外部留存值不同 / seal {seal} differs from the kept value",
    "audit.anchor_missing": "缺少外部留存的第 {seal} 号封印 / seal {seal}, kept outside, was cut off",
    "audit.log_cut": "文件在第 {line} 行后中断 / the file breaks off after line {line}",
    "audit.end_differs": "结束行（第 {line} 行）与内容不符 / the last line ({line}) does not fit the content",
    "audit.proof_fails": "该证明不成立 / the proof does not hold",
}


class LogError(Exception):
    """The first thing that is wrong: its code and the values that name it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {SAYS[code].format(**values)}")
        self.code, self.values, self.exit_code = code, values, 2 if code == "audit.not_a_log" else 1


@dataclass
class Seen:
    """What was read so far; at the end it is the verdict on a whole log."""

    first_seal: int
    last_seal: int
    last_value: str
    due_row: int
    last_at: str = "-"
    seals: int = 0
    rows: int = 0
    withheld: int = 0
    unsealed: int = 0
    leaves: list[str] = field(default_factory=list)
    batch: list[tuple[str, str, object, object]] = field(default_factory=list)
    met: set[int] = field(default_factory=set)

    def __str__(self) -> str:
        span, rows, kept, left = (
            f"{self.first_seal}-{self.last_seal}",
            self.rows,
            self.withheld,
            self.unsealed,
        )
        zh = f"日志完好：第 {span} 号封印，{rows} 条（其中 {kept} 条不向查阅者显示），未封存 {left} 条"
        en = f"the log holds: seals {span}, {rows} rows ({kept} of them withheld), {left} not yet sealed"
        return f"{zh} / {en}\n{self.last_seal}:{self.last_value} {self.last_at}"


def encoded(value: Any) -> str:
    """Write a JSON value canonically: sorted keys, no spaces, the shortest escapes."""
    if isinstance(value, str):
        return f'"{value.translate(ESCAPES) if TO_ESCAPE.search(value) else value}"'
    if isinstance(value, dict):
        return "{" + ",".join([f"{encoded(key)}:{encoded(value[key])}" for key in sorted(value)]) + "}"
    if isinstance(value, list):
        return "[" + ",".join([encoded(item) for item in value]) + "]"
    if value is None or isinstance(value, int):
        return "null" if value is None else str(value).lower()  # a whole number, true or false
    raise TypeError(value)


def hashed(algorithm: str, *parts: bytes) -> str:
    """Return the digest of parts set end to end."""
    return hashlib.new(algorithm, b"".join(parts)).hexdigest()


def joined(algorithm: str, left: str, right: str) -> str:
    """Return the node above two nodes."""
    return hashed(algorithm, b"\x01", bytes.fromhex(left), bytes.fromhex(right))


def tree_root(algorithm: str, leaves: Iterable[str]) -> str:
    """Return the Merkle root, by a stack of whole subtrees whose sizes are the bits of the count."""
    stack: list[tuple[int, str]] = []
    for leaf in leaves:
        height, node = 0, leaf
        while stack and stack[-1][0] == height:
            height, node = height + 1, joined(algorithm, stack.pop()[1], node)
        stack.append((height, node))
    node = stack.pop()[1]
    while stack:
        node = joined(algorithm, stack.pop()[1], node)
    return node


def climbed(algorithm: str, leaf: str, path: list[str], index: int, last: int) -> str | None:
    """Return the root above a leaf by its path (RFC 9162, 2.1.3.2), or None when it leads elsewhere."""
    for node in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            leaf = joined(algorithm, node, leaf)
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            leaf = joined(algorithm, leaf, node)
        index, last = index // 2, last // 2
    return leaf if last == 0 else None


def seal_value(seal: Json) -> str:
    """Return the value that a seal must have."""
    number, count = seal["number"].to_bytes(8, "big"), seal["count"].to_bytes(8, "big")
    hashes = bytes.fromhex(seal["previous"]), bytes.fromhex(seal["root"])
    return hashed(seal["algorithm"], b"\x01", number, *hashes, count, seal["at"].encode())


def row_hash(row: Json) -> str:
    """Return the hash that the event of a row or of a proof must have."""
    return hashed(row["algorithm"], b"\x00", encoded(row["event"]).encode())


def parsed(raw: bytes, number: int) -> Json:
    """Return the object of a line, which must be written canonically: no key twice, no fraction, no space."""
    try:
        value = json.loads(raw)
        is_canonical = encoded(value).encode() == raw.removesuffix(b"\n")
    except (ValueError, TypeError, RecursionError):
        is_canonical = False
    if not is_canonical or not isinstance(value, dict):
        raise LogError("audit.unreadable", line=number)
    return value


def fits(value: object, form: Form) -> bool:
    """Return whether an object has the fields of a form and no others, each written as it must be."""
    if not isinstance(value, dict) or value.keys() != form.keys():
        return False
    if value.get("algorithm") == "sm3" and "sm3" not in hashlib.algorithms_available:
        raise LogError("audit.not_a_log")  # nothing can be said of a log that this machine cannot hash
    return all(
        re.fullmatch(wanted, encoded(value[name])) if isinstance(wanted, str) else type(value[name]) is wanted
        for name, wanted in form.items()
    )


def check_log(stream: BinaryIO, anchors: Anchors, *, is_partial: bool = False) -> Seen:
    """Return what a whole log holds; raise a LogError for the first fault of a bad one."""
    seen, head = _begun(stream, anchors, is_partial=is_partial)
    number, line, is_tail = 1, head, False
    while raw := stream.readline(LONGEST_LINE):
        number, line = number + 1, parsed(raw, number + 1)
        if fits(line, ROW):
            _take_row(seen, line, is_tail=is_tail)
        elif fits(line, WITHHELD) and not is_tail:
            _take_hash(seen, line["hash"], "-", line)
            seen.withheld += 1
        elif fits(line, SEALED) and not is_tail:
            _close_batch(seen)
            _take_seal(seen, line, anchors)
        elif line == {"line": "unsealed"} and not is_tail:
            _close_batch(seen)
            is_tail = True
        elif line.get("line") == "end" and is_tail:
            break
        else:
            raise LogError("audit.unreadable", line=number)
    else:
        _close_batch(seen, is_cut=True)
        raise LogError("audit.log_cut", line=number)
    counted = {"line": "end", "seals": seen.seals, "rows": seen.rows, "unsealed": seen.unsealed}
    counted |= {"withheld": seen.withheld, "last": seen.last_value}
    if line != counted or head["last_seal"] != seen.last_seal or stream.read(1):
        raise LogError("audit.end_differs", line=number)
    for wanted, value in sorted(anchors.items()):
        if wanted not in seen.met and not (wanted > 0 and wanted == seen.first_seal - 1):
            raise LogError("audit.anchor_missing", seal=wanted if wanted > 0 else value)
    return seen


def _begun(stream: BinaryIO, anchors: Anchors, *, is_partial: bool) -> tuple[Seen, Json]:
    head = _first(stream.readline(LONGEST_LINE), HEAD)
    first, previous, rows = head["first_seal"], head["previous"], head["rows_before"]
    if (first, previous, rows) != (1, NOTHING, 0) and not (is_partial and first > 1):
        raise LogError("audit.begins_late", seal=first)
    if not previous.startswith(anchors.get(first - 1, "")):
        raise LogError("audit.anchor_differs", seal=first - 1)
    return Seen(first_seal=first, last_seal=first - 1, last_value=previous, due_row=rows + 1), head


def _first(raw: bytes, form: Form) -> Json:
    try:
        value = parsed(raw, 1)
    except LogError as error:
        raise LogError("audit.not_a_log") from error
    if not fits(value, form):
        raise LogError("audit.not_a_log")
    return value


def _take_seal(seen: Seen, seal: Json, anchors: Anchors) -> None:
    due, leaves = seen.last_seal + 1, seal["leaves"]
    if seal["number"] != due:
        raise LogError("audit.seal_missing", seal=due, other=seal["number"])
    if seal["value"] != seal_value(seal):
        raise LogError("audit.seal_changed", seal=due)
    if seal["previous"] != seen.last_value:
        raise LogError("audit.chain_broken", seal=due)
    if not seal["value"].startswith(anchors.get(due, "")):
        raise LogError("audit.anchor_differs", seal=due)
    seen.met |= {wanted for wanted, value in anchors.items() if seal["value"].startswith(value)}
    if not leaves or len(leaves) != seal["count"] or tree_root(seal["algorithm"], leaves) != seal["root"]:
        raise LogError("audit.seal_leaves_changed", seal=due)
    seen.leaves, seen.seals, seen.last_seal = leaves, seen.seals + 1, due
    seen.last_value, seen.last_at = seal["value"], seal["at"]


def _take_row(seen: Seen, row: Json, *, is_tail: bool) -> None:
    computed, key = row_hash(row), str(row["event"].get("key"))
    if not is_tail:
        _take_hash(seen, computed, key, row)
    elif computed != row["hash"] or row["sequence"] is not None:
        raise LogError("audit.row_changed", row=seen.due_row + seen.unsealed, key=key)
    else:
        seen.unsealed += 1


def _take_hash(seen: Seen, computed: str, key: str, row: Json) -> None:
    seen.batch.append((computed, key, row["hash"], row["sequence"]))
    if len(seen.batch) > len(seen.leaves) + MOST_SURPLUS:
        _close_batch(seen)


def _close_batch(seen: Seen, *, is_cut: bool = False) -> None:
    """Hold the rows of a seal against its leaves, in order; raise for the first that differs."""
    for at, (computed, key, stated, sequence) in enumerate(seen.batch):
        if seen.leaves[at : at + 1] != [computed]:
            raise _named(seen, at)
        if stated != computed or sequence != seen.due_row + at:
            raise LogError("audit.row_label_changed", row=seen.due_row + at, key=key)
    if len(seen.batch) < len(seen.leaves) and not is_cut:
        raise LogError("audit.row_deleted", row=seen.due_row + len(seen.batch))
    seen.rows, seen.due_row = seen.rows + len(seen.batch), seen.due_row + len(seen.batch)
    seen.batch, seen.leaves = [], []


def _named(seen: Seen, at: int) -> LogError:
    """Return what happened to the first row that is not the one that was sealed at its place."""
    leaves, (computed, key, _, _), row = seen.leaves, seen.batch[at], seen.due_row + at
    is_due_row_later = leaves[at : at + 1] and leaves[at] in {found for found, *_ in seen.batch[at + 1 :]}
    place = leaves.index(computed) if computed in leaves else -1
    if place > at and is_due_row_later:
        return LogError("audit.row_moved", row=row, key=key, other=seen.due_row + place)
    if place > at:
        return LogError("audit.row_deleted", row=row)
    is_surplus = at >= len(leaves) or is_due_row_later
    return LogError("audit.row_inserted" if is_surplus else "audit.row_changed", row=row, key=key)


def check_proof(stream: BinaryIO, anchors: Anchors) -> str:
    """Return `number:value` of the seal to which a proof leads; raise a LogError when it does not hold."""
    proof = _first(stream.read(LONGEST_LINE), PROOF)
    seals = proof["seals"]
    if not seals or not all(fits(seal, SEAL) and seal["value"] == seal_value(seal) for seal in seals):
        raise LogError("audit.proof_fails")
    algorithm, last_index = seals[0]["algorithm"], seals[0]["count"] - 1
    root = climbed(algorithm, row_hash(proof), proof["path"], proof["index"], last_index)
    is_chain = all(
        (new["number"], new["previous"]) == (old["number"] + 1, old["value"]) for old, new in pairwise(seals)
    )
    if root != seals[0]["root"] or proof["index"] > last_index or not is_chain:
        raise LogError("audit.proof_fails")
    kept = {seal["number"]: seal["value"] for seal in seals}
    for number, value in anchors.items():
        if number in kept and not kept[number].startswith(value):
            raise LogError("audit.anchor_differs", seal=number)
        if number not in kept and (number > 0 or not any(each.startswith(value) for each in kept.values())):
            raise LogError("audit.anchor_missing", seal=number if number > 0 else value)
    return f"{seals[-1]['number']}:{seals[-1]['value']}"


def anchor(text: str) -> tuple[int, str]:
    """Return an anchor `NUMBER:VALUE` in its parts, 0 for a value without a number; 32 digits at least."""
    [(number, value)] = re.findall(r"^(?:([1-9][0-9]{0,17}):)?([0-9a-f]{32,64})$", text.strip().lower())
    return int(number or 0), value


def anchors_of(given: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return anchors by number; those without one are counted down from -1."""
    return {number or -place: value for place, (number, value) in enumerate(given, start=1)}


def main(words: list[str] | None = None) -> int:
    """Check the file named on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Verify an exported event log, or one proof.")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--proof", action="store_true", help="the file is a proof for one event")
    parser.add_argument("--partial", action="store_true", help="the log may begin after its first seal")
    parser.add_argument("--anchor", type=anchor, action="append", default=[], metavar="[NUMBER:]VALUE")
    chosen = parser.parse_args(words)
    anchors = anchors_of(chosen.anchor)
    try:
        with open(chosen.file, "rb") as stream:  # noqa: PTH123  one file, one reader
            if chosen.proof:
                print(f"证明成立 / the proof holds\n{check_proof(stream, anchors)}")
            else:
                print(check_log(stream, anchors, is_partial=chosen.partial))
    except (LogError, OSError) as error:
        print(error)
        return error.exit_code if isinstance(error, LogError) else 2
    return 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese
    sys.exit(main())
