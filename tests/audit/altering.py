"""Random alterations of a sealed log by someone who may write every table of the database."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from random import Random

from audit.making import Batches, event, exported
from shuiheng.audit import LoggedEvent, Seal, make_seal, merkle_root, row_hash, seal_value

KINDS = ("change", "delete", "insert", "reorder", "swap", "relabel", "cut", "cut_file", "drop_seal", "reseal")
DEPTHS = ("row", "hash", "leaf", "root", "value", "chain")  # how far the hand reaches above the row


@dataclass(frozen=True)
class Alteration:
    """An altered export, and what a verifier must name."""

    kind: str
    depth: str
    log: bytes
    anchors: dict[int, str]
    row: int | None
    seal: int | None


def alter(batches: Batches, chance: Random) -> Alteration:
    """Return one random alteration of a log."""
    kind = chance.choice(KINDS)
    if kind == "cut":
        return _cut(batches, chance)
    if kind == "cut_file":
        return _cut_file(batches, chance)
    if kind == "drop_seal":
        at = chance.randrange(len(batches) - 1)
        return Alteration(kind, "row", exported(batches[:at] + batches[at + 1 :]), {}, None, at + 1)
    if kind == "reseal":
        return _reseal(batches, chance)
    depth = chance.choice(("row", "hash") if kind == "relabel" else DEPTHS)
    return _alter_rows(batches, kind, depth, chance)


def _alter_rows(batches: Batches, kind: str, depth: str, chance: Random) -> Alteration:
    rows = [list(events) for _, events in batches]
    at = chance.choice([n for n, events in enumerate(rows) if len(events) > 2 and n < len(rows) - 1])
    touched = {at}
    if kind == "swap" and chance.random() < 0.5:
        other = chance.choice([n for n in range(len(rows)) if n != at])
        one, two = chance.randrange(len(rows[at])), chance.randrange(len(rows[other]))
        rows[at][one], rows[other][two] = rows[other][two], rows[at][one]
        touched.add(other)
    else:
        rows[at] = _altered_rows(rows[at], kind, depth, chance)
    before = [row for _, events in batches for row in events]
    after = [row for events in rows for row in events]
    first = next(n for n in range(len(before) + 1) if before[n : n + 1] != after[n : n + 1])
    made = [
        (_raised(seal, events, depth) if n in touched else seal, events)
        for n, ((seal, _), events) in enumerate(zip(batches, rows, strict=True))
    ]
    lowest = min(touched)
    if depth == "chain":
        made = _rechained(made)
        return Alteration(kind, depth, exported(made), _anchor(batches, -1), None, len(batches))
    if depth == "value":
        return Alteration(kind, depth, exported(made), {}, None, lowest + 2)
    if depth in {"leaf", "root"}:
        return Alteration(kind, depth, exported(made), {}, None, lowest + 1)
    return Alteration(kind, depth, exported(made), {}, first + 1, None)


def _altered_rows(rows: list[LoggedEvent], kind: str, depth: str, chance: Random) -> list[LoggedEvent]:
    at = chance.randrange(len(rows))
    if kind == "change":
        record = dataclasses.replace(rows[at].record, **_changed(rows[at], chance))
        stated = rows[at].row_hash if depth == "row" else row_hash(record)
        rows[at] = dataclasses.replace(rows[at], record=record, row_hash=stated)
    elif kind == "relabel":
        rows[at] = dataclasses.replace(rows[at], row_hash=chance.randbytes(32).hex())
    elif kind == "delete":
        del rows[at]
    elif kind == "insert":
        record = event(chance.randrange(10**6), chance)
        stated = row_hash(record) if depth != "row" else chance.randbytes(32).hex()
        copy = rows[chance.randrange(len(rows))]
        rows.insert(at, copy if chance.random() < 0.3 else LoggedEvent(record=record, row_hash=stated))
    elif kind == "swap":
        other = chance.choice([n for n in range(len(rows)) if n != at])
        rows[at], rows[other] = rows[other], rows[at]
    else:
        shuffled = list(rows)
        while shuffled == rows:
            chance.shuffle(shuffled)
        return shuffled
    return rows


def _changed(row: LoggedEvent, chance: Random) -> dict[str, object]:
    name = chance.choice([field.name for field in dataclasses.fields(row.record)])
    old = getattr(row.record, name)
    if name in {"before", "after", "details"}:
        return {name: chance.choice(({**old, "value": "9.99"}, {}, None, {**old, "extra": None}))}
    if name == "at":
        return {name: event(chance.randrange(10**7, 10**8), chance).at}
    if isinstance(old, bool | int):
        return {name: not old if isinstance(old, bool) else old + 1}
    return {name: f"{old or ''}改"}


def _raised(seal: Seal, rows: list[LoggedEvent], depth: str) -> Seal:
    """Return a seal brought into line with altered rows, as far up as the hand reaches."""
    if depth in {"row", "hash"}:
        return seal
    leaves = tuple(row_hash(row.record) for row in rows)
    seal = dataclasses.replace(seal, leaves=leaves)
    if depth == "leaf":
        return seal
    root = merkle_root([bytes.fromhex(leaf) for leaf in leaves]).hex()
    seal = dataclasses.replace(seal, root=root, count=len(leaves))
    if depth == "root":
        return seal
    return dataclasses.replace(seal, value=seal_value(seal))


def _rechained(batches: Batches) -> Batches:
    made: Batches = []
    for seal, rows in batches:
        honest = [dataclasses.replace(row, row_hash=row_hash(row.record)) for row in rows]
        after = made[-1][0] if made else None
        made.append((make_seal([row.row_hash for row in honest], at=seal.at, after=after), honest))
    return made


def _anchor(batches: Batches, at: int) -> dict[int, str]:
    return {batches[at][0].number: batches[at][0].value}


def _cut(batches: Batches, chance: Random) -> Alteration:
    """Take the last seals with their rows away; the rows may stay as if they had never been sealed."""
    left = chance.randrange(1, len(batches))
    tail = [row for _, rows in batches[left:] for row in rows] if chance.random() < 0.5 else []
    log = exported(batches[:left], unsealed=tail)
    return Alteration("cut", "chain", log, _anchor(batches, -1), None, len(batches))


def _cut_file(batches: Batches, chance: Random) -> Alteration:
    whole = exported(batches)
    end = chance.randrange(whole.index(b"\n") + 1, len(whole) - 1)
    return Alteration("cut_file", "row", whole[:end], {}, None, None)


def _reseal(batches: Batches, chance: Random) -> Alteration:
    """Change one field of a seal and nothing else."""
    at = chance.randrange(len(batches))
    seal, rows = batches[at]
    other = batches[at - 1][0]
    changes = {
        "previous": other.root,
        "root": other.root,
        "count": seal.count + 1,
        "at": event(10**8).at,
        "value": other.value,
    }
    name = chance.choice(list(changes))
    made = dataclasses.replace(seal, **{name: changes[name]})
    return Alteration(
        "reseal", "row", exported([*batches[:at], (made, rows), *batches[at + 1 :]]), {}, None, at + 1
    )
