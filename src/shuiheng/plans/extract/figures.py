"""Numeric targets of a passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.plans.extract.attributes import CLASS_FILLS
from shuiheng.plans.extract.clauses import Clause, is_chain_link, items_of, without_leading_marks
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Draft, Memory
from shuiheng.plans.extract.item import Item
from shuiheng.plans.extract.item_reading import read_item
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.metrics import is_jurisdiction
from shuiheng.plans.extract.phrases import METRIC_END, phrase_before
from shuiheng.plans.extract.places import CLASS_NOUN, leading_places
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.extract.shares import read_shares

_BEFORE_SUBJECT = re.compile(r"^(?:[▦，]|其中|同时|并|且|要求|由|对|指导|督促|支持)+")
_ACTS = re.compile(
    r"(?:人民政府|政府|管委会)?(?:▢*)(?:分别)?(?:要|应|须|必须|需|负责|制定|"
    r"组织|按|根据|可|结合|牵头|至少|分别|完成|建成|每年|累计|年底|▦|$)"
)
_OWN = re.compile(
    r"(?:市|省|区|县)(?=制定|组织|负责|完成|建成|开展|创建)"
    r"|(?:[市省区县镇]级|[市省区]直)各?(?:机关|部门|单位)(?=每年|每季|要|应|须|至少)"
)
_ACTS_FIRST = re.compile(
    r"▦*(?:对|将|把|推动|推进|鼓励|支持|加强|加快|治理|淘汰|开展|实施|强化|指导|督促|引导|组织|全面|严格)"
)
_FIT = re.compile(
    rf"(?P<who>(?:条件成熟|有条件|具备[^，的]{{0,8}}条件|符合[^，的]{{0,8}}条件)的[^，的]{{0,8}}?{CLASS_NOUN})(?=建设|完成|创建|实施|开展|建成)"
)
_MODAL = re.compile(r"^(?:必须|应当?|要|须|需)")
_WITH_MODAL = re.compile(
    r"^(?P<who>[^，]{2,40}?)(?:应当|必须|要(?!求|素|点)|应(?!用|急|对|收)|须|需(?!求|要))"
)


def read_figures(parsed: Parsed) -> list[Draft]:
    """Return the numeric targets of a passage, in order."""
    memory = Memory()
    if parsed.context.is_past:
        return []
    starts = parsed.starts
    for index, clause in enumerate(parsed.clauses):
        own = parsed.quantities[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        _note_subject(parsed, index, memory)
        if own:
            _read_clause(parsed, clause, own, memory)
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


def _only_singles_out(parsed: Parsed, clause: Clause) -> bool:
    """Return whether a clause only names a class by a cut-off: `年用水量5万立方米以上的园区，…`."""
    first = bisect_left(parsed.starts, clause.start)
    own = parsed.quantities[first : bisect_left(parsed.starts, clause.end)]
    if not own or clause.mark != "，" or not all(parsed.classing[quantity.start] for quantity in own):
        return False
    ends_there = CLASS_FILLS.fullmatch(parsed.masked, own[-1].end, clause.end)
    return bool(ends_there) and not _ACTS_FIRST.match(parsed.masked, clause.start, clause.end)


def _note_subject(parsed: Parsed, index: int, memory: Memory) -> None:
    """Remember who must act, when a clause opens with places or a class and a verb of duty."""
    clause = parsed.clauses[index]
    if memory.sentence != clause.sentence:
        memory.sentence, memory.subject, memory.subject_is_class = clause.sentence, (), False
        if not parsed.masked.startswith("其中", clause.start):
            memory.base_year = None
        memory.subject_words, memory.owns_sentence = None, False
    words = parsed.masked[clause.start : clause.end]
    if _only_singles_out(parsed, clause):
        begin = without_leading_marks(parsed.masked, clause.start, clause.end)
        begin += len(parsed.masked[begin : clause.end]) - len(parsed.masked[begin : clause.end].lstrip("▦，"))
        memory.subject, memory.subject_is_class = (parsed.surface.words(begin, clause.end),), True
        return
    if memory.subject_is_class and index and parsed.clauses[index - 1].mark in "；。":
        memory.subject, memory.subject_is_class = (), False
    skipped = _BEFORE_SUBJECT.match(words)
    start = clause.start + (skipped.end() if skipped else 0)
    own = _OWN.match(parsed.masked, start, clause.end)
    if own:
        memory.subject = (own[0],)
        return
    fit = _FIT.match(parsed.masked, start, clause.end)
    if fit:
        memory.subject = (parsed.surface.words(start, fit.end("who")),)
        return
    places, rest = leading_places(parsed.masked, start, clause.end)
    if places and _ACTS.match(parsed.masked, rest, clause.end):
        names = tuple(parsed.surface.words(*place) for place in places)
        memory.subject = tuple(n for n in names if not is_jurisdiction(n, parsed) and not n.startswith("每"))
    modal = _WITH_MODAL.match(parsed.masked[start : clause.end])
    if _MODAL.match(words) and index and parsed.clauses[index - 1].sentence == clause.sentence:
        before = parsed.clauses[index - 1]
        memory.subject_words = parsed.surface.words(before.start, before.end)
        memory.owns_sentence = "的" in parsed.masked[before.start : before.end]
    elif modal and not METRIC_END.search(modal["who"]):
        memory.subject_words = parsed.surface.words(start, start + modal.end("who"))
