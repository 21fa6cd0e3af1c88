"""Which ranges the law sets for an act (法律责任幅度), measure by measure; nothing is computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.rule_words import rule_words
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook, areas_of, in_force
from shuiheng.rules.parameter import Asked, DatedValue, Parameter, Value
from shuiheng.rules.source import Source
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

TOPIC = "penalties"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalMeasure:
    """What may follow from an act in one case, as the law of one place says it (法定幅度).

    Args:
        key: `AREA:NUMBER`, by which an officer chooses it.
        source: Title of the document.
        clause: Its article.
        when: The case, as a code.
        words: All of it in Chinese.
        least: Least fine in yuan, or None.
        most: Highest fine in yuan, or None.
        is_per: Whether the fine is counted in something, or in multiples, so that yuan alone say nothing.
        also: What comes beside a fine, as codes.
    """

    key: str
    source: str
    clause: str
    when: str
    words: str
    least: Decimal | None
    most: Decimal | None
    is_per: bool
    also: tuple[str, ...]


def acts_of(city: Place, on: date) -> Mapping[str, str]:
    """Return the acts for which the law of the city sets something, with their Chinese names."""
    book = rulebook_now(city)
    return {
        rule.id.partition("/")[2]: rule.names["zh"]
        for rule in book.values()
        if rule.id.startswith(f"{TOPIC}/") and _measures(book, rule.id, city, on)
    }


def measures_of_act(city: Place, act: str, on: date) -> Sequence[LegalMeasure]:
    """Return the measures for an act in force on a day, those of the city first.

    Raises:
        ServiceError: `checks.unknown_act`.
    """
    book, rule = rulebook_now(city), f"{TOPIC}/{act}"
    if rule not in book:
        raise ServiceError("checks.unknown_act", act=act[:40])
    return _measures(book, rule, city, on)


def _measures(book: Rulebook, rule: str, city: Place, on: date) -> list[LegalMeasure]:
    found: list[LegalMeasure] = []
    for area in areas_of(area_of_city(city)):
        value = _held(book[rule], area, on)
        if value is not None:
            found += _of_value(value)
    return found


def _held(rule: Parameter, area: str, on: date) -> DatedValue | None:
    of_area = replace(rule, values=tuple(each for each in rule.values if each.area == area))
    try:
        return in_force(of_area, Asked(area=area, on=on)).value
    except NotInForceError:
        return None


def _of_value(value: DatedValue) -> list[LegalMeasure]:
    ranges = value.value.get("ranges", ()) if isinstance(value.value, Mapping) else ()
    source = _sources().get(value.source)
    title = f"《{source.title}》" if source is not None else value.source
    rows = [each for each in (ranges if isinstance(ranges, tuple) else ()) if isinstance(each, Mapping)]
    return [
        LegalMeasure(
            key=f"{value.area}:{number}",
            source=title,
            clause=value.clause,
            when=str(each.get("when") or ""),
            words=_words(each),
            least=_yuan(each.get("min")),
            most=_yuan(each.get("max")),
            is_per=bool(each.get("per") or each.get("min_times") or each.get("max_times")),
            also=_codes(each.get("also")),
        )
        for number, each in enumerate(rows)
    ]


@cache
def _sources() -> Mapping[str, Source]:
    return {each.id: each for each in read_sources(rulebook_folder())}


def _words(each: Mapping[str, Value]) -> str:
    choices = rule_words("zh").choices

    def word(code: Value | None) -> str:
        return choices.get(code, code) if isinstance(code, str) else ""

    parts = []
    for low, high, unit in (("min", "max", "元"), ("min_times", "max_times", "倍")):
        least, most = _yuan(each.get(low)), _yuan(each.get(high))
        said = [f"{number:,f}{unit}{side}" for number, side in ((least, "以上"), (most, "以下")) if number]
        if said:
            parts.append("".join(said))
    per = word(each.get("per"))
    fine = f"罚款{f'（按{per}）' if per else ''}{'，'.join(parts)}" if parts else ""
    also = "、".join(word(code) for code in _codes(each.get("also")))
    who = word(each.get("who"))
    said_all = "；".join(text for text in (fine, also) if text)
    return f"{word(each.get('when'))}{f'（{who}）' if who else ''}：{said_all}"


def _yuan(value: Value | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _codes(also: Value | None) -> tuple[str, ...]:
    if isinstance(also, str):
        return (also,)
    return tuple(str(code) for code in also) if isinstance(also, tuple) else ()
