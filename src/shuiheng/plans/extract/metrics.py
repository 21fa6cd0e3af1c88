"""What is measured and for whom: the metric of a value and its scope."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Draft, Memory
from shuiheng.plans.extract.item import Item
from shuiheng.plans.extract.kinds import COEFFICIENT
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import METRIC_END, Phrase, noun_after, phrase_before, without_remnant
from shuiheng.plans.extract.places import class_end
from shuiheng.plans.extract.quantities import BEFORE
from shuiheng.plans.extract.scopes import own_scopes, subject_scopes
from shuiheng.plans.extract.surface import DATE
from shuiheng.plans.model import Operator, TargetKind

LEVEL = re.compile(
    r"(?:国家级?|省部?级|省|市级|市|县级|区级|镇级|村级|部级|自治区级|国|"
    r"AAAAA?级|[一二三]星级|[一二三]级)(?:及?以上)?$"
)
_SHARE_OF = re.compile(
    r"(?P<noun>[^，]{2,30}?)(?P<word>不小于|不低于|不少于|不得低于|达到|"
    r"占到?|超过|覆盖(?!面积|率|范围)|不超过|不高于)(?P<whole>[^，]{1,30})的?$"
)
_WORDS = {word: op for op, words in BEFORE.items() for word in words}
_ANAPHOR = re.compile(r"(?:区内|域内|园内|其中|其|辖区内)(?=[\u4e00-\u9fff]{2})")
_SAME_AGAIN = re.compile(r"(?:该|这一|此|上述|其)?(?:项)?(?:比例|比率|占比|比重|指标|总数|总量|数量|面积)?$")
_PREDICATE = re.compile(r"(?:建成|达到|完成|实现|创建|开展|符合|满足|通过|纳入|安装|使用)[^，。；]*$")
_QUALIFIER = re.compile(r"（[^（）\d]{1,10}）")
_CLASS_ALONE = re.compile(
    r"(?:城市|地区|区域|县城|企业|机关|单位|学校|经济圈|城市群|流域|县|市|区|村|机构|医院"
    r"|[上中下]游|片区|沿线|山区|平原|高校|项目|建筑|工程|园区|灌区|设施|设备|装置|用户|处理厂|车辆|船舶|院校|城镇|城区|乡镇|农村)$"
)
_KIND_ALONE = re.compile(r"城市|县城|农村|城镇|乡镇|城区|农区|牧区")
_LONGEST_ACT = 4
_ADDED_AT_END = re.compile(r"(?<=..)(?:新增|完成|建成|改造)$")
_COUNTED_THEMSELVES = frozenset("家个所座处条户名人栋台套辆")
REGION = re.compile(r"(?:地区|片区|流域|[上中下]游|沿线|山区|平原)$")
_SINGLED_OUT = re.compile(
    r"[\u4e00-\u9fff]{0,10}?(?:(?:缺水|示范|试点)型?(?:城市|县城|地区|区域)|集聚区|超采区|受水区|禁采区|限采区)"
    r"(?:[、和与及][\u4e00-\u9fff]{2,10}?(?:城市|县城|地区|区域))*"
    r"|[\u4e00-\u9fff]{2,8}?(?:片区|地区|流域)"
)
_INSIDE = re.compile(r"[\u4e00-\u9fff]{2,14}?(?:园区|灌区|城市|县城|校园|小区|厂区|基地|企业)(?=▦*内)")
_NOT_SINGLED_OUT = re.compile(
    r"(?:[^，]*(?:万元|亿元|单位|人均|生产总值)|农村|城镇|城市|城乡|各|全|本|我|建成|新建|非)[^，]{0,2}(?:地区|片区|流域)"
)
_HEADLESS = re.compile(
    r"(?:总|新增|年|累计|实施|覆盖|建设|推广|应用|使用|利用|改造|治理|安装|回收|处理|替代)*"
    r"(?:范围|占比|比例|比重|规模|数量|面积|总量|容量|长度|装机容量|装机规模|率|量)"
)
_SHARE_ALONE = re.compile(r"占比|比重|占[^，]{2,8}")
_ACT_ON = re.compile(
    r"[^，]*(?:推行|推进|开展|实施|推动|建设|扩大|加强|提升|完善|发展|推广|促进|加快|支持|鼓励|探索)(?=[\u4e00-\u9fff]{2})"
)
_EACH_YEAR_HEAD = re.compile(r"^(?:每年|年均)")
_ADDED = re.compile(r"^(?:新增|累计|累计新增)")
_HEDGE_INSIDE = re.compile(r"力争|争取")
_FILLING = re.compile(
    r"[（(][^（）()]{10,}[）)]$|^(?:的|数量?为|共)+|(?:(?<=建设)|(?<=创建)|(?<=改造))工作$|(?:的|共|共计|数量|个数|等|目标|任务数|[-：:•·*])+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The metric of an item and what comes with it.

    Args:
        metric: The noun phrase.
        start, end: Its place; equal when it was taken over from another item.
        scopes: Districts or classes that it is for; empty for the whole jurisdiction.
        op: Operator that the phrase itself gives (`不小于…的50%`), or None.
        verb: Verb that the phrase itself gives, or None.
        parent: Draft of which it is a share, or None.
        is_share: Whether it is a part of a total.
        confidence: How sure the reading is.
    """

    metric: str
    start: int = 0
    end: int = 0
    scopes: tuple[str, ...] = ()
    op: Operator | None = None
    verb: str | None = None
    parent: Draft | None = None
    is_share: bool = False
    confidence: float = 1.0


