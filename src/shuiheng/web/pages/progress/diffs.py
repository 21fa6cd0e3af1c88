"""What one revision of a report changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from shuiheng.adapters.records.models import ProgressStep, RegisterTarget
from shuiheng.web.templatetags.shown import amount

TEXTS = ("done_text", "obstacles", "next_step")
LONGEST = 3000
_WORDS = re.compile(r"[0-9A-Za-z.,%]+|\s+|.", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words: `same`, `old` or `new`."""

    sort: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What changed in one field."""

    field: str
    pieces: tuple[Piece, ...]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """One step of history with what it changed."""

    step: ProgressStep
    changes: tuple[FieldChange, ...]


def history_of(steps: Sequence[ProgressStep], targets: Mapping[int, RegisterTarget]) -> list[StepChange]:
    """Return each step with what it changed against the one before, the newest first.

    Args:
        steps: The steps, the first one first.
        targets: The targets by their keys.
    """
    before: dict[str, Any] = {}
    found = []
    for step in steps:
        found.append(StepChange(step=step, changes=tuple(changes_of(before, step.content, targets))))
        before = step.content
    return found[::-1]


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Return the runs of words that two texts share and do not share."""
    if max(len(old), len(new)) > LONGEST:
        return tuple(Piece(sort=sort, text=text) for sort, text in (("old", old), ("new", new)) if text)
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    pieces = []
    for sort, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if sort == "equal":
            pieces.append(Piece(sort="same", text="".join(first[a:b])))
            continue
        pieces += [Piece(sort="old", text="".join(first[a:b]))] if b > a else []
        pieces += [Piece(sort="new", text="".join(second[c:d]))] if d > c else []
    return tuple(pieces)


def changes_of(
    old: Mapping[str, Any], new: Mapping[str, Any], targets: Mapping[int, RegisterTarget]
) -> Iterator[FieldChange]:
    """Yield each field in which one kept content differs from another, values as their plan prints them."""
    for name in TEXTS:
        if old.get(name, "") != new.get(name, ""):
            yield FieldChange(field=name, pieces=pieces_of(old.get(name, ""), new.get(name, "")))
    if old.get("is_complete", False) != new.get("is_complete", False):
        sort = "new" if new.get("is_complete") else "old"
        yield FieldChange(field="is_complete", pieces=(Piece(sort=sort, text="✓"),))
    before, after = old.get("values", {}), new.get("values", {})
    for key in sorted({*before, *after}, key=int):
        if before.get(key) != after.get(key):
            target = targets.get(int(key))
            pieces = pieces_of(_said(before.get(key), target), _said(after.get(key), target))
            yield FieldChange(field="values", pieces=pieces, label=target.metric if target else "")


def _said(number: str | None, target: RegisterTarget | None) -> str:
    return number or "" if target is None else amount(number, target)
