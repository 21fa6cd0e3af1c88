"""Milestones: dated results without a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from shuiheng.plans.extract.clauses import Clause, without_leading_marks
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.drafts import Draft
from shuiheng.plans.extract.governance import Reign
from shuiheng.plans.extract.phrases import phrase_before, without_remnant
from shuiheng.plans.extract.places import leading_places
from shuiheng.plans.extract.results import only_says_done, result_of
from shuiheng.plans.extract.scopes import is_jurisdiction
from shuiheng.plans.extract.surface import DATE
from shuiheng.plans.model import Operator, TargetKind
from shuiheng.plans.passage import PassageRole

_RESULTS = tuple(
    re.findall(
        r"\S+",
        "完成 建成 制定 制订 出台 印发 编制 明确 建立 健全 落实 全面推行 全面实行 全部实行 全面实施 "
        "全面执行 全面实现 实现 形成 创成 创建成功 评选出 遴选出 发布 组建 投入使用 投入运行 投产 "
        "竣工 并网 开工 启动 消除 退出 清零 淘汰 关停 关闭 取缔 验收 达标 到位 划定 摸清 修订 通过 "
        "上线 投运 构建 设立 成立 报送 上报 提交 补齐 整合 建设一批 打造一批 培育一批 创建一批 "
        "修编 推出一批 打通 贯通 解决 覆盖 全部 均纳入 纳入 停止 采用 ",
    )
)
_RESULT = re.compile(
    "|".join(sorted(_RESULTS, key=len, reverse=True))
    .replace("|建成|", "|建成(?!区)|")
    .replace("|编制|", "|编制(?!工作)|")
)
_PREFIX = re.compile(
    r"^(?:[▦，]|力争|争取|确保|努力|力求|保证|要|应当?|须|必须|需|将|并|且|"
    r"同时|其中[，：]?|顺利|按时|如期|高标准|高质量|率先|基本|全面|全部|初步|继续|"
    r"逐步|分批|分别|分类|各地(?!区)|所有|均|原则上"
    r"|研究|组织|统筹|协同|牵头|按照?[^，]{0,12}要求|依法|有序|再|还|为|"
    r"对[^，]{1,16}(?=完成|进行|开展)|基本上)+"
)
_ACTIVITY = re.compile(
    r"^(?:推进|推动|加强|强化|简化|开展|鼓励|引导|加快|深化|优化|提高|提升|"
    r"支持|探索|加大|持续|不断|统筹|促进|完善|做好|严格|规范|积极|大力|稳步|"
    r"扎实|坚持|围绕|结合|依托|通过|倡导|扩大|着力|充分"
    r"|紧盯|聚焦|以|按|根据|切实|科学|合理|深入|发挥|巩固|拓展|普及|推广|"
    r"宣传|指导|督促|协调|配合|参与|注重|突出|落细|增强|改善|控制|减少|降低|"
    r"构筑|营造|做优|做强|抓好|侧重|估算|配备|对接|部署)"
)
_STRONG = re.compile(
    r"全覆盖|全部|均纳入|全面完成|基本完成|顺利完成|按期完成|"
    r"完成[^，]{2,}(?:任务|建设|改造|编制|验收|整治|创建|治理|工作|方案|"
    r"划定|修订|评估|普查|试点)|建成|清零|消除|达到[^，]{1,24}(?:标准|要求)|"
    r"位列"
    r"|全面(?:推行|实行|落实|执行|实施|推广)|达标$|到位$|实现[^，]{2,}|投产|"
    r"竣工|并网|退出|编制完成|印发|出台|关停|淘汰"
)
_MEETS = re.compile(
    r"(?:达到|符合|满足)(?!国内|国际|全国|全省|世界|较|"
    r"更)[^，]{1,30}(?:标准|要求|目标|任务)$|(?:保持|位列|稳居|"
    r"进入)[^，]{2,24}(?:位列|前列|水平|行列|第[一二三])|完成[^，]{0,20}$"
)
_VISION = re.compile(
    r"显著|明显|进一步|更加|稳步|日益|不断|持续|有所|初步(?!建成|划定|完成)|"
    r"逐步|大幅|有效(?!治理|管控)|深入人心|氛围|意识|(?<!先进)水平$|"
    r"先进水平$|格局|理念|风尚|自觉|现代化|走在|前列(?!位)|共识|面貌|良好|"
    r"提升$|增强$|提高$|改善$|向好|基础$"
    r"|活力|动能|新进步|新进展|新成效|新突破|新提升|新台阶|奋斗目标|小康社会|优势|支撑|协调发展|良性"
)
_MUST_BY_DAY = re.compile(r"(?:应当?|必须|须|要)(?:在|于)?▦")
_MUST = re.compile(r"应当|应(?=采用|配|按|安装)|必须|不得")
_PAST = re.compile(r"有能力|能够|已(?!建成的|纳入的|有|建[\u4e00-\u9fff]{2})|之日起|逾期|目前|截至|以来")
_SUBJECT_VERB = re.compile(
    r"(?:基本|全部|均|全面|已|应|要|将)?(?:实现|建成(?!区)|完成|达到|纳入|"
    r"形成|建立|健全|落实|消除|退出|清零|覆盖|投产|出台|印发|明确|编制|淘汰|制定(?=年度)|"
    r"采用|停止|并网|到位|达标|划定|执行|配套|接入)"
)
_GENERAL_RESULT = re.compile(
    r"全覆盖|全部|均纳入|消除|清零|实现零[\u4e00-\u9fff]|完成[^，]{2,}(?:任务|建设|改造|创建|整治|"
    r"验收|目标|编制|划定|核定|调查|普查)|达到[^，]{1,24}标准|位列|创成|建成[^，]{0,12}(?:县|市|区|"
    r"社会|城市|体系|工程|平台|项目|园区|高校|学校|机关|单位|灌区|小区)|基本建成"
)


_WEAK = re.compile(
    r"(?:优先)?采用|优先|取消|不得|设立(?:界|标)|淘汰|[^，]{2,}纳入[^，]*名[录单]$|纳入[^，]*名[录单]$"
)
_FOR_ALL = re.compile(r"全部|均|全面|一律|全覆盖")
_CREATES = re.compile(r"创建|建设")
_LAST_ACT = re.compile(r"[^，]{2,30}?(?:会同|牵头|负责)[^，]{0,20}?(?=编制|制定|建设|开展|完成|组织|实施)")


def read_milestones(parsed: Parsed) -> list[Draft]:
    """Return the milestones of a passage: result clauses that a date governs and no value states."""
    if parsed.context.is_past:
        return []
    found: list[Draft] = []
    starts = parsed.starts
    subject: tuple[str, ...] = ()
    sentence = -1
    for clause in parsed.clauses:
        if clause.sentence != sentence:
            sentence, subject = clause.sentence, ()
        subject = _subject(parsed, clause) or subject
        has_figures = bisect_left(starts, clause.end) > bisect_left(starts, clause.start)
        if has_figures and not _is_classed(parsed, clause, bisect_left(starts, clause.start)):
            continue
        if _is_milestone(parsed, clause):
            found.extend(_drafts(parsed, clause, subject))
    return found


def _is_classed(parsed: Parsed, clause: Clause, first: int) -> bool:
    """Return whether all figures of a clause only single out a class."""
    last = bisect_left(parsed.starts, clause.end)
    return all(parsed.classing[quantity.start] for quantity in parsed.quantities[first:last])


def _is_milestone(parsed: Parsed, clause: Clause) -> bool:
    reign = parsed.governance.at(clause.end - 1)
    if reign.day is None or reign.is_past or not reign.is_explicit:
        return False
    words = parsed.masked[clause.start : clause.end]
    is_told = _PAST.search(words) or "个月内" in words or _is_rule(parsed, clause)
    if is_told:
        return False
    if parsed.context.role is PassageRole.GENERAL_TARGETS:
        return len(words) > 3 and bool(_GENERAL_RESULT.search(words)) and not _VISION.search(words)
    if DATE in words and only_says_done(words):
        return _object_before(parsed, clause) is not None
    if len(words.strip("▦▢")) < 4 or words.endswith("的"):
        return False
    prefix = _PREFIX.match(words)
    rest = words[prefix.end() :] if prefix else words
    is_weak = reign.is_from_row and _WEAK.match(rest) and not _FOR_ALL.search(words)
    return not is_weak and not reign.is_reached_back and _states_result(rest, words)


def _states_result(rest: str, words: str) -> bool:
    """Return whether a clause, its softening words taken off as `rest`, states a result and no wish."""
    opening = _RESULT.match(rest)
    head = rest.rsplit("的", 1)[-1] if opening else rest
    if _VISION.search(head) and not re.search(r"位列|全覆盖|标准$|全部纳入|均纳入", rest):
        return False
    if _ACTIVITY.match(rest):
        return bool(re.search(r"全覆盖|全部(?:完成|纳入|退出|建成)|创建成功|按期完成$", rest))
    return _has_result(rest, words)


def _is_rule(parsed: Parsed, clause: Clause) -> bool:
    """Return whether the clause only says what a class of things must always be."""
    first = bisect_left(parsed.starts, clause.start)
    has_class = bisect_left(parsed.starts, clause.end) > first
    has_day = _MUST_BY_DAY.search(parsed.masked, clause.start, clause.end)
    return has_class and not has_day and bool(_MUST.search(parsed.masked, clause.start, clause.end))


def _has_result(rest: str, words: str) -> bool:
    opening = _RESULT.match(rest)
    if opening is not None:
        return len(rest) > len(opening[0]) or bool(
            re.match(r"(?:创建成功|达标|到位|完成.|竣工|投产|验收|投入运行|投入使用|投运|开工|上线)", rest)
        )
    return bool(
        _STRONG.search(words) or _MEETS.search(words) or (_SUBJECT_VERB.search(rest) and _after_noun(rest))
    )


def _after_noun(rest: str) -> bool:
    found = _SUBJECT_VERB.search(rest)
    return found is not None and found.start() >= 2 and not re.search(r"的$", rest[: found.start()])


def _subject(parsed: Parsed, clause: Clause) -> tuple[str, ...]:
    start = clause.start
    while start < clause.end and parsed.masked[start] in "▦，":
        start += 1
    places, rest = leading_places(parsed.masked, start, clause.end)
    if not places or not re.match(
        r"(?:▢*)(?:要|应|须|必须|需|分别|完成|建成|负责|▦|$|达到|实现|按|制定|在▦)",
        parsed.masked[rest : rest + 4],
    ):
        return ()
    return tuple(n for place in places if not is_jurisdiction(n := parsed.surface.words(*place), parsed))


def _drafts(parsed: Parsed, clause: Clause, subject: tuple[str, ...]) -> list[Draft]:
    reign = parsed.governance.at(clause.end - 1)
    start = without_leading_marks(parsed.masked, clause.start, clause.end)
    words = parsed.masked[start : clause.end]
    prefix = _PREFIX.match(words)
    metric, own = _named(parsed, clause, start + (prefix.end() if prefix else 0))
    pairs = _by_date(parsed, clause, reign) or [(place, reign.day) for place in subject or own or (None,)]
    return [
        Draft(
            start=start,
            end=clause.end,
            metric=metric or parsed.surface.words(start, clause.end),
            kind=TargetKind.MILESTONE,
            op=Operator.EQUAL,
            value=None,
            unit=None,
            scope=place,
            deadline=day,
            is_hedged=bool(re.search(r"力争|争取|基本|力求", words)),
            confidence=min(0.85, reign.confidence),
            alternatives=reign.alternatives,
        )
        for place, day in pairs
    ]


def _named(parsed: Parsed, clause: Clause, start: int) -> tuple[str, tuple[str, ...]]:
    """Return the metric of a result clause and the class that it is for."""
    if only_says_done(parsed.masked[start : clause.end]) and (place := _object_before(parsed, clause)):
        return _named_in(parsed, *place)
    return _named_in(parsed, start, clause.end)


def _object_before(parsed: Parsed, clause: Clause) -> tuple[int, int] | None:
    """Return the object that `2024年6月底前完成` leaves to a clause before it, or None.

    `创建成功` goes back to what is created; a clause with figures has its own targets.
    """
    index = bisect_left(parsed.clauses, clause.start, key=lambda each: each.start) - 1
    if index < 0 or parsed.clauses[index].sentence != clause.sentence:
        return None
    before = parsed.clauses[index]
    if "创建成功" in parsed.masked[clause.start : clause.end]:
        sentence = (each for each in parsed.clauses[max(0, index - 5) : index + 1])
        same = [each for each in sentence if each.sentence == clause.sentence]
        made = [each for each in same if _CREATES.search(parsed.masked, each.start, each.end)]
        before = made[-1] if made else before
    if bisect_left(parsed.starts, before.end) > bisect_left(parsed.starts, before.start):
        return None
    begin = without_leading_marks(parsed.masked, before.start, before.end)
    act = _LAST_ACT.match(parsed.masked, begin, before.end)
    phrase = phrase_before(parsed.masked, act.end() if act else begin, before.end)
    return (phrase.start, before.end) if before.end - phrase.start > 1 else None


def _named_in(parsed: Parsed, start: int, end: int) -> tuple[str, tuple[str, ...]]:
    found = result_of(parsed.masked, start, end)
    metric = parsed.surface.words(found.start, found.end)
    if found.tail is not None:
        metric += parsed.surface.words(*found.tail)
    return without_remnant(metric.strip("的，")), (parsed.surface.words(*found.scope),) if found.scope else ()


def _by_date(parsed: Parsed, clause: Clause, reign: Reign) -> list[tuple[str | None, date | None]]:
    """Return who must do it by when, in `甲和乙分别于2022年底和2025年底完成`."""
    found = re.match(r"(?P<who>[^，]{2,40}?)分别", parsed.masked[clause.start : clause.end])
    if found is None or len(reign.days) < 2:
        return []
    who = re.split(r"[、和与及]", parsed.surface.words(clause.start, clause.start + found.end("who")))
    return list(zip(who, reign.days, strict=True)) if len(who) == len(reign.days) else []
