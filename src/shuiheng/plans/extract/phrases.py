"""Noun phrases of targets: verbs and hedges stripped, elided heads restored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shuiheng.plans.extract.places import inner_place, is_core, leading_places, without_whole

MAKING = tuple(
    re.findall(
        r"\S+",
        "建成 建设 创建 打造 培育 完成 开展 实施 推动 推进 选择 挑选 遴选出 遴选 评选出 评选 申报 "
        "争创 发展 举办 组织 培训 推广 认定 命名 支持 设立 布设 建立 制定 编制 发布 形成 树立 推出 "
        "推广应用 示范推广 策划 引进 设置 "
        "铺设 敷设 发行 种植 举行 召开 抽查 检查 测试 评价 验收 配备 安装 布局 "
        "落实 达标 启动 储备 谋划 招募 征集 创成 "
        "获评 实现 投运 投产 开工 建立健全 完善 选树 选取 抽取 办好 保障 制修订 制订 修订 聘请 兴建 "
        "构建 更换 购置 引导 指导 帮助 督促 发放 印发 投放 组建 办理 安排 探索 试点 转化 扶持 孵化 取得 ",
    )
)
CHANGING = tuple(
    re.findall(
        r"\S+",
        "新建改造 新（改、扩）建 新改建 新扩建 改扩建 新建 改建 扩建 更新改造 改造 更新 新增 治理 "
        "整治 淘汰 关闭 关停 修复 改善 恢复 封填 封停 压减 拆除 提升改造 植树造林 提标改造 "
        "封存 压采 置换 封闭 退出 搬迁 清淤 疏浚 衬砌 加固 除险加固 增殖 ",
    )
)
_REDUCING = r"(?:降低|下降|减少|压减|削减|消减|压缩|缩减|节约|递减)(?:了)?(?:率|幅度)?(?:达到|为|达)?"
_RAISING = r"(?:提高|提升|增加|增长|上升|增幅|扩大)(?:率|幅度)?(?:达到|为|达)?"
_REACHING = (
    r"(?:提高|提升|增加|增长|上升|扩大|发展|恢复|稳定|提高了?|覆盖|"
    r"增至)?(?:达到|到|至)|(?:力争|争取)?达到?|突破|稳定(?:保持)?在|保持在|"
    r"维持在|保持"
)
_LOWERING = r"(?:降低|下降|降|减少|减|压减|压缩|缩减|控制|削减|回落)(?:到|至)|(?:稳定)?控制在|限制在|控制"
_EQUALLING = r"为|是|占|(?<![审统设会预累])计|共计|合计|总计"
_VERB_AT_END = re.compile(
    rf"(?:(?P<lowering>{_LOWERING})|(?P<reaching>{_REACHING})|"
    rf"(?P<reducing>{_REDUCING})|(?P<raising>{_RAISING})|"
    rf"(?P<equalling>{_EQUALLING}))$"
)
_ADVERB_AT_END = re.compile(
    r"(?:累计|均|都|严格|分别|各自|各|应当|要|应|须|必须|需|力争|争取|确保|保证|"
    r"原则上|稳定|逐步|总体|平均|将|基本|预期|进一步|最高|每年|年均|全年|"
    r"不断|同比"
    r"|全部|普遍|一般|力求|努力|至少|宜|可|也|达到?|总量(?=▦)|相比|[▦▢]+|(?<=▦)[、和与及]|"
    r"每人|较上年|比上年|较基准年|按照?|率先|大幅|全面|同步|每日|每天|每小时|▦+的|(?:由|从)[^，]{1,30}|持续|合计|在|逐年|至|以上|"
    r"左右)$"
)
_BASE_AT_END = re.compile(
    r"(?:较|比|与|同)?▦+(?:相比|水平|基础上)?$|(?:较|比)(?:上年|上一年|基准年|同期)(?:水平)?$"
)
_HEAD = re.compile(
    r"(?:▦+(?:[、和与及]▦+)*|其中[，：]?|同时|并且|而且|且|并(?!网)|同步|以及|和|及|与|或|力争|"
    r"争取|确保|努力|使得?|对|将|把|于|在(?=▦)|继续|基本|全面|累计|原则上|"
    r"稳步|积极|率先|顺利"
    r"|[一二三四五两\d]年(?:内|累计|(?=更新|改造|新建|新增|建成|完成|治理|推广|敷设|铺设))|分别|各自|再(?!生)|共(?!用|享|建)|合计|总共|计划|预计|保证|至少|每年|"
    r"年均|全年|平均|要|应当|应|须|必须|需(?!水|求)|"
    r"可(?!再|持|渗|透|循|回|利|燃|腐|控)|逐步|有序|按时|如期|(?:高质量|"
    r"高标准)(?=[建创打完推开实])"
    r"|省内|市内|力求|推动形成|适时|还|均|都|也|实现|控制(?![率在线区])|"
    r"以(?![上下内])|按照?|根据实际|因地制宜|所有|[-·•]+|[▦]|"
    r"每(?=[^年月季半个]))"
)
_LOCATIVE = re.compile(
    r"在[^，；]{1,80}?(?:等?(?:行业|领域|方面|区域|范围内?|环节|地区|单位|企业|园|流域|沿线|片区)|内|中|等)(?=[\u4e00-\u9fff])"
)
_VERB_HEAD = re.compile(
    "(?:"
    + "|".join(sorted(map(re.escape, MAKING), key=len, reverse=True))
    + ")(?:了)?(?!率|量|面积|水平(?!衡))"
)
_CHANGE_HEAD = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, CHANGING), key=len, reverse=True)) + "|新▢+建|新▢+)"
)
_NEW_OR_WIDER = re.compile(r"(?:新|改|扩)▢+建")
_REMNANT = re.compile(
    r"^(?:[、，；的]|(?:和(?!解|谐|田|平)|以及|并(?!网|联|购)|及(?!时)|与)(?:完善|健全|推广|实施|落实|推动|发布)?|(?:完善|推动)(?=[^，]{4}))+"
)
_EACH = re.compile(r"分别|[均都]▦*[^，]{0,8}$|各自|均分别")
_ACT_AT_END = re.compile(
    "(?:"
    + "|".join(sorted(map(re.escape, (*MAKING, "改造", "新增", "新建", "扩建")), key=len, reverse=True))
    + ")(?:了)?$"
)
_OPENS_WITH_ACT = re.compile(r"▦*(?:全面|基本|全[市区县省]|力争)*(?:完成|实施|开展|推进|新增)")
METRIC_END = re.compile(
    r"(?:率|量|系数|面积|强度|能耗|水耗|比例|比重|排放|水平|总数|规模|浓度|"
    r"长度|数量|占比|消耗|能力|产值|装机|指标|容量|里程|指数|水质|度|单耗|"
    r"损失|成本"
    r"|增加值|蓄积|人口|覆盖|产能|数|得分|投资|收入|周期|时间|占用|范围)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words before a quantity, taken apart.

    Args:
        start: First character of the noun phrase.
        end: Behind its last character; `start` when nothing is left.
        places: Places that the phrase begins with.
        verb: `reaching`, `lowering`, `reducing`, `raising`, `equalling` or None, by the last verb.
        making: Whether a verb of making, building or changing opens it.
        is_cumulative: Whether it says 累计.
        kept: Verb right before the number that belongs to the name of what is made (新增).
        is_each: Whether it says 分别, 均, 各 or 都.
    """

    start: int
    end: int
    places: tuple[tuple[int, int], ...] = ()
    verb: str | None = None
    making: bool = False
    is_cumulative: bool = False
    is_each: bool = False
    kept: str = ""


