"""What a result clause is about: the thing that is to stand, and the class that it is for.

`将甲企业全部纳入重点名录` is about 重点名录 for 甲企业; `管网分区计量实现全覆盖` is about 管网分区计量.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.extract.phrases import METRIC_END, without_locative
from shuiheng.plans.extract.places import CLASS_NOUN, without_whole

_ADVERB = r"(?:基本|全部|均|全面|已|应当?|要|将|必须|力争|争取|顺利|分别|率先|都|▦++)*"
_ACT = (
    r"(?:实现|建成(?!区)|完成|达到|符合|满足|纳入|形成|建立健全|建立|健全|落实|消除|退出|清零|覆盖|投产|出台|印发|"
    r"明确|编制|淘汰|采用|停止|并网|到位|达标(?!排放)|划定|执行|配套|实行|推行|实施|安装|通过|接入|使用|创成|制定|修订)"
)
_SUBJECT_VERB = re.compile(_ADVERB + _ACT)
_OPENING = re.compile(
    rf"{_ADVERB}(?:(?:继续|稳定)?保持|维持|(?:推广|推行|实施|实行|修编|修订|制定|制订|编制|遴选出|评选出|评选|创建|打造|培育|建设|完善|{_ACT})"
    r"(?:(?:和|及|与|并|、)(?:印发|发布|实施|推广|推行|落实|出台|完善|组织实施|执行|实行|修订|完成)|完成)*(?:了)?)"
)
_CARRIES = re.compile(_ADVERB + r"(?P<verb>停止|禁止|消除|淘汰|退出|关停|拆除)")
_BATCH = re.compile(r"^(?:一批|一系列|一套|一个|若干|首批)")
_LONG_MODIFIER = re.compile(r"^[^，]*[、][^，]*的(?=[^的，]{2,}$)")
_INTO = re.compile(
    r"^(?:将|把|对)?(?P<who>[^，]{2,80}?)(?:全部|均|全面|一律|都|逐步|依法)*纳入(?P<what>[^，]{2,})$"
)
_STATE = re.compile(
    r"(?:的)?(?:全面|基本|全部)?(?:全覆盖|清零|创建成功|投入使用|投入运行|建成投运|建成|达标|到位|完成)$"
)
_ADDED_ACT = re.compile(
    r"(?:，|并)(?=[^，、的]{0,4}(?:统计|扩展|稳定|汇总|接入|投入|报|上传|形成|实施))[^、]*$"
)
_RANK = re.compile(r"(?:位列|稳居|走在|排名|保持在?)(?:全[国省市]|前)[^，]*$")
_NOTHING = re.compile(r"^(?:全覆盖|达标|清零|到位|▢*)$")
_ONLY_STATE = re.compile(
    r"^(?:力争|确保|▦|到|全部|基本|年)*(?:创建成功|完成|建成|达标|到位|投入使用|建成投运|投运|通过验收|并网|建成并网|竣工|投产)$"
)
_BARE_ACT = re.compile(r"▣+|整治|改造|治理|关闭|排查|整合退出|退出|达标排放|稳定达标|规范升级|整改|销号|收尾")
_CLASS_AT_END = re.compile(rf"(?:{CLASS_NOUN}|机关|断面|灌溉区|城区|建成区)$")
_SHORTEST_OBJECT = 2
_WHOLE_CLASS = re.compile(r"^(?:全部|所有|各)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Places in the passage of what a result clause is about; equal ends when it names nothing.

    Args:
        start, end: The thing that is to stand.
        scope: The class or entity that it is for, or None.
        tail: A word to add to the thing (`零填埋`), as a range, or None.
    """

    start: int
    end: int
    scope: tuple[int, int] | None = None
    tail: tuple[int, int] | None = None


def only_says_done(words: str) -> bool:
    """Return whether a clause only says by when, its object standing before: `2024年6月底前完成`."""
    return _ONLY_STATE.match(words) is not None


def result_of(masked: str, start: int, end: int) -> Result:
    """Return what the result clause from `start` up to `end`, softening words taken off, is about."""
    start = without_whole(masked, start, end)
    start = without_locative(masked, start, end)
    added = _ADDED_ACT.search(masked, start, end)
    end = added.start() if added and added.start() > start + 3 else end
    into = _INTO.match(masked[start:end])
    if into is not None:
        what = (start + into.start("what"), end)
        return Result(start=what[0], end=what[1], scope=(start + into.start("who"), start + into.end("who")))
    carries = _CARRIES.match(masked, start, end)
    if carries is not None and carries.end("verb") < end:
        return Result(start=carries.start("verb"), end=end)
    opening = _OPENING.match(masked, start, end)
    if opening is not None and opening.end() < end:
        return _thing(masked, opening.end(), end)
    return _of_subject(masked, start, end)


def _thing(masked: str, start: int, end: int) -> Result:
    """Take the words for a lot, long modifiers and states off a noun phrase."""
    start = without_whole(masked, start, end)
    batch = _BATCH.match(masked[start:end])
    if batch is not None:
        start += batch.end()
        modifier = _LONG_MODIFIER.match(masked[start:end])
        start += modifier.end() if modifier else 0
    for pattern in (_RANK, _STATE):
        found = pattern.search(masked[start:end])
        if found is not None and found.start() >= 2:
            end = start + found.start()
    return Result(start=start, end=end)


def _of_subject(masked: str, start: int, end: int) -> Result:
    """Read `甲企业实现用水计量`, `用水计量实现全覆盖` and `甲企业用水计量全覆盖`."""
    verb = _SUBJECT_VERB.search(masked, start + 2, end)
    if verb is not None and (state := _CARRIES.match(masked, verb.start(), end)):
        if end - state.end() < _SHORTEST_OBJECT:
            return Result(start=start, end=verb.start(), tail=state.span("verb"))
        scope = (start, verb.start()) if _CLASS_AT_END.search(masked[start : verb.start()]) else None
        return Result(start=state.start("verb"), end=end, scope=scope)
    if verb is None or _NOTHING.match(masked[verb.end() : end]):
        whole = _thing(masked, start, verb.start() if verb else end)
        return _without_class(masked, whole)
    found = _thing(masked, verb.end(), end)
    if masked[verb.end()] == "零" or _BARE_ACT.fullmatch(masked, verb.end(), end):
        return Result(start=start, end=verb.start(), tail=(verb.end(), end))
    if METRIC_END.search(masked[start : verb.start()]):
        return _without_class(masked, Result(start=start, end=verb.start()))
    is_class = _CLASS_AT_END.search(masked[start : verb.start()]) and not _WHOLE_CLASS.match(
        masked[start:end]
    )
    return Result(start=found.start, end=found.end, scope=(start, verb.start()) if is_class else None)


def _without_class(masked: str, found: Result) -> Result:
    """Split `年用水量1万立方米以上的企业用水计量` into class and thing where a size opens it."""
    words = masked[found.start : found.end]
    sized = re.match(
        rf"[^，]{{0,60}}?(?:以上|以下|以内)的[^，的]{{0,24}}?{CLASS_NOUN}(?=[\u4e00-\u9fff]{{2}})", words
    )
    if sized is None:
        return found
    cut = found.start + sized.end()
    return Result(start=cut, end=found.end, scope=(found.start, cut))
