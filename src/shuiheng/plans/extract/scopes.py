"""For whom a value is set: the places in front of it, else the subject that its sentence carries."""

from __future__ import annotations

import re

from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Memory
from shuiheng.plans.extract.item import Item
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import Phrase
from shuiheng.plans.extract.places import leading_places

_BARE_RATE = re.compile(
    r"(?:安装|配备|配套|配置|覆盖|达标|计量|回用|改造|完成|普及|使用|接入|联网|监控|监测|执行|应用|建成|合格|整治|并网)+"
    r"(?:率|比例|比重|占比)"
)


def is_jurisdiction(name: str, parsed: Parsed) -> bool:
    """Return whether a place is the one that the whole document is for."""
    own = parsed.context.jurisdiction
    if own is None:
        return False
    return (
        name == own
        or (own.endswith(name) and len(name) > 2)
        or name.rstrip("市县区省") == own.rstrip("市县区省")
    )


def own_scopes(parsed: Parsed, phrase: Phrase) -> tuple[str, ...]:
    """Return the places that a phrase begins with, the jurisdiction itself left out."""
    names = (parsed.surface.words(*_with_bracket(parsed.masked, place)) for place in phrase.places)
    return tuple(name for name in names if not is_jurisdiction(name, parsed))


def _with_bracket(masked: str, place: tuple[int, int]) -> tuple[int, int]:
    """Return a collective of places with the bracket behind it: 其他县（市、区）."""
    start, end = place
    while masked[start] in "各其" and end < len(masked) and masked[end] == "▢":
        end += 1
    return start, end


def subject_scopes(parsed: Parsed, item: Item, memory: Memory, *, metric: str) -> tuple[str, ...]:
    """Return the subject of the sentence as scope, unless a breakdown by places follows."""
    subject = memory.subject or _class_of_rate(item, memory, metric)
    if not subject or re.match(r"▦*全[市区县省]", parsed.masked[item.start : item.start + 24]):
        return ()
    following = re.match(
        r"[，。；：]?(?:其中|分别为)?[：，]?", parsed.masked[item.items_end : item.items_end + 6]
    )
    at = item.items_end + (following.end() if following else 0)
    places, rest = leading_places(parsed.masked, at, min(len(parsed.masked), at + 40))
    if places and re.match(r"[\u4e00-\u9fff]{0,6}\d", parsed.masked[rest : rest + 8]):
        return ()
    return subject


def _class_of_rate(item: Item, memory: Memory, metric: str) -> tuple[str, ...]:
    """Return the class of the clause before for a rate that names no thing (计量率), else the trade."""
    if item.chain[0].measure is not Measure.RATE:
        return ()
    if _BARE_RATE.fullmatch(metric):
        return memory.rated
    return tuple(trade for trade in memory.trade if not _is_named_in(trade, metric))


def _is_named_in(trade: str, metric: str) -> bool:
    """Return whether a metric names the trade itself: 印染废水回用率 under 纺织印染行业."""
    name = trade.removesuffix("行业").removesuffix("领域")
    return any(name[at : at + 2] in metric for at in range(len(name) - 1))
