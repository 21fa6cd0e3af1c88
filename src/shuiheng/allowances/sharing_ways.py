"""Ways to share what does not suffice, in whole steps: by claim, by what lies above a floor, by priority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from shuiheng.metering.apportion import apportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one claim gets, as `base + above × rest ÷ whole`, by greatest remainder (分得水量).

    Args:
        base: What it gets whatever happens.
        above: What counts for its part of the rest.
        rest: What is shared among those that have a part.
        whole: What counts for all of them.
        given: What it gets.
    """

    base: int
    above: int
    rest: int
    whole: int
    given: int


def proportional(claims: Sequence[int], floors: Sequence[int], left: int) -> list[Portion]:
    """Return the same share of each claim, but to nobody less than its floor (按比例分摊).

    Those whose share would be below their floor keep the floor; the others share what remains.

    Args:
        claims: What is claimed, more in all than `left`.
        floors: What each keeps at least, no more than its claim, and no more in all than `left`.
        left: What there is.
    """
    ranked = sorted(range(len(claims)), key=lambda place: -Fraction(floors[place], max(claims[place], 1)))
    rest, whole = left, sum(claims)
    fixed = set()
    for place in ranked:
        if claims[place] * rest >= floors[place] * whole:
            break
        fixed.add(place)
        rest, whole = rest - floors[place], whole - claims[place]
    free = [place for place in range(len(claims)) if place not in fixed]
    parts = dict(zip(free, _apportion(rest, [claims[place] for place in free]), strict=True))
    return [
        Portion(base=floors[place], above=0, rest=rest, whole=whole, given=floors[place])
        if place in fixed
        else Portion(base=0, above=claims[place], rest=rest, whole=whole, given=parts[place])
        for place in range(len(claims))
    ]


def above_floor(claims: Sequence[int], floors: Sequence[int], left: int) -> list[Portion]:
    """Return to each its floor and the same share of what it claims above (保底后按比例分摊)."""
    return _shared(claims, floors, range(len(claims)), left - sum(floors))


def by_priority(
    claims: Sequence[int], floors: Sequence[int], left: int, *, ranks: Sequence[int]
) -> list[Portion]:
    """Return to each its floor, and what is left rank by rank, the lowest number first (按优先次序分摊)."""
    rest = left - sum(floors)
    found: dict[int, Portion] = {}
    for rank in sorted(set(ranks)):
        members = [place for place, held in enumerate(ranks) if held == rank]
        portions = _shared(claims, floors, members, rest)
        found |= zip(members, portions, strict=True)
        rest -= sum(each.given - each.base for each in portions)
    return [found[place] for place in range(len(claims))]


def _shared(claims: Sequence[int], floors: Sequence[int], members: Sequence[int], left: int) -> list[Portion]:
    above = [claims[place] - floors[place] for place in members]
    whole = sum(above)
    rest = min(left, whole)
    return [
        Portion(base=floors[place], above=more, rest=rest, whole=whole, given=floors[place] + part)
        for place, more, part in zip(members, above, _apportion(rest, above), strict=True)
    ]


def _apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    return apportion(total, weights) if any(weights) else (0,) * len(weights)
