"""Shares in brackets behind a value: 7家（其中省级4家、市级2家）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Draft, Memory
from shuiheng.plans.extract.item import Item
from shuiheng.plans.extract.kinds import operator_of, unit_of_target
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.metrics import LEVEL, REGION
from shuiheng.plans.extract.phrases import phrase_before
from shuiheng.plans.extract.quantities import Quantity, quantities_of
from shuiheng.plans.model import TargetKind

_PART = re.compile(r"[、，；]")
_CLOSING = frozenset("）〕】]")
_LONGEST_REGION = 8
_NAMES_ITSELF = re.compile(r"[^，；、]{5,}")
_OPENING = re.compile(r"^(?:其中|含|包括|包含|其中包括|分别为)[：，]?")


def read_shares(parsed: Parsed, item: Item, parents: Sequence[Draft], memory: Memory) -> list[Draft]:
    """Return the shares that a bracket behind a value states, and add them to the memory."""
    parent = parents[-1]
    if parent.kind is not TargetKind.COUNT and item.chain[-1].measure is not Measure.EXTENT:
        return []
    found: list[Draft] = []
    for start, end in parsed.surface.brackets_between(item.chain[-1].end, item.items_end):
        found.extend(_bracket(parsed, item, parent, start + 1, end - 1))
    memory.drafts.extend(found)
    return found


def _bracket(parsed: Parsed, item: Item, parent: Draft, start: int, end: int) -> list[Draft]:
    plain = parsed.surface.plain
    quantities = list(quantities_of(plain, start, end))
    if not quantities:
        return []
    outside = start
    opening = _OPENING.match(plain[start:end])
    start += opening.end() if opening else 0
    cuts = [start, *(e for m in _PART.finditer(plain, start, end) for e in m.span()), end]
    shares = []
    for at in range(0, len(cuts), 2):
        inside = [q for q in quantities if cuts[at] <= q.start and q.end <= cuts[at + 1]]
        if len(inside) == 1:
            share = _share(
                parsed,
                item,
                parent,
                _Part(quantity=inside[0], start=cuts[at], end=cuts[at + 1], outside=outside),
            )
            if share is not None:
                shares.append(share)
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One part of a bracket with its quantity; `outside` is where the words of the bracket begin."""

    quantity: Quantity
    start: int
    end: int
    outside: int


def _share(parsed: Parsed, item: Item, parent: Draft, part: _Part) -> Draft | None:
    quantity, start, end = part.quantity, part.start, part.end
    plain = parsed.surface.plain
    if unit_of_target(quantity, metric="") != parent.unit or (
        quantity.op and not _sets_share(plain, quantity, end)
    ):
        return None
    phrase = phrase_before(plain, start, quantity.start)
    words = parsed.surface.words(phrase.start, phrase.end)
    if not words and quantity.end < end:
        words = parsed.surface.words(quantity.end, end)
    if not words:
        return None
    metric = words + parent.metric if LEVEL.fullmatch(words) else words
    places = [parsed.surface.words(*place) for place in phrase.places]
    if REGION.search(words) and len(words) <= _LONGEST_REGION:
        metric, places = parent.metric, [words]
    names_itself = (
        _NAMES_ITSELF.fullmatch(plain, start, quantity.start) and "其中" not in plain[part.outside : start]
    )
    return Draft(
        start=start if names_itself else item.start,
        end=end if names_itself or plain[end : end + 1] not in _CLOSING else end + 1,
        metric=metric,
        kind=parent.kind,
        op=operator_of(quantity, phrase, before=plain[start : quantity.start]),
        value=quantity.value,
        value_max=quantity.value_max,
        unit=parent.unit,
        scope=places[0] if places else parent.scope,
        deadline=parent.deadline,
        annual=parent.annual,
        cumulative=parent.cumulative,
        parent=parent,
        confidence=min(parent.confidence, 0.95),
        alternatives=parent.alternatives,
    )


def _sets_share(plain: str, quantity: Quantity, end: int) -> bool:
    """Return whether a compared number in a bracket sets a share and does not define a class."""
    return quantity.end == end or plain[quantity.end : quantity.end + 1] in {"、", "，", "；"}