def phrase_before(masked: str, start: int, end: int, *, is_rate: bool = False) -> Phrase:
    """Return the noun phrase between `start` and a quantity at `end`, with what governs it.

    A verb of making in front is part of the name of a measured thing (建成区绿地率), so it is
    only taken off where the phrase names things to make.
    """
    tail_end, verb = _without_tail(masked, start, end)
    words = masked[max(start, tail_end - 12) : tail_end]
    is_measured = bool(METRIC_END.search(words) or words.endswith("的")) and (is_rate or verb is not None)
    head, places, making = _without_head(masked, start, tail_end, is_measured=is_measured)
    words = masked[start:end]
    return Phrase(
        start=min(head, tail_end),
        end=tail_end,
        places=tuple(places),
        verb=verb,
        making=making,
        is_cumulative="累计" in words,
        is_each=bool(_EACH.search(words)),
    )


def with_act_at_end(masked: str, phrase: Phrase) -> Phrase:
    """Return the phrase emptied when it ends in a verb whose object stands behind the number.

    In `公共机构推动15个试点` the object is counted, not the subject; `甲、乙等6处灌区` counts what follows.
    """
    if masked[phrase.start : phrase.end].endswith("等"):
        return replace(phrase, start=phrase.end, making=True)
    if _NEW_OR_WIDER.fullmatch(masked[phrase.start : phrase.end]):
        return replace(phrase, start=phrase.end, making=True)
    found = _ACT_AT_END.search(masked[phrase.start : phrase.end])
    if found is None or phrase.verb is not None:
        return phrase
    kept = found[0] if found[0] in {"新增", "新建", "扩建", "改造"} else ""
    return replace(phrase, start=phrase.end, making=True, kept=kept)


