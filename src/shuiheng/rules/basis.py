"""Clauses on which a gate or a programme rests (依据): each for a place and from a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shuiheng.kernel.citation import Citation
from shuiheng.rules.in_force import areas_of
from shuiheng.rules.parameter import Asked, Check, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A clause on which something rests, for a place and from a day (依据).

    Args:
        source: Id of the source.
        clause: Article or place in it.
        area: Code of the division for which it holds; empty for the nation.
        valid_from: First day on which it holds.
        mark: How well it is known.
        printed: The words or figures as the source prints them.
        check: Who held it against the source, or None.
        kinds: Of which kinds of project or case it speaks; empty for all.
    """

    source: str
    clause: str
    area: str
    valid_from: date
    mark: Mark
    printed: tuple[str, ...] = ()
    check: Check | None = None
    kinds: frozenset[str] = frozenset()

    def cited_by(self, rule: str) -> Citation:
        """Return how a result of `rule` cites it."""
        return Citation(
            rule=rule,
            area=self.area,
            since=self.valid_from,
            source=self.source,
            clause=self.clause,
            is_checked=self.check is not None,
            is_binding=self.check is not None and self.mark is Mark.FOUND,
        )


def bases_now(bases: Iterable[Basis], asked: Asked, *, kind: str = "") -> tuple[Basis, ...]:
    """Return the clauses that hold in a place on a day, in their order; of a kind, those that speak of it."""
    areas = areas_of(asked.area)
    held = (each for each in bases if each.area in areas and each.valid_from <= asked.on)
    return tuple(each for each in held if not kind or not each.kinds or kind in each.kinds)
