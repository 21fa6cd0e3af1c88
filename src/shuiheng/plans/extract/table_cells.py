"""What one cell of a figure table says: values, each with its class, verb and base year."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from shuiheng.plans.extract.clauses import Clause
from shuiheng.plans.extract.context import Parsed, ReadingContext
from shuiheng.plans.extract.measures import UNIT, Measure, unit_of
from shuiheng.plans.extract.numerals import MULTIPLES
from shuiheng.plans.extract.phrases import METRIC_END, phrase_before
from shuiheng.plans.extract.quantities import Quantity, quantities_of
from shuiheng.plans.extract.statements import parsed_passage
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.plain_form import plain_form
from shuiheng.plans.wording import Wording

_UNIT_CELL = re.compile(rf"((?:万亿|亿|千万|百万|万|千(?!瓦|米|克)|百)?)({UNIT})")
_WHOLE_BRACKET = re.compile(r"[\[〔【［（]([^\[\]〔〕【】（）]{1,20})[\]〕】］）]")
_AIMED = re.compile(r"力争|争取|力求")
_NOT_SCOPE = re.compile(r"^(?:其中|或|且|并|和)+|[:：]$|(?:力争|争取|最高|约|达到|控制在)+$")
_NOT_A_CLASS = re.compile(r"^(?:累计|全市|合计|总量|较.*|比.*|年均|每年|下降|降低)*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellValue:
    """One value of a cell.

    Args:
        quantity: The value with its unit, that of the column where the cell has none.
        scope: Class of entities it is for, or None.
        verb: `reducing`, `raising` or another verb before the value, or None.
        base_year: Year of comparison, or None.
        is_aimed_at: Whether it is only aimed at.
        start, end: Place in the wording of the cell.
    """

    quantity: Quantity
    scope: str | None
    verb: str | None
    base_year: int | None
    is_aimed_at: bool
    start: int
    end: int


def cell_values(words: Wording, unit_text: str) -> list[CellValue]:
    """Return the values of a cell, in order; none when it holds no number."""
    whole = _WHOLE_BRACKET.fullmatch(plain_form(words.text))
    inner = words.part(1, len(words) - 1) if whole else words
    shift = 1 if whole else 0
    parsed = parsed_passage(inner, ReadingContext(role=PassageRole.GENERAL_TARGETS))
    found: list[CellValue] = []
    for clause in parsed.clauses:
        first = bisect_left(parsed.starts, clause.start)
        for quantity in parsed.quantities[first : bisect_left(parsed.starts, clause.end)][:1]:
            found.append(_value(parsed, clause, quantity, parsed.masked, unit_text))
        for start, end in parsed.surface.brackets_between(clause.start, clause.end):
            inside = Clause(start + 1, end - 1, "", clause.sentence)
            for quantity in list(quantities_of(parsed.surface.plain, start + 1, end - 1))[:1]:
                if quantity.op is not None and found:
                    found.append(_value(parsed, inside, quantity, parsed.surface.plain, unit_text))
    return [replace(value, start=value.start + shift, end=value.end + shift) for value in found]


def with_unit(quantity: Quantity, unit_text: str) -> Quantity:
    """Return a bare number with the unit of its column, multiples such as 万 applied."""
    if quantity.unit is not None or not unit_text:
        return quantity
    match = _UNIT_CELL.fullmatch(plain_form(unit_text))
    multiple, name = (match[1], match[2]) if match else ("", unit_text)
    unit, measure = unit_of(name)
    scale = MULTIPLES.get(multiple, 1)
    return replace(
        quantity,
        value=quantity.value * scale,
        value_max=None if quantity.value_max is None else quantity.value_max * scale,
        unit=unit,
        measure=measure,
    )


def _value(parsed: Parsed, clause: Clause, quantity: Quantity, masked: str, unit_text: str) -> CellValue:
    phrase = phrase_before(masked, clause.start, quantity.start, is_rate=quantity.measure is Measure.RATE)
    begin = phrase.places[0][0] if phrase.places else phrase.start
    words = _NOT_SCOPE.sub("", parsed.surface.words(begin, max(phrase.end, begin)).strip("-/"))
    is_class = bool(words) and not METRIC_END.search(words) and not _NOT_A_CLASS.match(words)
    index = bisect_left(parsed.base_years, (quantity.end, 0)) - 1
    base = parsed.base_years[index] if index >= 0 else None
    return CellValue(
        quantity=with_unit(quantity, unit_text),
        scope=words if is_class else None,
        verb=phrase.verb,
        base_year=base[1] if base is not None and base[0] >= clause.start else None,
        is_aimed_at=bool(_AIMED.search(masked[clause.start : quantity.start])),
        start=clause.start,
        end=clause.end,
    )
