"""Numeric targets of a passage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.plans.extract.clauses import Clause, is_chain_link, items_of
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Draft, Memory
from shuiheng.plans.extract.item import Item
from shuiheng.plans.extract.item_reading import read_item
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import phrase_before
from shuiheng.plans.extract.places import leading_places
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.extract.shares import read_shares
from shuiheng.plans.extract.subjects import note_class, note_subject


def read_figures(parsed: Parsed) -> list[Draft]:
    """Return the numeric targets of a passage, in order."""
    memory = Memory()
    if parsed.context.is_past:
        return []
    starts = parsed.starts
    for index, clause in enumerate(parsed.clauses):
        own = parsed.quantities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        note_subject(parsed, index, memory)
        if own:
            _read_clause(parsed, clause, own, memory)
            note_class(parsed, clause, memory)
    return memory.drafts


def _read_clause(parsed: Parsed, clause: Clause, own: Sequence[Quantity], memory: Memory) -> None:
    memory.makes = False
    classes = [quantity for quantity in own if parsed.classing[quantity.start]]
    values = [quantity for quantity in own if not parsed.classing[quantity.start]]
    if not values:
        return
    items = items_of(parsed.masked, clause.start, clause.end, values)
    memory.lists_places = any(_is_place_item(parsed, start, values) for start, _ in items)
    value_starts = [quantity.start for quantity in values]
    class_starts = [quantity.start for quantity in classes]
    for start, end in items:
        entry = _Entry(
            clause=clause,
            start=start,
            end=end,
            values=tuple(values[bisect_left(value_starts, start) : bisect_left(value_starts, end)]),
            classes=tuple(classes[bisect_left(class_starts, start) : bisect_left(class_starts, end)]),
        )
        _read_entry(parsed, entry, memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A list item with its values and the quantities that only single out a class."""

    clause: Clause
    start: int
    end: int
    values: tuple[Quantity, ...]
    classes: tuple[Quantity, ...]


def _read_entry(parsed: Parsed, entry: _Entry, memory: Memory) -> None:
    """Read one list item, chain of values by chain of values."""
    start, end = entry.start, entry.end
    chains: list[list[Quantity]] = []
    for quantity in entry.values:
        if chains and is_chain_link(parsed.masked, chains[-1][-1], quantity):
            chains[-1].append(quantity)
        else:
            chains.append([quantity])
    chains = _without_inner(parsed, chains, start)
    for position, chain in enumerate(chains):
        behind = chains[position + 1][0].start if position + 1 < len(chains) else end
        item = Item(
            start=start,
            end=behind if position + 1 < len(chains) else end,
            clause=entry.clause,
            chain=tuple(chain),
            classes=tuple(q for q in entry.classes if start <= q.start < chain[0].start),
            items_end=end,
        )
        added = read_item(parsed, item, memory)
        if added:
            read_shares(parsed, item, added, memory)
        start = chain[-1].end


def _without_inner(parsed: Parsed, chains: list[list[Quantity]], start: int) -> list[list[Quantity]]:
    """Drop the value that those must reach whose share is set: `60%以上的城市X比例达到70%以上`."""
    if len(chains) < 2 or chains[0][-1].measure is not Measure.RATE:
        return chains
    behind = parsed.masked[chains[0][-1].end : chains[1][0].start]
    opens = phrase_before(parsed.masked, start, chains[0][0].start)
    is_class = behind.startswith("的") and phrase_before(behind, 0, len(behind)).verb is not None
    return [chains[0], *chains[2:]] if is_class and opens.start >= opens.end else chains


def _is_place_item(parsed: Parsed, start: int, quantities: Sequence[Quantity]) -> bool:
    places, rest = leading_places(parsed.masked, start, len(parsed.masked))
    return bool(places) and any(rest == quantity.start for quantity in quantities)
