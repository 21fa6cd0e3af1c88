"""Who must act or is singled out in a sentence: the subject that its later clauses leave unsaid."""

from __future__ import annotations

import re
from bisect import bisect_left

from shuiheng.plans.extract.attributes import CLASS_FILLS
from shuiheng.plans.extract.clauses import Clause, without_leading_marks
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Memory
from shuiheng.plans.extract.phrases import METRIC_END
from shuiheng.plans.extract.places import CLASS_NOUN, class_end, leading_places
from shuiheng.plans.extract.scopes import is_jurisdiction

_BEFORE_SUBJECT = re.compile(r"^(?:[▦，：]|其中|同时|并|且|要求|由|对|指导|督促|支持)+")
_ACTS = re.compile(
    r"(?:人民政府|政府|管委会)?(?:▢*)(?:分别)?(?:要|应|须|必须|需|负责|制定|"
    r"组织|按|根据|可|结合|牵头|至少|分别|完成|建成|每年|累计|年底|▦|$)"
)
_OWN = re.compile(
    r"(?:市|省|区|县)(?=制定|组织|负责|完成|建成|开展|创建)"
    r"|(?:[市省区县镇]级|[市省区县]直)各?(?:机关|部门|单位)(?=每年|每季|要|应|须|至少)"
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
_CLASS_CLAUSE = re.compile(rf"(?:其中[，：]?|对于|▦)*(?P<who>[\u4e00-\u9fff、▢▣]{{0,40}}{CLASS_NOUN})")
_NO_CLASS_CLAUSE = re.compile(
    r"推动|推进|推广|加强|加快|开展|实施|强化|建设|建成|完成|创建|改造(?!项目)|指导|督促|引导|组织|完善|"
    r"健全|建立|提升|提高|优化|落实|支持|鼓励|培育|打造|治理|聚焦|围绕|突出|抓好|按照|结合|针对|通过|依托|安装|配套|配备|采取|采用|抽查|同步|实行|推行|"
    r"纳入|确保|保障|做好|发展|加大|扩大|拓展|控制|使用|利用(?!率)|选择|依法|严格|逐步|新增(?!和)|限期|推荐|报|向|由|从|在|"
    r"以(?![上下内])|将|把|为|是|有|等$|规范|管理|管控|严控|压减|服务|特种|重点|全[市省县区国]"
)
_WORKS = ("工程", "设施", "户", "场")
_TRADE = re.compile(r"(?P<who>[\u4e00-\u9fff、]{2,12}(?:行业|领域))")


def note_subject(parsed: Parsed, index: int, memory: Memory) -> None:
    """Remember who must act, when a clause opens with places or a class and a verb of duty."""
    clause = parsed.clauses[index]
    _forget(parsed, index, memory)
    named = _class_alone(parsed, index)
    if named is not None:
        memory.subject, memory.subject_is_class = (named,), True
        return
    if memory.subject_is_class and index and parsed.clauses[index - 1].mark in "；。":
        memory.subject, memory.subject_is_class = (), False
    words = parsed.masked[clause.start : clause.end]
    skipped = _BEFORE_SUBJECT.match(words)
    start = clause.start + (skipped.end() if skipped else 0)
    acting = _OWN.match(parsed.masked, start, clause.end) or _FIT.match(parsed.masked, start, clause.end)
    if acting is not None:
        memory.subject = (parsed.surface.words(*acting.span()),)
        return
    places = _acting_places(parsed, start, clause)
    memory.subject = memory.subject if places is None else places
    modal = _WITH_MODAL.match(parsed.masked[start : clause.end])
    if _MODAL.match(words) and index and parsed.clauses[index - 1].sentence == clause.sentence:
        before = parsed.clauses[index - 1]
        memory.subject_words = parsed.surface.words(before.start, before.end)
        memory.owns_sentence = "的" in parsed.masked[before.start : before.end]
    elif modal and not METRIC_END.search(modal["who"]):
        memory.subject_words = parsed.surface.words(start, start + modal.end("who"))


def note_class(parsed: Parsed, clause: Clause, memory: Memory) -> None:
    """Remember the class with a cut-off that a clause opens with; the rates behind it are for it."""
    first = bisect_left(parsed.starts, clause.start)
    own = parsed.quantities[first : bisect_left(parsed.starts, clause.end)]
    cut_offs = [quantity for quantity in own if parsed.classing[quantity.start]]
    begin = _begin(parsed, clause)
    if not cut_offs or _ACTS_FIRST.match(parsed.masked, begin, clause.end):
        return
    end = class_end(parsed.masked, cut_offs[-1].end, clause.end)
    if end is not None and cut_offs[0].start - begin <= 20:
        memory.rated = (parsed.surface.words(begin, end),)


def _forget(parsed: Parsed, index: int, memory: Memory) -> None:
    """Forget what a sentence said when the next one begins, and its class at a semicolon."""
    clause = parsed.clauses[index]
    if index and parsed.clauses[index - 1].mark in "；。":
        memory.rated = memory.trade
    if memory.sentence == clause.sentence:
        return
    memory.sentence, memory.subject, memory.subject_is_class = clause.sentence, (), False
    if not parsed.masked.startswith("其中", clause.start):
        memory.base_year = None
    memory.subject_words, memory.owns_sentence = None, False
    trade = _TRADE.fullmatch(parsed.masked, clause.start, clause.end) if clause.mark == "。" else None
    if index == 0 and trade is not None and not _NO_CLASS_CLAUSE.search(trade["who"]):
        memory.trade = memory.rated = (parsed.surface.words(*trade.span("who")),)


def _begin(parsed: Parsed, clause: Clause) -> int:
    begin = without_leading_marks(parsed.masked, clause.start, clause.end)
    return (
        begin + len(parsed.masked[begin : clause.end]) - len(parsed.masked[begin : clause.end].lstrip("▦，"))
    )


def _class_alone(parsed: Parsed, index: int) -> str | None:
    """Return the class that a clause of its own names: `年用水量5万立方米以上的园区，…`, `试点县城，…`."""
    clause = parsed.clauses[index]
    if clause.mark != "，":
        return None
    first = bisect_left(parsed.starts, clause.start)
    own = parsed.quantities[first : bisect_left(parsed.starts, clause.end)]
    begin = _begin(parsed, clause)
    if own:
        is_class = all(parsed.classing[quantity.start] for quantity in own)
        ends_there = is_class and CLASS_FILLS.fullmatch(parsed.masked, own[-1].end, clause.end)
        acts = _ACTS_FIRST.match(parsed.masked, clause.start, clause.end)
        return parsed.surface.words(begin, clause.end) if ends_there and not acts else None
    found = _CLASS_CLAUSE.fullmatch(parsed.masked, begin, clause.end)
    if (
        found is None
        or _NO_CLASS_CLAUSE.search(found["who"])
        or found["who"].endswith(_WORKS)
        or not _gives_value(parsed, index + 1)
    ):
        return None
    return parsed.surface.words(*found.span("who"))


def _gives_value(parsed: Parsed, index: int) -> bool:
    """Return whether a clause of the same sentence sets a value."""
    if index >= len(parsed.clauses) or parsed.clauses[index].sentence != parsed.clauses[index - 1].sentence:
        return False
    clause = parsed.clauses[index]
    first = bisect_left(parsed.starts, clause.start)
    return first < len(parsed.starts) and parsed.starts[first] < clause.end


def _acting_places(parsed: Parsed, start: int, clause: Clause) -> tuple[str, ...] | None:
    """Return the places that a clause opens with and that a verb of duty follows, or None."""
    places, rest = leading_places(parsed.masked, start, clause.end)
    if not places or not _ACTS.match(parsed.masked, rest, clause.end):
        return None
    names = tuple(parsed.surface.words(*place) for place in places)
    return tuple(name for name in names if not is_jurisdiction(name, parsed) and not name.startswith("每"))
