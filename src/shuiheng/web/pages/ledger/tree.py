"""The meters of a user as a tree: each below the one whose water it measures again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shuiheng.adapters.records.models import MeterFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A meter and how many meters stand above it."""

    fact: MeterFact
    depth: int


def branches(facts: Iterable[MeterFact]) -> list[Branch]:
    """Return every meter once, each behind the one above it; one whose parent is not shown stands alone."""
    rows = list(facts)
    shown = {fact.subject_id for fact in rows}
    below: dict[int | None, list[MeterFact]] = {}
    for fact in rows:
        below.setdefault(fact.parent_id if fact.parent_id in shown else None, []).append(fact)
    found: list[Branch] = []
    waiting = [(fact, 0) for fact in reversed(below.get(None, []))]
    while waiting:
        fact, depth = waiting.pop()
        found.append(Branch(fact=fact, depth=depth))
        waiting += [(each, depth + 1) for each in reversed(below.get(fact.subject_id, []))]
    listed = {branch.fact.pk for branch in found}
    return found + [Branch(fact=fact, depth=0) for fact in rows if fact.pk not in listed]
