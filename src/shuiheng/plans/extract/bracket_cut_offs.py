"""Cut-offs that stand in a bracket behind those whom they single out: 居住小区（500户以上）."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from shuiheng.plans.extract.attributes import RATE_NOUN, SIZED
from shuiheng.plans.extract.clauses import Clause
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import phrase_before
from shuiheng.plans.extract.quantities import Quantity, quantities_of
from shuiheng.plans.extract.thresholds import quantity_by_unit
from shuiheng.plans.model import Operator, Threshold

_MEASURED = re.compile(
    r"(?:即|指|按)?(?P<noun>(?!其中|含|包括|包含|不含|约|合计|共|累计|目标|力争|较|比|占)[\u4e00-\u9fff]{1,14}?)?"
    r"(?:在|达到|达|为)?"
)
_ENDS = re.compile(r"的?(?P<out>除外)?$")
_NOUN_IN_FRONT = re.compile(r"[\u4e00-\u9fff▣]{2}$")
_ONLY_MEASURED = re.compile(r"^[为是达]|(?:标准|要求|目标|率|比例|占比|系数|强度|面积|数量|规模|总量|能力)$")
_PART = re.compile(r"[、，或]")
_BEFORE_NOUN = re.compile(r"[、，▢▦]|[对将把]|以及|^的")
_LONGEST_BRACKET = 60
_LONGEST_NAME = 24


def bracket_thresholds(parsed: Parsed) -> list[Threshold]:
    """Return the cut-offs in brackets, in order; shares of a value in a bracket are none."""
    if parsed.context.is_past:
        return []
    found = []
    for start, end in parsed.surface.brackets:
        if end - start <= _LONGEST_BRACKET:
            found.extend(_cut_offs(parsed, start, end))
    return found


def _cut_offs(parsed: Parsed, start: int, end: int) -> list[Threshold]:
    who_start = _who(parsed, start)
    if who_start is None:
        return []
    found = []
    edges = [start, *(m.start() for m in _PART.finditer(parsed.surface.plain, start, end)), end - 1]
    for left, right in pairwise(edges):
        cut_off = _cut_off(parsed, left + 1, right)
        if cut_off is None:
            return []
        found.append(_threshold(parsed, cut_off, (who_start, start, end)))
    return found


def _who(parsed: Parsed, end: int) -> int | None:
    """Return where the noun in front of a bracket begins, or None when no class is named there."""
    if not _NOUN_IN_FRONT.search(parsed.masked, max(0, end - 2), end):
        return None
    clause = _clause_at(parsed, end)
    floor = max(clause.start, end - _LONGEST_NAME)
    last = bisect_right(parsed.starts, end) - 1
    floor = max(floor, parsed.quantities[last].end) if last >= 0 else floor
    floor += max((m.end() for m in _BEFORE_NOUN.finditer(parsed.masked[floor:end])), default=0)
    phrase = phrase_before(parsed.masked, floor, end)
    is_class = phrase.end == end and end - phrase.start > 1
    is_class = is_class and not _ONLY_MEASURED.search(parsed.masked, phrase.start, end)
    return phrase.start if is_class else None


def _clause_at(parsed: Parsed, place: int) -> Clause:
    return parsed.clauses[bisect_right(parsed.clauses, place, key=lambda clause: clause.start) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CutOff:
    """A compared number in a bracket, what it measures, and whether those are left out (除外)."""

    quantity: Quantity
    noun: str | None
    is_out: bool


def _cut_off(parsed: Parsed, start: int, end: int) -> _CutOff | None:
    plain = parsed.surface.plain
    quantities = list(quantities_of(plain, start, end))
    if len(quantities) != 1:
        return None
    quantity = quantities[0]
    measured = _MEASURED.fullmatch(plain, start, quantity.start)
    behind = _ENDS.fullmatch(plain, quantity.end, end)
    if measured is None or behind is None or not _is_cut_off(quantity, measured["noun"]):
        return None
    return _CutOff(quantity=quantity, noun=measured["noun"], is_out=behind["out"] is not None)


def _threshold(parsed: Parsed, cut_off: _CutOff, places: tuple[int, int, int]) -> Threshold:
    """Return a cut-off as a threshold; `places` are where its class begins and ends, and the bracket ends."""
    start, end, behind = places
    clause = _clause_at(parsed, start)
    quantity, words = cut_off.quantity, parsed.surface.words
    who = words(start, end)
    if parsed.masked.startswith("、", behind):
        behind = max(behind, parsed.masked.rfind("▢", behind, clause.end) + 1)
    asked = words(behind, clause.end).lstrip("、等") or words(clause.start, start)
    effect = "除外" if cut_off.is_out else asked
    return Threshold(
        id="",
        task=None,
        quote=words(clause.start, clause.end),
        span=parsed.surface.wording.span_of(clause.start, clause.end),
        page=parsed.context.page,
        applies_to=who,
        quantity=cut_off.noun or quantity_by_unit(quantity.unit, who),
        op=quantity.op or Operator.AT_LEAST,
        value=quantity.value,
        unit=quantity.unit or "",
        effect=effect,
        confidence=0.75,
    )


def _is_cut_off(quantity: Quantity, noun: str | None) -> bool:
    """Return whether a compared number in a bracket bounds a class and sets no value."""
    if quantity.op is None or quantity.is_range or quantity.unit is None:
        return False
    if quantity.measure is Measure.RATE:
        return noun is not None and RATE_NOUN.search(noun) is not None
    return quantity.measure is not Measure.COUNT or quantity.unit in SIZED
