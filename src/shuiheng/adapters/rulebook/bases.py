"""Clauses as the rulebook writes them: source, article, place, first day and how well it is known."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Check, Mark

BASIS_FIELDS = ("source", "at", "from", "mark", "area", "printed", "kinds")


def read_basis(entry: Entry, holder: Entry) -> Basis:
    """Return one clause; whether somebody checked it is said once by its holder.

    A clause may speak of fewer kinds than its holder, which then names them in `kinds`.

    Raises:
        RulebookError: A field is missing or unknown, or there is no such source.
    """
    entry.only(*BASIS_FIELDS)
    checked = holder.at("checked")
    by, on = checked.get("by", str), checked.day("day")
    return Basis(
        source=one_of(entry, "source", shipped_sources()),
        clause=entry.take("at", str),
        area=entry.get("area", str) or "",
        valid_from=entry.take("from", date),
        mark=Mark(one_of(entry, "mark", [each.value for each in Mark])),
        printed=entry.words("printed"),
        check=Check(by=by, on=on) if by and on else None,
        kinds=_kinds(entry, holder),
    )


def _kinds(entry: Entry, holder: Entry) -> frozenset[str]:
    kinds = frozenset(entry.words("kinds"))
    if kinds and not kinds <= frozenset(holder.words("kinds")):
        raise entry.at("kinds").refuse(
            "it speaks of a kind that its holder lacks", "Name kinds of the holder."
        )
    return kinds
