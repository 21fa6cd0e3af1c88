"""Which value is for which metric, district or date (分别, 均)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Draft
from shuiheng.plans.extract.governance import Reign
from shuiheng.plans.extract.metrics import Named
from shuiheng.plans.extract.phrases import METRIC_END, Phrase
from shuiheng.plans.extract.places import CLASS_NOUN, is_part_named
from shuiheng.plans.extract.quantities import Quantity

_SEPARATOR = re.compile(r"[、]|以及|和(?![其谐])|(?<!参)与(?!其)|(?<![普涉危以])及(?![其时]|以[上下])")
_PART_NOUN = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?P<noun>园区|工业园|产业园|片区|新城|灌区|水库|流域|开发区|集聚区|干流)"
)
_PLACE_KIND = r"(?:(?:地级|县级|设区)?城市|县城|城镇|农村)"
_KIND_OF_PLACE = re.compile(_PLACE_KIND + r"(?=[\u4e00-\u9fff]{3})")
_KIND_OF_PLACE_ALONE = re.compile(
    _PLACE_KIND + r"|(?:国家|省|市|县)级[\u4e00-\u9fff]{0,4}区|[\u4e00-\u9fff]{2,4}干流"
)
_DATE_AHEAD = re.compile(r"^[到至]?(?:19|20)\d\d年底?前?")
_AND_SO_ON = re.compile(r"等(?:\d+[个类项])?(?=[\u4e00-\u9fff]{2})")
_RATE_TAIL = re.compile(r"[\u4e00-\u9fff]{2}(?:率|比例|占比|比重)$")
_LONGEST_NAME = 12
_PART_KIND = r"(?:灌区|园区|水库|水厂|流域|片区|开发区|新区|[市县区镇])"
_LISTED_PARTS = re.compile(
    rf"(?:加快|推进|推动|实施|对|在|开展|完成|支持|改造|建设)(?P<parts>[\u4e00-\u9fff]{{2,6}}{_PART_KIND}"
    rf"(?:、[\u4e00-\u9fff]{{2,6}}{_PART_KIND}){{1,9}})"
)
_OPENING_CLASS = re.compile(rf"(?:[\u4e00-\u9fff]{{0,6}}?{CLASS_NOUN})(?=[\u4e00-\u9fff]{{3}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One value with the metric, scope and deadline that it belongs to."""

    metric: str
    quantity: Quantity
    scope: str | None
    deadline: date | None
    op_from: Quantity | None = None
    confidence: float = 1.0


def distributed(
    parsed: Parsed, phrase: Phrase, name: Named, chain: tuple[Quantity, ...], reign: Reign
) -> list[Share]:
    """Return one share for every value, metric, scope and deadline that an item names.

    Several values go, in order, to as many scopes, else metrics, else deadlines; one value
    with 均 or 分别 goes to each of them.
    """
    metrics = pieces_of(parsed, name)
    scopes: list[str | None] = [*name.scopes] or [None]
    parts = None if name.scopes or not metrics else named_parts(metrics)
    is_shared = phrase.is_each or len(chain) > 1 or (parts and not any(map(_is_kind, parts[0])))
    if len(metrics) < 2 or not is_shared:
        metrics, parts = [name.metric], None
    if parts:
        scopes, metrics = [*parts[0]], [parts[1]]
        name = replace(name, metric=parts[1])
    if len(chain) == 1:
        return _one_value(chain[0], metrics, scopes, phrase, reign)
    bound = _common_bound(chain)
    days = list(reign.days)
    fits = len(chain) in {len(scopes), len(metrics), len(days), len(reign.years)}
    if not fits and phrase.is_each and len(parts_told := _parts_before(parsed, chain[0].start)) == len(chain):
        scopes = [*parts_told]
    for wanted in (scopes, metrics, days, list(reign.years)):
        if len(wanted) == len(chain):
            return [
                Share(
                    metric=metrics[at] if wanted is metrics else name.metric,
                    quantity=quantity,
                    scope=scopes[at] if wanted is scopes else scopes[0],
                    deadline=reign.day if wanted is scopes or wanted is metrics else wanted_day(wanted, at),
                    op_from=bound if quantity.op is None else None,
                    confidence=0.95,
                )
                for at, quantity in enumerate(chain)
            ]
    return [
        Share(metric=name.metric, quantity=q, scope=scopes[0], deadline=reign.day, confidence=0.5)
        for q in chain
    ]


def recalled(
    phrase: Phrase, name: Named, chain: tuple[Quantity, ...], reign: Reign, drafts: Sequence[Draft]
) -> list[Share]:
    """Return the shares of values whose metrics earlier items named: `…；2027年分别达到70%和50%`.

    Empty when the values have a noun, scopes or dates of their own, or when the last items
    do not stand one for each value.
    """
    if len(chain) < 2 or not phrase.is_each or phrase.places or name.start < name.end:
        return []
    before = drafts[-len(chain) :]
    names = {(draft.metric, draft.scope) for draft in before}
    is_same = all(draft.unit == quantity.unit for draft, quantity in zip(before, chain, strict=False))
    if len(names) != len(chain) or not is_same or len(reign.days) == len(chain):
        return []
    bound = _common_bound(chain)
    return [
        Share(
            metric=draft.metric,
            quantity=quantity,
            scope=draft.scope,
            deadline=reign.day,
            op_from=bound if quantity.op is None else None,
            confidence=0.85,
        )
        for draft, quantity in zip(before, chain, strict=True)
    ]