def without_remnant(metric: str) -> str:
    """Return a metric without the end of a verb group in front (`和完善…`, `、达产的…`, `的…`)."""
    rest = _REMNANT.sub("", metric)
    return rest if len(rest) > 1 else metric


def without_locative(masked: str, start: int, end: int) -> int:
    """Return where a phrase begins behind words for where it is done (`在造纸等行业`)."""
    found = _LOCATIVE.match(masked, start, end)
    return found.end() if found else start


def noun_after(masked: str, start: int, end: int) -> tuple[int, int]:
    """Return the noun phrase behind a quantity."""
    while start < end and masked[start] in "的左右▢" and not masked.startswith("左岸", start):
        start += 1
    return start, end


def _without_tail(masked: str, start: int, end: int) -> tuple[int, str | None]:
    verb: str | None = None
    floor = start
    for _ in range(8):
        window = masked[max(floor, end - 12) : end]
        found = None if verb else _VERB_AT_END.search(window)
        if found and (found["raising"] or found["reducing"]) and _OPENS_WITH_ACT.match(masked, start, end):
            found = None
        if found:
            if verb is None:
                verb = next(name for name, words in found.groupdict().items() if words)
            end -= len(found[0])
            continue
        stripped = _BASE_AT_END.search(window) or _ADVERB_AT_END.search(window)
        if not stripped:
            break
        end -= len(stripped[0])
    return max(end, start), verb


def _without_head(
    masked: str, start: int, end: int, *, is_measured: bool
) -> tuple[int, list[tuple[int, int]], bool]:
    places: list[tuple[int, int]] = []
    making = False
    for _ in range(12):
        before = start
        head = _HEAD.match(masked, start, end)
        start = head.end() if head else start
        inner = None if places else inner_place(masked, start, end)
        if inner:
            places, start = [inner[0]], inner[1]
        locative = _LOCATIVE.match(masked, start, end)
        start = locative.end() if locative else start
        start = without_whole(masked, start, end)
        if not places:
            found, behind = leading_places(masked, start, end)
            if not (making and is_core(masked[start:behind])):
                places, start = found, behind
        verb = _VERB_HEAD.match(masked, start, end)
        if verb and making and verb.end() == end:
            break
        if verb and (not is_measured or verb.end() == end):
            start, making = verb.end(), True
        elif _CHANGE_HEAD.match(masked, start, end):
            return start, places, True
        if start == before:
            break
    return start, places, making
