"""Who is drawn: systematic sampling with weights, in which every object has exactly its stated chance.

Write n for the number still to be drawn, w for the weight of an object and W for the sum of weights. On a
line of length n·W each object owns a piece of length n·w; the pieces lie in random order. A start u is
drawn from 0 … W-1 and those objects are taken whose pieces hold u, u+W, u+2W, … Objects with n·w ≥ W
were taken out before: they are drawn with certainty. Every other piece is shorter than W, so it is hit at
most once, and of the W starts exactly n·w hit it, wherever it lies. So its chance is n·w/W, exactly, and
n objects are drawn every time (Madow 1949). All is done in whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from shuiheng.programmes.draw.chance import digest_of, whole_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Objects that are drawn with certainty, and how many of which others are left to chance."""

    certain: frozenset[str]
    others: Mapping[str, int]
    to_draw: int

    @property
    def whole(self) -> int:
        """Sum of the weights of the others."""
        return sum(self.others.values())


def whole_weights(weights: Mapping[str, Decimal]) -> dict[str, int]:
    """Return weights as whole numbers in the same ratios: all times the same power of ten."""
    scale = max((-_exponent(weight) for weight in weights.values()), default=0)
    return {name: int(weight.scaleb(max(scale, 0))) for name, weight in weights.items()}


def split_certain(weights: Mapping[str, int], size: int) -> Split:
    """Return who is drawn with certainty and who is left to chance.

    Taking out a heavy object raises the chances of the others, so it is done until none is certain.

    Args:
        weights: Weight of each object that can be drawn, above 0.
        size: How many are drawn, at most as many as there are.
    """
    others, certain = dict(weights), set[str]()
    while True:
        whole, left = sum(others.values()), size - len(certain)
        sure = [name for name, weight in others.items() if left * weight >= whole]
        if not sure:
            return Split(certain=frozenset(certain), others=others, to_draw=left)
        certain.update(sure)
        for name in sure:
            del others[name]


def chances_of(split: Split) -> dict[str, Fraction]:
    """Return how probable it is that each object is drawn (入选概率), by number in order."""
    chances = dict.fromkeys(split.certain, Fraction(1))
    whole = split.whole
    chances |= {name: Fraction(split.to_draw * weight, whole) for name, weight in split.others.items()}
    return dict(sorted(chances.items()))


def taken(split: Split, order: list[str], start: int) -> set[str]:
    """Return the objects that a start takes when the pieces of the others lie in this order."""
    found, whole, point, end = set(split.certain), split.whole, start, 0
    for name in order:
        end += split.to_draw * split.others[name]
        if point < end:
            found.add(name)
            point += whole
    return found


def drawn_objects(split: Split, seed: str) -> tuple[str, ...]:
    """Return who is drawn by a seed, in the order of chance."""
    keys = {name: digest_of(seed, "order", name) for name in (*split.certain, *split.others)}
    order = sorted(split.others, key=keys.__getitem__)
    start = whole_number(seed, "start", below=split.whole) if order else 0
    return tuple(sorted(taken(split, order, start), key=keys.__getitem__))


def _exponent(weight: Decimal) -> int:
    exponent = weight.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
