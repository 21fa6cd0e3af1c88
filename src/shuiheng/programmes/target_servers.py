"""What can serve a target of a plan (挂接对象): kinds of programmes, duties of the ledger, other fields.

Every one carries the general words by which plans of any city name it; `target_link.py` chooses among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shuiheng.programmes.kind import ONE, ProgrammeKind

SHARE = "share"
"""Unit of a rate, beside the units of measures."""


class ServerSort(StrEnum):
    """What serves a target (挂接对象); `outside` is another field, which this program does not follow."""

    PROGRAMME = "programme"
    DUTY = "duty"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words by which plans name one count of a server (挂接用语).

    Args:
        words: Words of which a target must contain one.
        without: Words of which it may contain none.
        units: Units of the target as plans write them; empty for any.
        counting: The count that is meant; empty for a server that counts nothing.
    """

    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    counting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetServer:
    """Something that serves targets (挂接对象).

    Args:
        id: Id of the kind, of the duty, or of the field outside.
        sort: What it is.
        wordings: Its words.
        countings: Unit of each of its counts and rates; empty for one that serves any unit.
        is_general: Whether its words (方案, 制度) are so general that all others go before it.
    """

    id: str
    sort: ServerSort
    wordings: tuple[Wording, ...]
    countings: Mapping[str, str]
    is_general: bool = False

    def counting_of(self, unit: str | None, meant: str) -> str | None:
        """Return the count that gives an amount of a unit (统计口径), or None when there is none.

        Args:
            unit: Unit of the amount as measures name it; None for a target without an amount.
            meant: The count that its words mean; it goes before the others where its unit fits.
        """
        if unit is None or not self.countings or self.countings.get(meant) == unit:
            return meant
        return next((name for name, own in self.countings.items() if own == unit), None)


def server_under(server: TargetServer, kinds: Mapping[str, ProgrammeKind]) -> TargetServer:
    """Return what serves targets by the version of its kind that stands; all else as it is (挂接对象)."""
    kind = kinds.get(server.id)
    if server.sort is not ServerSort.PROGRAMME or kind is None:
        return server
    family = server.wordings[-1].words[1:]
    return programme_server(kind, more_words=family, is_general=server.is_general)


def programme_server(
    kind: ProgrammeKind, *, more_words: tuple[str, ...] = (), is_general: bool = False
) -> TargetServer:
    """Return a kind of programme as what serves targets (挂接对象).

    Args:
        kind: The kind; its own name is one of its words.
        more_words: Words of a family to which it belongs, such as 节水载体.
        is_general: Whether all others go before it.
    """
    units = {measure.id: measure.unit for measure in kind.measures} | {ONE: ONE}
    countings = {count.id: units[count.measure] for count in kind.counts}
    countings |= {rate.id: SHARE for rate in kind.rates}
    named = Wording(words=(kind.names["zh"], *more_words), counting=kind.counts[0].id)
    told = (
        Wording(words=each.words, without=each.without, units=each.units, counting=each.counting)
        for each in kind.serves
    )
    return TargetServer(
        id=kind.id,
        sort=ServerSort.PROGRAMME,
        wordings=(*told, named),
        countings=countings,
        is_general=is_general,
    )
