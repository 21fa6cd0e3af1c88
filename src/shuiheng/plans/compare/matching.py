"""Pairing the items of two versions by their words, whatever their numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Pair = tuple[int, int]


def pairs_of(
    old: Sequence[Item],
    new: Sequence[Item],
    *,
    key: Callable[[Item], Hashable],
    score: Callable[[Item, Item], float],
    least: float,
) -> tuple[Pair, ...]:
    """Return which items of `new` are which of `old`, as positions, in the order of `old`.

    Items with the same key are paired first, in their order; of the others the most alike
    first, down to a score of `least`. Each item is in one pair at most.
    """
    waiting: dict[Hashable, list[int]] = {}
    for position, item in enumerate(new):
        waiting.setdefault(key(item), []).append(position)
    paired: dict[int, int] = {}
    for position, item in enumerate(old):
        if same := waiting.get(key(item)):
            paired[position] = same.pop(0)
    left = [position for position in range(len(old)) if position not in paired]
    free = sorted(set(range(len(new))) - set(paired.values()))
    scored = [(score(old[a], new[b]), a, b) for a in left for b in free]
    likely = [each for each in scored if each[0] >= least]
    taken: set[int] = set()
    for _, a, b in sorted(likely, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1:])):
        if a not in paired and b not in taken:
            paired[a] = b
            taken.add(b)
    return tuple(sorted(paired.items()))


def out_of_order(pairs: Sequence[Pair]) -> frozenset[int]:
    """Return the old positions of the fewest items that were moved among the paired ones."""
    chains: list[list[Pair]] = []
    for pair in sorted(pairs):
        before = max((chain for chain in chains if chain[-1][1] < pair[1]), key=len, default=[])
        chains.append([*before, pair])
    kept = {old for old, _ in max(chains, key=len, default=[])}
    return frozenset(old for old, _ in pairs if old not in kept)