def named(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> Named | None:
    """Return what an item measures and for whom, or None when nothing names it."""
    if phrase.start >= phrase.end:
        return _without_noun(parsed, item, phrase, memory)
    found = _from_before(parsed, item, phrase, memory) or _from_words(parsed, item, phrase, memory)
    is_told = _SHARE_ALONE.fullmatch(found.metric) and phrase.verb is None and item.chain[0].op is None
    return None if is_told else found


def _from_before(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> Named | None:
    """Name a value whose words only add a level, a place or a class to the metric of an earlier item."""
    own = own_scopes(parsed, phrase)
    words = parsed.surface.words(phrase.start, phrase.end)
    total, last = memory.total, memory.last
    if total is not None and LEVEL.fullmatch(words) and len(words) <= 6:
        return _share_of(total, metric=words + total.metric, scopes=own)
    is_kind = _KIND_ALONE.fullmatch(words) and total is not None and total.unit == item.chain[0].unit
    if total is not None and (is_kind or _is_bare_place(item, words, memory)):
        return _share_of(total, metric=total.metric, scopes=(words,))
    is_first = last is None or memory.last_sentence != item.clause.sentence
    if is_first and _stands_for_class(item, words, phrase) and (bare := _bare_metric_before(parsed, item)):
        return Named(metric=bare, scopes=(*own, words), confidence=0.85)
    return _from_last(parsed, item, phrase, memory)


def _from_last(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> Named | None:
    """Name a value whose words stand for the metric of the last item, or for a class that it is for."""
    own, last, total = own_scopes(parsed, phrase), memory.last, memory.total
    words = parsed.surface.words(phrase.start, phrase.end)
    if last is None:
        return None
    is_same = last.unit == item.chain[0].unit and words not in {"面积", "总量", "数量"}
    if _SAME_AGAIN.fullmatch(words) and is_same:
        return Named(metric=last.metric, scopes=own, confidence=0.85)
    words = _ADDED_AT_END.sub("", words)
    if not _is_class_alone(item, words, phrase, memory):
        return None
    parent = total if parsed.masked.startswith("其中", item.clause.start) else None
    return Named(metric=last.metric, scopes=(*own, words), parent=parent, is_share=True, confidence=0.85)


def _from_words(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> Named:
    """Name a value by the words before it, with the scope that they or the sentence give."""
    found = (
        _classified(parsed, item, phrase)
        or _regional(parsed, item, phrase)
        or _of_whole(parsed, phrase)
        or _plain(parsed, item, phrase)
    )
    own = own_scopes(parsed, phrase)
    scopes = tuple(place + name for place in own for name in found.scopes) or own or found.scopes
    scopes = scopes or subject_scopes(parsed, item, memory, metric=found.metric)
    anaphor = _ANAPHOR.match(parsed.masked, found.start, found.end)
    if not scopes and memory.subject_words and (anaphor or memory.owns_sentence):
        scopes = (memory.subject_words,)
        found = _cut(parsed, found, anaphor.end()) if anaphor else found
    is_share = parsed.masked.startswith("其中", item.clause.start)
    metric = without_remnant(_HEDGE_INSIDE.sub("", _FILLING.sub("", found.metric)) or found.metric)
    return replace(
        found,
        metric=_standing_alone(parsed, item, memory, metric)
        if _HEADLESS.fullmatch(metric) and not found.scopes
        else _restored(metric, item.chain[0].unit, memory, item.clause.sentence),
        scopes=scopes,
        parent=memory.total if is_share else None,
        is_share=is_share,
    )


def _without_noun(parsed: Parsed, item: Item, phrase: Phrase, memory: Memory) -> Named | None:
    """Name a value whose noun stands behind it (`建成3个X`) or in an earlier item (`B县4家`)."""
    own = own_scopes(parsed, phrase)
    is_share = parsed.masked.startswith("其中", item.clause.start)
    start, end = noun_after(parsed.masked, item.chain[-1].end, item.end)
    if start < end and _is_noun(parsed.masked[start:end]):
        metric = phrase.kept + parsed.surface.words(start, end)
        if item.chain[0].measure is Measure.RATE and item.items_end < item.clause.end < item.items_end + 200:
            metric += _shared_predicate(parsed, item, metric)
        return Named(
            metric=_FILLING.sub("", metric) or metric,
            start=start,
            end=end,
            scopes=own or subject_scopes(parsed, item, memory, metric=metric),
            parent=memory.total if is_share else None,
            is_share=is_share,
        )
    before = memory.total if own or is_share else memory.last
    if before is None or (memory.last_sentence != item.clause.sentence and not own and not is_share):
        named_before = _from_clause_before(parsed, item, own)
        if named_before is not None or before is None:
            return named_before
    if own or is_share:
        metric = before.metric + _level_behind(parsed, item.chain[-1].end)
        return _share_of(before, metric=metric, scopes=own)
    return Named(
        metric=before.metric,
        scopes=(before.scope,) if before.scope and memory.sentence == item.clause.sentence else (),
        confidence=0.85,
    )


def _from_clause_before(parsed: Parsed, item: Item, own: tuple[str, ...]) -> Named | None:
    """Take the noun from the clause before: in `开展审计，到2023年完成40家` the number counts audits."""
    index = bisect_left(parsed.clauses, item.clause.start, key=lambda clause: clause.start) - 1
    if index < 0 or parsed.clauses[index].sentence != item.clause.sentence:
        return None
    before = parsed.clauses[index]
    phrase = phrase_before(parsed.masked, before.start, before.end)
    if phrase.end - phrase.start < 2 or phrase.end - phrase.start > 30:
        return None
    return Named(metric=parsed.surface.words(phrase.start, phrase.end), scopes=own, confidence=0.75)


def _share_of(total: Draft, *, metric: str, scopes: tuple[str, ...]) -> Named:
    inherited = (total.scope,) if total.scope and not scopes else scopes
    return Named(metric=metric, scopes=inherited, parent=total, is_share=True, confidence=0.95)


def _is_noun(words: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff▣]", words)) and not re.match(
        r"^(?:时|后|前|并|且|内$|的$|；|范围)", words
    )


def _shared_predicate(parsed: Parsed, item: Item, metric: str) -> str:
    """Return the predicate that the last part of a list states for all (`80%的A和35%的B建成…`)."""
    if _PREDICATE.search(metric):
        return ""
    found = _PREDICATE.search(parsed.masked[item.items_end : item.clause.end])
    return parsed.surface.words(item.items_end + found.start(), item.clause.end) if found else ""


def _is_bare_place(item: Item, words: str, memory: Memory) -> bool:
    """Return whether a short name without 区 or 县 stands in a list of places."""
    return memory.lists_places and 2 <= len(words) <= 4 and not METRIC_END.search(words)


def _classified(parsed: Parsed, item: Item, phrase: Phrase) -> Named | None:
    """Split `年用水量5万立方米以上的企业X率` into the class and the metric."""
    first = item.classes[-1] if item.classes else None
    opens_with_object = (
        re.search(r"(?:^|[▦，])对$", parsed.masked[max(0, item.start - 1) : phrase.start]) is not None
    )
    if first is None and not opens_with_object:
        return None
    ends = class_end(parsed.masked, first.end if first else phrase.start, phrase.end)
    if ends is None or ends >= phrase.end or parsed.masked[ends] in "占的":
        return None
    start = min(phrase.start, first.start) if first else phrase.start
    return Named(
        metric=parsed.surface.words(ends, phrase.end),
        start=ends,
        end=phrase.end,
        scopes=(parsed.surface.words(start, ends),),
    )


def _regional(parsed: Parsed, item: Item, phrase: Phrase) -> Named | None:
    """Split `缺水城市再生水利用率` into the part of the country that is singled out and the metric."""
    words = parsed.masked[phrase.start : phrase.end]
    found = _SINGLED_OUT.match(words) or _INSIDE.match(words)
    if found is None or _NOT_SINGLED_OUT.match(words) or phrase.places:
        return None
    start = phrase.start + found.end()
    while start < phrase.end and parsed.masked[start] in f"{DATE}内":
        start += 1
    words = _EACH_YEAR_HEAD.sub("", parsed.masked[start : phrase.end])
    is_measured = METRIC_END.search(words) and (len(words) > 2 or item.chain[0].measure is Measure.RATE)
    if not is_measured:
        return None
    return Named(
        metric=parsed.surface.words(phrase.end - len(words), phrase.end),
        start=phrase.end - len(words),
        end=phrase.end,
        scopes=(parsed.surface.words(phrase.start, phrase.start + found.end()),),
    )


def _of_whole(parsed: Parsed, phrase: Phrase) -> Named | None:
    """Read `范围不小于供水区域的50%`: the metric is compared with a share of something."""
    found = _SHARE_OF.match(parsed.masked[phrase.start : phrase.end]) if phrase.verb is None else None
    if found is None or not parsed.masked[phrase.start : phrase.end].endswith("的"):
        return None
    end = phrase.start + found.end("noun")
    word = found["word"]
    return Named(
        metric=parsed.surface.words(phrase.start, end),
        start=phrase.start,
        end=end,
        op=_WORDS.get(word, Operator.AT_LEAST if word == "达到" else None),
    )


def _plain(parsed: Parsed, item: Item, phrase: Phrase) -> Named:
    metric = parsed.surface.words(phrase.start, phrase.end)
    end = phrase.end
    behind = item.chain[-1].end
    if behind < item.end and _takes_words_behind(parsed, item, phrase):
        metric = metric.removesuffix("的") + parsed.surface.words(behind, item.end)
    elif item.chain[0].measure is Measure.COUNT:
        metric += _level_behind(parsed, behind)
    return Named(metric=metric, start=phrase.start, end=end)


def _level_behind(parsed: Parsed, behind: int) -> str:
    """Return the bracket that only names a level (（省级）) behind a count, or nothing."""
    qualifier = _QUALIFIER.match(parsed.surface.plain[behind : behind + 14])
    is_level = qualifier is not None and LEVEL.fullmatch(qualifier[0][1:-1])
    return parsed.surface.words(behind, behind + qualifier.end()) if qualifier and is_level else ""


def _takes_words_behind(parsed: Parsed, item: Item, phrase: Phrase) -> bool:
    """Return whether the words behind the number end the name: `公共机构60万平方米建筑改造`."""
    if phrase.verb is not None or parsed.masked[item.chain[-1].end] == "▢":
        return False
    measure = item.chain[0].measure
    return measure is Measure.RATE or (measure is Measure.EXTENT and phrase.making)


def _is_class_alone(item: Item, words: str, phrase: Phrase, memory: Memory) -> bool:
    """Return whether only a class stands before a rate (`地级城市达到15%`), the metric being the last one."""
    last, first = memory.last, item.chain[0]
    return bool(
        last is not None
        and last.unit == (first.unit or COEFFICIENT)
        and (_is_rated(item, last) or _is_region(item, words))
        and memory.sentence == item.clause.sentence
        and last.end > item.start - 60
        and _stands_for_class(item, words, phrase)
    )


def _is_rated(item: Item, last: Draft) -> bool:
    """Return whether a value is one that a class has to keep, as the last one was, and no number of it."""
    first = item.chain[0]
    is_held = last.kind is TargetKind.LEVEL and first.op is not None and first.measure is not Measure.COUNT
    return first.measure is Measure.RATE or first.unit is None or is_held


def _stands_for_class(item: Item, words: str, phrase: Phrase) -> bool:
    """Return whether the words before a compared value name a class and nothing measured."""
    compares = phrase.verb is not None or item.chain[0].op is not None
    return compares and bool(_CLASS_ALONE.search(words)) and not METRIC_END.search(words)


def _bare_metric_before(parsed: Parsed, item: Item) -> str | None:
    """Return the measure that the clause before only names: `用水器具配备率，公共建筑达到95%`."""
    index = bisect_left(parsed.clauses, item.clause.start, key=lambda clause: clause.start) - 1
    if index < 0 or parsed.clauses[index].sentence != item.clause.sentence:
        return None
    before = parsed.clauses[index]
    is_told = bisect_left(parsed.starts, before.end) > bisect_left(parsed.starts, before.start)
    phrase = phrase_before(parsed.masked, before.start, before.end, is_rate=True)
    words = parsed.masked[phrase.start : phrase.end]
    is_measure = METRIC_END.search(words) and phrase.end == before.end and 3 <= len(words) <= 24
    return parsed.surface.words(phrase.start, phrase.end) if is_measure and not is_told else None


def _is_region(item: Item, words: str) -> bool:
    """Return whether a part of the country stands before a compared number (`缺水地区不少于12家`)."""
    first = item.chain[0]
    is_own_count = first.unit in _COUNTED_THEMSELVES and not REGION.search(words)
    return first.op is not None and first.number_at > first.start and not is_own_count and len(words) <= 8


def _restored(metric: str, unit: str | None, memory: Memory, sentence: int) -> str:
    """Return a metric that leaves its first noun to the item before with that noun."""
    core = _ADDED.sub("", metric)
    last = memory.last
    if last is None or memory.last_sentence != sentence or last.unit != unit:
        return metric
    if len(metric) <= _LONGEST_ACT and last.metric.startswith(metric):
        return last.metric
    if core == metric or not 2 <= len(core) <= 4:
        return metric
    at = _ADDED.sub("", last.metric).find(core[:2])
    return _ADDED.sub("", last.metric)[:at] + metric if at > 0 else metric


def _standing_alone(parsed: Parsed, item: Item, memory: Memory, metric: str) -> str:
    """Return a metric that is a bare measure (占比, 实施范围) with the thing it measures put before it.

    The thing is the object of the clause before, or the metric of the item before in the sentence.
    """
    index = bisect_left(parsed.clauses, item.clause.start, key=lambda clause: clause.start) - 1
    if index < 0 or parsed.clauses[index].sentence != item.clause.sentence:
        return metric
    before = parsed.clauses[index]
    if bisect_left(parsed.starts, before.end) > bisect_left(parsed.starts, before.start):
        last = memory.last if memory.last_sentence == item.clause.sentence else None
        if last is None:
            return metric
        return last.metric.replace("新增", "", 1) if last.metric.endswith(metric) else last.metric + metric
    words = parsed.masked[before.start : before.end]
    act = _ACT_ON.match(words)
    thing = parsed.surface.words(before.start + act.end(), before.end).removesuffix("工作") if act else ""
    return thing + metric if 2 <= len(thing) <= 24 else metric


def _cut(parsed: Parsed, found: Named, start: int) -> Named:
    return Named(metric=parsed.surface.words(start, found.end), start=start, end=found.end, op=found.op)
