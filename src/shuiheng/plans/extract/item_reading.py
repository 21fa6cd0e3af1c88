"""One list item with a value or a chain of values: metric, scope, kind and deadline of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.distribution import Share, distributed, recalled
from shuiheng.plans.extract.drafts import Draft, Memory
from shuiheng.plans.extract.governance import Reign
from shuiheng.plans.extract.item import Item
from shuiheng.plans.extract.kinds import (
    Setting,
    is_asked_for,
    is_work_done,
    kind_of,
    operator_of,
    unit_of_target,
)
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.metrics import Named, named
from shuiheng.plans.extract.phrases import Phrase, phrase_before, with_act_at_end
from shuiheng.plans.extract.places import is_place
from shuiheng.plans.extract.recurrence import EACH_YEAR
from shuiheng.plans.extract.surface import DATE
from shuiheng.plans.model import Alternative, TargetKind
from shuiheng.plans.passage import PassageRole

_HEDGE = re.compile(r"力争|争取|力求|左右|努力|基本")
_STRETCH = re.compile(r"^(?:并)?(?:力争|争取|力求)(?:实现|达到|控制在|降至|降到|提高到|在)*$")
_TOTALS = re.compile(r"累计|共|总计|到▦|▦")
_EXTENT_SUM = re.compile(r"总?(?:里程|长度|面积)(?:合计|共计|总计|共)约?")
_LONG_REMARK = 12
_QUALIFIER = re.compile(r"（[^（）]{1,10}）$")
_PER_YEAR = re.compile(r"(?:达到?|为|在)每年$")
_PER_PLACE = re.compile(r"每个?(?:县|区|市|镇|乡|辖市|街道|地市)|各(?:县|区|市|地)")


def read_item(parsed: Parsed, item: Item, memory: Memory) -> list[Draft]:
    """Return the targets that an item states and add them to the memory."""
    first = item.chain[0]
    reign = parsed.governance.at(first.start)
    if reign.is_past:
        return []
    phrase = phrase_before(parsed.masked, item.start, first.start, is_rate=first.measure is Measure.RATE)
    if _is_stretch(parsed, item, phrase, memory):
        return _stretched(parsed, item, phrase, memory)
    if item.chain[-1].end < item.end and first.measure is not Measure.RATE:
        phrase = with_act_at_end(parsed.masked, phrase)
    before = parsed.masked[item.start : first.start]
    in_list = memory.makes or memory.lists_places or parsed.masked.startswith("其中", item.clause.start)
    in_list = in_list or _goes_on(before, item, memory)
    if _sums_up(before, item, memory):
        memory.makes = in_list = True
    behind = parsed.masked[item.chain[-1].end : item.end]
    is_yearly = EACH_YEAR.search(before) is not None or memory.each_year == item.clause.sentence
    is_governed = reign.day is not None or is_yearly
    setting = Setting(before=before, behind=behind, is_governed=is_governed, in_list=in_list)
    if not is_asked_for(first, phrase, setting):
        return []
    memory.makes = memory.makes or phrase.making
    name = named(parsed, item, phrase, memory)
    if name is None:
        return []
    shares = recalled(phrase, name, item.chain, reign, memory.drafts)
    shares = shares or distributed(parsed, phrase, name, item.chain, reign)
    if name.verb is not None:
        phrase = replace(phrase, verb=name.verb)
    if memory.makes and not phrase.making and phrase.verb in {None, "equalling"}:
        phrase = replace(phrase, making=True)
    reading = _Reading(parsed=parsed, item=item, phrase=phrase, name=name, memory=memory)
    drafts = [draft for share in shares if (draft := _draft(reading, share))]
    _remember(parsed, memory, drafts, name)
    return drafts


def _goes_on(before: str, item: Item, memory: Memory) -> bool:
    """Return whether a bare value with a year goes on from the one before: `2024年70公里、2025年80公里`."""
    last = memory.last
    is_same = last is not None and memory.last_sentence == item.clause.sentence
    return (
        bool(before)
        and not before.strip(DATE)
        and is_same
        and last is not None
        and last.unit == item.chain[0].unit
    )


def _sums_up(before: str, item: Item, memory: Memory) -> bool:
    """Return whether a value sums up the extent of the things that were just counted: `里程合计36公里`."""
    last = memory.last
    is_counted = last is not None and last.kind is TargetKind.COUNT
    return is_counted and memory.last_sentence == item.clause.sentence and bool(_EXTENT_SUM.fullmatch(before))


def _is_stretch(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> bool:
    last = memory.last
    return bool(
        last is not None
        and item.start > last.start
        and len(item.chain) == 1
        and last.unit == item.chain[0].unit
        and _STRETCH.match(parsed.masked[item.start : item.chain[0].start].rstrip("≤≥<>不低高于超过"))
        and phrase.start >= phrase.end
        and parsed.masked[last.end : item.start] in {"，", "、", "，并", "；", "▢" * (item.start - last.end)}
    )


def _stretched(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> list[Draft]:
    """Give the last target the better value that is aimed at."""
    quantity, last = item.chain[0], memory.last
    if last is None:
        return []
    op = operator_of(quantity, phrase, before=parsed.masked[item.start : quantity.start])
    last.stretch = (last.op if quantity.op is None else op, quantity.value)
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """An item with all that was read of it."""

    parsed: Parsed
    item: Item
    phrase: Phrase
    name: Named
    memory: Memory


def _draft(reading: _Reading, share: Share) -> Draft | None:
    parsed, item, phrase, name = reading.parsed, reading.item, reading.phrase, reading.name
    quantity, memory = share.quantity, reading.memory
    before = parsed.masked[max(item.start, item.chain[0].start - 120) : item.chain[0].start]
    unit = unit_of_target(quantity, metric=share.metric)
    if unit is None:
        return None
    goes_on_from = memory.last if _goes_on(before, item, memory) else None
    kind = kind_of(quantity, phrase, metric=share.metric)
    if name.parent is not None and unit == name.parent.unit and _is_part_of_it(name):
        kind = name.parent.kind
    elif goes_on_from is not None:
        kind = goes_on_from.kind
    reign = parsed.governance.at(item.chain[0].start)
    annual = _is_annual(reading, kind, reign)
    deadline = share.deadline
    if name.parent is not None and name.is_share and (deadline is None or reign.is_from_row):
        deadline = name.parent.deadline
    draft = Draft(
        start=item.start,
        end=item.end,
        metric=share.metric,
        kind=kind,
        op=name.op
        or operator_of(quantity if share.op_from is None else share.op_from, phrase, before=before),
        value=quantity.value,
        value_max=quantity.value_max,
        unit=unit,
        scope=share.scope,
        baseline_year=_base_year(parsed, item, memory) if kind is TargetKind.REDUCTION else None,
        deadline=deadline,
        annual=annual,
        cumulative=_cumulative(kind, before, annual=annual),
        is_hedged=bool(_HEDGE.search(before)) or quantity.is_approximate,
        parent=name.parent,
        confidence=min(share.confidence, name.confidence, reign.confidence),
        alternatives=(*reign.alternatives, *_alternatives(parsed, item, kind, memory)),
    )
    _trim(parsed, draft, item)
    return draft


def _is_part_of_it(name: Named) -> bool:
    """Return whether a share has no noun of its own, or is a part of what is counted."""
    if name.start == name.end:
        return True
    return name.is_share and name.parent is not None and name.parent.kind is TargetKind.COUNT


def _is_annual(reading: _Reading, kind: TargetKind, reign: Reign) -> bool:
    """Return whether the value holds for each year: by its clause, its total or the clause before."""
    item, memory, parent = reading.item, reading.memory, reading.name.parent
    words = _PER_YEAR.sub("", _words_before(reading.parsed, item))
    if EACH_YEAR.search(words):
        if "每年" in words:
            memory.each_year, memory.each_year_at = item.clause.sentence, item.chain[0].start
        return True
    if parent is not None and reading.name.is_share and parent.annual:
        return True
    is_dated = DATE in reading.parsed.masked[item.start : item.chain[0].start]
    is_made = reading.phrase.making or is_work_done(reading.name.metric)
    if is_dated or kind is not TargetKind.COUNT or not is_made:
        return False
    since = reading.parsed.masked[memory.each_year_at : item.start]
    goes_on = "；" not in since and DATE not in since
    return (
        goes_on
        and memory.each_year == item.clause.sentence
        and not _TOTALS.search(_words_before(reading.parsed, item))
    )


def _words_before(parsed: Parsed, item: Item) -> str:
    """Return the words of the clause before the value, at most a hundred and twenty."""
    at = item.chain[0].start
    return parsed.masked[max(item.clause.start, at - 120) : at]


def _cumulative(kind: TargetKind, before: str, *, annual: bool) -> bool | None:
    if kind is TargetKind.COUNT:
        return not annual
    return True if "累计" in before else None


def _trim(parsed: Parsed, draft: Draft, item: Item) -> None:
    """Leave a trailing bracket with figures of its own out of the quote."""
    for start, end in parsed.surface.brackets_between(item.chain[-1].end, item.items_end):
        has_figures = any(char.isdigit() for char in parsed.surface.plain[start:end])
        follows = start == item.chain[-1].end and has_figures
        if follows or (end >= draft.end and end - start >= _LONG_REMARK):
            draft.end = min(draft.end, start)
    if draft.end <= draft.start:
        draft.end = item.end


def _base_year(parsed: Parsed, item: Item, memory: Memory) -> int | None:
    """Return the year of comparison that stands last before the end of the value in its sentence."""
    index = bisect_left(parsed.base_years, (item.items_end, 0)) - 1
    if index >= 0:
        place, year = parsed.base_years[index]
        if place >= item.clause.start or "。" not in parsed.masked[place : item.start]:
            memory.base_year = year
    return memory.base_year


def _alternatives(parsed: Parsed, item: Item, kind: TargetKind, memory: Memory) -> tuple[Alternative, ...]:
    found = []
    before = _words_before(parsed, item)
    if kind is TargetKind.COUNT and _PER_PLACE.search(before):
        found.append(Alternative(field="scope", value="each", reason="each_or_total"))
    if kind is TargetKind.INCREMENT:
        year = _base_year(parsed, item, memory)
        if year is not None:
            found.append(Alternative(field="baseline_year", value=str(year), reason="base_of_increase"))
    return tuple(found)


def _remember(parsed: Parsed, memory: Memory, drafts: Sequence[Draft], name: Named) -> None:
    if not drafts:
        return
    memory.drafts.extend(drafts)
    memory.last, memory.last_sentence = drafts[-1], memory.sentence
    total = memory.total
    if total is not None and not name.is_share and _is_part_of(total, drafts, name):
        for draft in drafts:
            draft.parent = total
    elif not name.is_share:
        memory.total = drafts[-1]


def _is_part_of(total: Draft, drafts: Sequence[Draft], name: Named) -> bool:
    """Return whether a district repeats the noun of the total before it: `全市甲9家。青山县甲4家`."""
    noun = _QUALIFIER.sub("", name.metric)
    is_same = noun == total.metric and drafts[0].unit == total.unit and drafts[0].kind is total.kind
    return is_same and total.scope is None and all(is_place(draft.scope or "") for draft in drafts)


def is_general(parsed: Parsed) -> bool:
    """Return whether the passage belongs to the main targets of the plan."""
    return parsed.context.role is PassageRole.GENERAL_TARGETS


def last_day_of(parsed: Parsed) -> date | None:
    """Return the deadline that still holds at the end of the passage."""
    reign = parsed.governance.at(len(parsed.masked))
    return None if reign.is_past else reign.day
