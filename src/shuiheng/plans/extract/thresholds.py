"""Thresholds: numeric cut-offs that decide whom or what a rule covers."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from shuiheng.plans.extract.clauses import Clause, without_leading_marks
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.places import class_end, without_whole
from shuiheng.plans.extract.quantities import NOMINAL_WIDTH, Quantity
from shuiheng.plans.model import Operator, Threshold

_MODAL = re.compile(
    r"^(?:原则上)?(?:应当?|必须|要|须|需|不得|可|有条件的|全部|均|都|鼓励|严格|纳入|实行|禁止|一律|配套)"
)
_QUANTITY_NOUN = re.compile(
    r"(?:[年月日]均?(?:用|取|供|排|耗)水|(?:设计|规划|建筑|总|单体|年|日均?|月均?|年均)*(?:用|取|供|排|节|"
    r"耗)水(?:总)?(?:量|规模)|[\u4e00-\u9fff]{0,16}?(?:处理能力|能力|面积|"
    r"容量|消费总?量|能耗|产能|出栏量?"
    r"|存栏量?|规模|人口|高度|投资额?|水量|装机|运输量|率|长度|管径|口径|"
    r"库容|等级|收入|产值|数量|半径|深度|厚度|浓度|年限|密度|功率|指标|效率|系数|比例|占比|里程|吨位|额|量))(?:在|达到|达|为)?$"
)
_LIST_OR_ACT = re.compile(
    r"或者?|、|[▦，和且]|以[上下内]|以及|等(?=[\u4e00-\u9fff]{3})|(?:推进|推动|治理|新建(?!成)|改造|整治|开展|实施|淘汰|支持|鼓励)(?=[\u4e00-\u9fff]{2})"
)
_OBJECT = re.compile(
    r"^(?:[▦，]|对|将|把|以|由|在|鼓励|支持|推动|引导|要求|督促|强制|组织|"
    r"其中|加强|加快|推进|淘汰|拆除|关停|严格|禁止|严禁|限制|按照?|应当?|须|"
    r"必须|要|新建|全面|完成|开展|采用|执行|落实|生产|销售|拥有|具有|迁建|单台|和|及|与|或|、|各类|所有)+"
)
_CONDITION = re.compile(r"(?:[且并或][^，。；]{0,20})?的|时")
_QUANTITY_OF_UNIT = {
    **dict.fromkeys(("亩", "公顷", "m2", "km2"), "面积"),
    **dict.fromkeys(("级", "星级"), "等级"),
    **dict.fromkeys(("次", "遍"), "次数"),
    **dict.fromkeys(("人", "户", "家", "条", "只", "个"), "数量"),
    **dict.fromkeys(("千瓦", "兆瓦"), "装机容量"),
    **dict.fromkeys(("总吨", "载重吨"), "吨位"),
    **dict.fromkeys(("蒸吨", "蒸吨/小时"), "蒸发量"),
    **dict.fromkeys(("毫米", "厘米"), "尺寸"),
    **dict.fromkeys(("年", "个月"), "年限"),
    **dict.fromkeys(("吨/日", "m3/日"), "日处理能力"),
    **dict.fromkeys(("张", "床位"), "床位数"),
    "元": "金额",
    "km": "长度",
    "m3": "水量",
    "层": "层数",
    "分": "得分",
    "岁": "年龄",
    "兆帕": "压力",
    "℃": "温度",
    "吨标准煤": "能源消费量",
}
_HEIGHT = re.compile(r"建筑|住宅|楼|大厦")
_ACTS_AT_ONCE = re.compile(
    r"时?(?=(?:书面|依法|及时|自动|发出|给予|予以|由)*(?:预警|提醒|约谈|核减|加收|加倍|暂停|处以|责令|限期|通报|警示|告知|不予|取消|授予))"
)
_WISH = re.compile(r"[▦，]*(?P<wish>鼓励|支持|引导)")
_ACT_IN_FRONT = re.compile(
    r"(?P<act>(?:全面|严格|依法|重点|有序|加快|限期|逐步|基本|完成)*"
    r"(?:治理|淘汰|拆除|关停|关闭|整治|整合|改造|禁止|严禁|限制|不得|新建|查处|排查|更换|更新|推广|清理|取缔){1,3})"
    r"[\u4e00-\u9fff]{0,6}$"
)
_LONGEST_ACT, _LONGEST_NOUN = 24, 14
_AND_ANOTHER = re.compile(r"(?:且|并且|或者?|、)[^，。；的\d]{0,16}(?:\d+[^，。；的\d]{0,4})?的")
_COUNTED_BEHIND = re.compile(r"的[\u4e00-\u9fff]{2,8}?(?:不少于|不低于|至少|达到)?\d+[家个座处所项]")
_APART = re.compile(r"[，、；]")
_COUNTS = re.compile(
    r"(?:改造|新建|建设|创建|更新|更换|培育|遴选|完成|建成|打造)[^，、]{0,8}$|[家个座处项][^，、\d]{0,4}$"
)
_CONJUNCTIONS = re.compile(r"^(?:[，、]|和(?!解)|以及|及(?!时)|与)+")
_GRADE_HOLDER = re.compile(r"(?P<who>[^，]{2,40}?)(?:应当?|必须|要|须)")


def thresholds_of(parsed: Parsed) -> tuple[Threshold, ...]:
    """Return the thresholds that the quantities of classes state, in order.

    A nominal width (DN100以上) names a kind of pipes, as 大型 does, and is no threshold.
    """
    if parsed.context.is_past:
        return ()
    found = []
    index = 0
    for quantity in parsed.quantities:
        if not parsed.classing[quantity.start]:
            continue
        while parsed.clauses[index].end <= quantity.start:
            index += 1
        is_past = parsed.governance.at(quantity.start).is_past
        if is_past or quantity.unit == NOMINAL_WIDTH or _tells_what_is_counted(parsed, quantity, index):
            continue
        found.append(_threshold(parsed, quantity, index))
    return _joined(found)


def _tells_what_is_counted(parsed: Parsed, quantity: Quantity, index: int) -> bool:
    """Return whether a cut-off only tells which works a count is of: `改造千人以上供水工程10处`."""
    clause = parsed.clauses[index]
    if _COUNTED_BEHIND.match(parsed.masked, quantity.end, clause.end):
        return True
    if not _COUNTS.search(parsed.masked[clause.start : quantity.start]):
        return False
    first = bisect_left(parsed.starts, clause.start)
    own = parsed.quantities[first : bisect_left(parsed.starts, clause.end)]
    return any(
        other.measure is Measure.COUNT
        and not parsed.classing[other.start]
        and not _APART.search(parsed.masked, min(other.end, quantity.end), max(other.start, quantity.start))
        for other in own
    )


def _joined(found: list[Threshold]) -> tuple[Threshold, ...]:
    """Give the cut-offs of one list their common noun and effect: `甲量5吨以上的A、3吨以上的B应…`."""
    joined: list[Threshold] = []
    for one in found:
        before = joined[-1] if joined else None
        if before is not None and not one.applies_to and before.unit == one.unit:
            joined.append(replace(one, applies_to=before.applies_to, quantity=before.quantity))
            continue
        if before is None or before.span != one.span or before.unit != one.unit:
            joined.append(one)
            continue
        if before.effect.endswith(one.effect):
            joined[-1] = replace(before, effect=one.effect)
        is_unnamed = one.quantity == quantity_by_unit(one.unit, one.applies_to)
        joined.append(replace(one, quantity=before.quantity) if is_unnamed else one)
    return tuple(joined)


def _threshold(parsed: Parsed, quantity: Quantity, index: int) -> Threshold:
    clause = parsed.clauses[index]
    start = without_leading_marks(parsed.masked, clause.start, clause.end)
    while start < clause.end and parsed.masked[start] in "▦":
        start += 1
    behind = _behind(parsed, quantity, clause)
    noun_start, noun = _quantity_noun(parsed, quantity, start)
    is_acted_on = _ACT_IN_FRONT.search(parsed.masked, max(start, noun_start - _LONGEST_ACT), noun_start)
    end = clause.end if is_acted_on and not behind.is_condition else _effect_end(parsed, index, behind)
    if not noun and quantity.measure is Measure.RATE and quantity.start - start <= _LONGEST_NOUN:
        noun = _OBJECT.sub("", parsed.surface.words(start, quantity.start))
    applies_to, effect = _rule(parsed, quantity, clause, (start, noun_start, behind.start, behind.end, end))
    return Threshold(
        id="",
        task=None,
        quote=parsed.surface.words(start, end),
        span=parsed.surface.wording.span_of(start, end),
        page=parsed.context.page,
        applies_to=applies_to or parsed.surface.words(start, noun_start).rstrip("的") or noun,
        quantity=noun or quantity_by_unit(quantity.unit, applies_to),
        op=quantity.op or Operator.AT_LEAST,
        value=quantity.value,
        unit=quantity.unit or "",
        effect=effect,
        confidence=0.9 if noun else 0.8,
    )


def quantity_by_unit(unit: str | None, applies_to: str) -> str:
    """Return what a cut-off without a noun measures, by its unit and those whom it is for."""
    if unit == "米":
        return "高度" if _HEIGHT.search(applies_to) else "尺寸"
    return _QUANTITY_OF_UNIT.get(unit or "", "规模")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Behind:
    """Those behind a cut-off whom the rule is for; `is_condition` when only a condition stands there."""

    start: int
    end: int
    is_condition: bool = False


def _behind(parsed: Parsed, quantity: Quantity, clause: Clause) -> _Behind:
    condition = _CONDITION.match(parsed.masked, quantity.end, clause.end)
    if condition and condition.end() == clause.end:
        return _Behind(start=clause.end, end=clause.end, is_condition=True)
    after = quantity.end
    while after < clause.end and parsed.masked[after] in "的▢":
        after += 1
    another = _AND_ANOTHER.match(parsed.masked, after, clause.end)
    after = another.end() if another else after
    limit = min(clause.end, after + 120)
    acts = _ACTS_AT_ONCE.match(parsed.masked, after, limit)
    if acts:
        return _Behind(start=acts.end(), end=acts.end())
    return _Behind(start=after, end=class_end(parsed.masked, after, limit) or _noun_end(parsed, after, limit))


def _rule(
    parsed: Parsed, quantity: Quantity, clause: Clause, places: tuple[int, int, int, int, int]
) -> tuple[str, str]:
    """Return whom a rule is for and what it asks.

    `places` are where the quote begins, the noun of the quantity, those whom it is for begin and
    end, and where the quote ends.
    """
    start, noun_start, applies_start, applies_end, end = places
    holder = _GRADE_HOLDER.match(parsed.masked[start : quantity.start])
    if holder and quantity.measure is Measure.GRADE:
        cut = start + holder.end("who")
        return parsed.surface.words(start, cut), parsed.surface.words(cut, clause.end)
    applies_to = parsed.surface.words(applies_start, applies_end).rstrip("的")
    effect = _CONJUNCTIONS.sub("", parsed.surface.words(applies_end, end))
    prefix = parsed.masked[start:noun_start]
    return applies_to, _asked(prefix, effect) or parsed.surface.words(start, clause.end)


def _asked(prefix: str, effect: str) -> str:
    """Return what a rule asks: the words behind the class, with the wish or the verb in front of it."""
    wish = _WISH.match(prefix)
    if effect:
        return wish["wish"] + effect if wish and not effect.startswith(("应", "要", "须", "必须")) else effect
    act = _ACT_IN_FRONT.search(prefix[-_LONGEST_ACT:])
    if act is not None:
        return act["act"]
    only_object = prefix and _OBJECT.match(prefix) and not _OBJECT.sub("", prefix)
    return prefix.strip("▦对将把以由在，") if only_object else ""


def _quantity_noun(parsed: Parsed, quantity: Quantity, start: int) -> tuple[int, str]:
    """Return where the noun of the measured quantity begins, and the noun."""
    before = parsed.masked[start : quantity.start]
    found = _QUANTITY_NOUN.search(_LIST_OR_ACT.split(before[-30:])[-1])
    if quantity.unit in {"级", "星级"}:
        grade = re.match(r"[\u4e00-\u9fff]{0,8}?等级", parsed.masked[quantity.end : quantity.end + 12])
        if grade:
            return quantity.start, grade[0]
    if not found:
        return quantity.start, ""
    at = quantity.start - (found.end() - found.start())
    skipped = _OBJECT.match(parsed.masked[at : quantity.start])
    at += skipped.end() if skipped else 0
    at = without_whole(parsed.masked, at, quantity.start)
    noun = re.sub(r"(?:在|达到|达|为)$", "", parsed.surface.words(at, quantity.start))
    return at, noun


def _noun_end(parsed: Parsed, start: int, end: int) -> int:
    found = re.compile(
        r"(?:实现|应当?|必须|须|需|要|全部|均|纳入|逐步|完成|建立|设立|加快|推进|开展|实施|安装|配备|推行|全面|依法|[、，；▦])"
    ).search(parsed.masked, start, end)
    return found.start() if found else end


def _effect_end(parsed: Parsed, index: int, behind: _Behind) -> int:
    """Return where the rule ends: the next clause belongs to it when it says what must be done."""
    clause = parsed.clauses[index]
    if behind.end < clause.end - 1 or index + 1 >= len(parsed.clauses) or clause.mark == "；":
        return clause.end
    following = parsed.clauses[index + 1]
    asks = behind.is_condition or _MODAL.match(parsed.masked[following.start : following.end])
    fills = behind.end >= clause.end and not _OBJECT.match(
        parsed.masked[without_leading_marks(parsed.masked, clause.start, clause.end) : clause.end]
    )
    return following.end if following.sentence == clause.sentence and (asks or fills) else clause.end