def _parts_before(parsed: Parsed, place: int) -> tuple[str, ...]:
    """Return the parts of the place that the clause before the one of a value lists, or nothing.

    `推进东山灌区、河西灌区改造，分别衬砌渠道4公里和5公里` is for both.
    """
    index = bisect_right(parsed.clauses, place, key=lambda clause: clause.start) - 2
    if index < 0 or parsed.clauses[index].sentence != parsed.clauses[index + 1].sentence:
        return ()
    before = parsed.clauses[index]
    found = _LISTED_PARTS.search(parsed.masked, before.start, before.end)
    return tuple(found["parts"].split("、")) if found else ()


def wanted_day(days: list[date] | list[str] | list[str | None], at: int) -> date | None:
    """Return the day at a place of a list of deadlines."""
    day = days[at]
    return day if isinstance(day, date) else None


def named_parts(metrics: list[str]) -> tuple[list[str], str] | None:
    """Return the named parts that metrics with one head begin with, and that head, or None.

    `东港园区重复利用率` and `西岭园区重复利用率` are one rate of two parks.
    """
    head = _common_end(metrics)
    parts = [metric[: len(metric) - len(head)] for metric in metrics]
    head = _DATE_AHEAD.sub("", head)
    if len(parts) < 2 or len(head) < 3 or not all(map(_is_part, parts)):
        return None
    return parts, head


def _is_part(words: str) -> bool:
    return is_part_named(words) or bool(_KIND_OF_PLACE_ALONE.fullmatch(words))


def _is_kind(words: str) -> bool:
    """Return whether words name a kind of places (县城) and none by its name."""
    return bool(_KIND_OF_PLACE.match(words + "率率率"))


def _common_end(words: list[str]) -> str:
    """Return the longest head behind a noun of a part (园区, 片区) that all words share."""
    found = _KIND_OF_PLACE.match(words[0]) or _PART_NOUN.match(words[0])
    head = words[0][found.end() :] if found else ""
    return head if all(word.endswith(head) for word in words) else ""


def pieces_of(parsed: Parsed, name: Named) -> list[str]:
    """Return the metrics that a joined noun phrase names, with the shared head restored to each.

    `A强度、B强度` gives both; `A、B等能耗` and `城市和县城处理率` share the head.
    """
    if name.start >= name.end:
        return []
    masked = parsed.masked[name.start : name.end]
    cuts = [match.span() for match in _SEPARATOR.finditer(masked)]
    if not cuts:
        return []
    edges = [0, *(edge for cut in cuts for edge in cut), len(masked)]
    words = [
        parsed.surface.words(name.start + edges[i], name.start + edges[i + 1])
        for i in range(0, len(edges), 2)
        if edges[i + 1] > edges[i]
    ]
    if all(METRIC_END.search(word) for word in words[:-1]):
        return words
    return _with_head(words)


def _with_head(words: list[str]) -> list[str]:
    last = words[-1]
    if words[-2].endswith("以上") and "以上" in last:
        return _with_tail(words)
    so_on = _AND_SO_ON.search(last)
    part = None if so_on else _PART_NOUN.match(last)
    if part and all(len(word) <= 4 for word in words[:-1]):
        noun, head = part["noun"], last[part.end() :]
        return [word.removesuffix(noun) + noun + head for word in words[:-1]] + [last] if head else []
    opening = so_on or _OPENING_CLASS.match(last)
    if opening is None or opening.end() >= len(last):
        return words if all(METRIC_END.search(word) for word in words) else _with_tail(words)
    head = last[opening.end() :]
    own = last[: so_on.start()] if so_on else last[: opening.end()]
    return [word if METRIC_END.search(word) else word + head for word in words[:-1]] + [own + head]


def _with_tail(words: list[str]) -> list[str]:
    """Return short names joined before one rate (`风电、光伏发电利用率`) with the rate restored to each.

    The name of the last ends at the character that the one before ends with, else at the rate.
    """
    last = words[-1]
    at = last.rfind(words[-2][-1], 0, len(last) - 2) + 1
    tail = None if at > 1 else _RATE_TAIL.search(last)
    at = tail.start() if tail else at
    if at < 2 or not METRIC_END.search(last) or any(len(word) > _LONGEST_NAME for word in words[:-1]):
        return []
    return [word if METRIC_END.search(word) else word + last[at:] for word in words[:-1]] + [last]


def _one_value(
    quantity: Quantity, metrics: list[str], scopes: list[str | None], phrase: Phrase, reign: Reign
) -> list[Share]:
    days: list[date | None] = [*reign.days] or [None]
    if len(days) > 1 and not phrase.is_each:
        days = days[-1:]
    return [
        Share(metric=metric, quantity=quantity, scope=scope, deadline=day)
        for day in days
        for scope in scopes
        for metric in metrics
    ]


def _common_bound(chain: tuple[Quantity, ...]) -> Quantity | None:
    """Return the value whose comparing word is read as applying to all (`37%和45%以上`)."""
    with_words = [quantity for quantity in chain if quantity.op is not None]
    return with_words[-1] if with_words else None
