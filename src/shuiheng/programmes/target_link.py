"""Which programme, indicator or list of the ledger serves a target of a plan (目标挂接)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from shuiheng.plans.model import Plan, Target, TargetKind
from shuiheng.programmes.elision import is_headless, is_nameless
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.target_servers import ServerSort, TargetServer, Wording, server_under

TRUSTED_SCORE = 0.75
"""Likeness from which the compiler's indicator is taken; below it the words only look alike."""
_CHANGES = (TargetKind.REDUCTION, TargetKind.INCREMENT)
_LEVELS_AND_CHANGES = (TargetKind.LEVEL, *_CHANGES)
_FILLING = re.compile(r"[\s“”‘’\"《》〈〉]")
_ASIDE = re.compile(r"[（(][^（()）]{0,40}[）)]")
_JOINTS = re.compile(r"[、，,；;]|以及|或者|(?<!普)及|和|或")
_BRACKETS = re.compile(r"[（()）]")
_LEVEL = re.compile(r"(国家|省|市|县|区)级")
_LEVEL_ASIDE = re.compile(r"[（(](国家|省|市|县|区)级[）)]")
_LEVELS = {"国家": "nation", "省": "province", "市": "city", "县": "county", "区": "county"}
_HEAD = re.compile(r"节水型|节水示范|节水标杆|水效领跑者")
_MAKING = re.compile(
    r"全市|全区|全县|全省|累计|新增|完成|创建|建成|建设|打造|培育|开展|实施|推荐|申报|遴选出?|达到|新建|更新|更换|封填|推进|组织"
)
_ORGAN = re.compile(rf"机关|单位|机构|部门|{_MAKING.pattern}")
"""Words between a level and a title by which the level is not that of the title."""
_LEAST_PIECE, _LEAST_NAME = 2, 5
_DAILY = "_day"


class LinkBasis(StrEnum):
    """By which words a link was found, the surest first (挂接依据)."""

    METRIC = "metric"
    WHOLE = "whole"
    QUOTE = "quote"
    TASK = "task"


class LinkGap(StrEnum):
    """Why nothing serves a target (未挂接原因).

    `outside`: its words are of another field. `unit`: what it names is counted in other units. `unknown`: no
    word of it is known.
    """

    OUTSIDE = "outside"
    UNIT = "unit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Served:
    """A count or rate of a kind of programme, by their ids (统计口径)."""

    kind: str
    counting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLink:
    """What serves one target (目标挂接).

    Args:
        target: Id of the target.
        programmes: Counts of programmes that give its value; of several together, a subject counts once.
        indicators: Indicators that give its value.
        duties: Duties whose lists in the ledger show it.
        level: Level of the result that is asked, when only cases of that level count.
        narrowed_by: Words before the name, by which fewer cases may be meant (规模以上高耗水行业节水型企业).
        basis: The words by which it was linked, or None.
        gap: Why nothing serves it, or None.
        gap_words: What shows the gap: the field, the kind that counts in other units, or the metric.
    """

    target: str
    programmes: tuple[Served, ...] = ()
    indicators: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    level: str | None = None
    narrowed_by: tuple[str, ...] = ()
    basis: LinkBasis | None = None
    gap: LinkGap | None = None
    gap_words: str = ""

    @property
    def is_linked(self) -> bool:
        """Return whether something serves the target."""
        return self.gap is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """What targets are linked by (挂接知识).

    Args:
        servers: What can serve targets, in the order in which equally long words are preferred.
        units: Units of measures in which an amount can be counted, by the unit as plans write it.
        indicators: Ids of indicators by the names that plans give them.
    """

    servers: tuple[TargetServer, ...]
    units: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, str]

    def under(self, kinds: Mapping[str, ProgrammeKind]) -> Linking:
        """Return the same with the words and counts of kinds as a city has them."""
        return replace(self, servers=tuple(server_under(each, kinds) for each in self.servers))

    def units_of(self, target: Target) -> tuple[str | None, ...]:
        """Return the units in which the amount of a target can be counted; none for an unknown one."""
        return (None,) if target.unit is None else self.units.get(target.unit, ())

    def named_in(self, words: str) -> str | None:
        """Return the indicator of the longest name that some words hold, short names aside; or None."""
        found = [name for name in self.indicators if len(name) >= _LEAST_NAME and name in words]
        return self.indicators[max(found, key=len)] if found else None

    def indicator_of(self, target: Target) -> str | None:
        """Return the indicator that gives the value of a target, or None.

        The compiler's choice is taken when it is sure; else, for a target that is no count, the longest
        name that stands in the metric (万元GDP用水量比2020年下降).
        """
        if target.indicator is not None and target.indicator.score >= TRUSTED_SCORE:
            return target.indicator.id
        metric = _bare(target.metric)
        named = (
            [word for word in self.indicators if word in metric] if target.kind in _LEVELS_AND_CHANGES else []
        )
        return self.indicators[max(named, key=len)] if named else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A server with the count that serves, and the word by which it was found."""

    server: TargetServer
    counting: str
    word: str


def link_plan(plan: Plan, linking: Linking) -> tuple[TargetLink, ...]:
    """Return what serves each target of a plan, in its order (目标挂接).

    A milestone whose own words name nothing (年度任务) takes the programme of the other targets of its
    task, when they have one and the same. A target that only names a measure (日处理能力), or says that
    something is everywhere now (实现全覆盖), speaks of what the target before it in its task is about.
    """
    targets = {target.id: target for target in plan.targets}
    texts = {task.id: "".join(step.text for step in task.path[-1:]) + task.text for task in plan.tasks}
    links = {
        target.id: link_target(
            target,
            linking,
            whole=targets.get(target.part_of or ""),
            task_text=texts.get(target.task or "", ""),
        )
        for target in plan.targets
    }
    for target in plan.targets:
        if links[target.id].gap is LinkGap.UNKNOWN and is_nameless(target):
            beside = {links[each.id].programmes for each in plan.targets if each.task == target.task} - {()}
            if len(beside) == 1:
                links[target.id] = TargetLink(target=target.id, programmes=beside.pop(), basis=LinkBasis.TASK)
    for before, target in pairwise(plan.targets):
        goes_on = target.task == before.task and is_headless(target)
        if links[target.id].gap is LinkGap.UNKNOWN and goes_on:
            links[target.id] = _after(target, links[before.id], linking) or links[target.id]
    return tuple(links[target.id] for target in plan.targets)


def link_target(
    target: Target, linking: Linking, *, whole: Target | None = None, task_text: str = ""
) -> TargetLink:
    """Return what serves a target, or why nothing does (目标挂接).

    The words of the metric decide; where they name nothing, those of the target of which this one is a
    part, then the whole clause, and last the task, when it gives in full what the metric only hints at. A
    longer word goes before a shorter one; general words (制度, 方案) come after all others.

    Args:
        target: A target of a compiled plan.
        linking: What can serve targets.
        whole: The target of which it is a part, or None.
        task_text: Heading and text of its task; empty for a general target.
    """
    metric, units = _bare(target.metric), linking.units_of(target)
    special = [
        each for each in linking.servers if each.sort is not ServerSort.OUTSIDE and not each.is_general
    ]
    indicator = linking.indicator_of(target)
    for basis, parts in _readings(target, whole, _bare(task_text)):
        if indicator is not None and (basis is not LinkBasis.METRIC or target.kind in _CHANGES):
            return _link(target, LinkBasis.METRIC, (), indicator)
        if found := _found(parts, special, units, target.unit):
            return _link(target, basis, found, indicator)
        is_said = basis is LinkBasis.METRIC and indicator is None
        if is_said and (field := _outside(metric, linking)):
            return TargetLink(target=target.id, gap=LinkGap.OUTSIDE, gap_words=field)
    general = [each for each in linking.servers if each.is_general]
    if found := _found(_parts(metric), general, units, target.unit):
        return _link(target, LinkBasis.METRIC, found, indicator)
    if alone := _in_task(metric, _bare(task_text), special, units):
        return _link(target, LinkBasis.TASK, alone, indicator)
    return _named_or_open(target, special, linking)


def _named_or_open(target: Target, servers: Sequence[TargetServer], linking: Linking) -> TargetLink:
    """Return the indicator that the clause names in full, or why nothing serves the target."""
    if named := linking.named_in(_bare(target.metric)) or linking.named_in(_bare(target.quote)):
        return _link(target, LinkBasis.QUOTE, (), named)
    if other := _found(_parts(_bare(target.metric)), servers, (None,), target.unit):
        return TargetLink(target=target.id, gap=LinkGap.UNIT, gap_words=other[0].server.id)
    return TargetLink(target=target.id, gap=LinkGap.UNKNOWN, gap_words=target.metric)


def _readings(
    target: Target, whole: Target | None, task_text: str
) -> Iterable[tuple[LinkBasis, tuple[str, ...]]]:
    """Yield the words in which a target may name what it counts, the surest first."""
    metric = _bare(target.metric)
    yield LinkBasis.METRIC, _parts(_BRACKETS.sub("", _LEVEL_ASIDE.sub("", metric)))
    yield LinkBasis.METRIC, _parts(metric)
    if whole is not None:
        yield LinkBasis.WHOLE, _parts_of_whole(metric, _bare(whole.metric))
    yield LinkBasis.QUOTE, _parts(_bare(target.quote))
    for head in dict.fromkeys(_HEAD.findall(task_text)):
        yield LinkBasis.TASK, (head + _LEVEL.sub("", metric),)


def _link(target: Target, basis: LinkBasis, found: Sequence[_Found], indicator: str | None) -> TargetLink:
    counted = [each for each in found if each.server.sort is ServerSort.PROGRAMME]
    programmes = [Served(each.server.id, each.counting) for each in counted]
    duties = [each.server.id for each in found if each.server.sort is ServerSort.DUTY]
    is_given = indicator is not None and (not programmes or _is_share(target))
    metric, words = _bare(target.metric), [each.word for each in counted if not each.server.is_general]
    return TargetLink(
        target=target.id,
        programmes=tuple(dict.fromkeys(programmes)),
        indicators=(indicator,) if indicator is not None and is_given else (),
        duties=tuple(dict.fromkeys(duties)),
        level=_level(metric, words),
        narrowed_by=_narrowed_by(metric, words),
        basis=basis,
    )


def _after(target: Target, before: TargetLink, linking: Linking) -> TargetLink | None:
    """Return what serves a target that goes on about what another one is served by, in its own unit."""
    is_share = _is_share(target) or target.kind is TargetKind.MILESTONE
    if before.indicators and is_share:
        return replace(before, target=target.id, basis=LinkBasis.TASK)
    units = sorted(
        linking.units_of(target), key=lambda each: (_DAILY in (each or "")) != ("日" in target.metric)
    )
    servers = {each.id: each for each in linking.servers}
    found = [
        Served(each.kind, counting)
        for each in before.programmes
        if each.kind in servers
        and (counting := _counting_in(servers[each.kind], each.counting, units)) is not None
    ]
    return TargetLink(target=target.id, programmes=tuple(found), basis=LinkBasis.TASK) if found else None


def _is_share(target: Target) -> bool:
    return target.unit in {"%", "‰", "百分点"}


def _level(metric: str, words: Sequence[str]) -> str | None:
    """Return the level of the result that a metric asks for (省级节水型企业, 节水型企业（省级）).

    A level before other words is theirs: 市级机关建成节水型单位 does not ask for a title of the city.
    """
    if aside := _LEVEL_ASIDE.search(metric):
        return _LEVELS[aside[1]]
    plain = _BRACKETS.sub("", metric)
    for match in _LEVEL.finditer(plain):
        rest = plain[match.end() :].removeprefix("以上")
        title = _HEAD.search(rest)
        if title is not None and _ORGAN.search(rest[: title.start()]):
            continue  # 区级机关建成节水型单位: the level is that of the organ, the title comes later
        if rest and any(rest.startswith(word) or word.endswith(rest) for word in words):
            return _LEVELS[match[1]]
    return None


def _narrowed_by(metric: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words before each name that are neither a level nor a verb of making."""
    plain = _LEVEL.sub("", _BRACKETS.sub("", _LEVEL_ASIDE.sub("", metric)))
    before = (_JOINTS.split(plain[: plain.find(word)])[-1] for word in words if word in plain)
    left = (_MAKING.sub("", part).removeprefix("以上") for part in before)
    return tuple(dict.fromkeys(part for part in left if part))


def _bare(words: str) -> str:
    return _FILLING.sub("", words)


def _parts(words: str) -> tuple[str, ...]:
    """Return the items of a list, each with the head that only the first one prints (节水型小区、学校)."""
    parts = [part for part in _JOINTS.split(_ASIDE.sub("", words)) if part]
    if not parts:
        return (words,)
    head = _HEAD.search(parts[0])
    if head is None:
        return tuple(parts)
    return (parts[0], *(part if _HEAD.search(part) else head[0] + part for part in parts[1:]))


def _parts_of_whole(metric: str, whole: str) -> tuple[str, ...]:
    """Return the items of the whole that a part names (市级灌区 of 节水型机关、灌区), or all of them."""
    parts, core = _parts(whole), _LEVEL.sub("", metric)
    return tuple(part for part in parts if core and core in part) or parts


def _found(
    parts: Iterable[str],
    servers: Sequence[TargetServer],
    units: Sequence[str | None],
    written: str | None,
) -> tuple[_Found, ...]:
    """Return the servers of each item, in the order of the items."""
    return tuple(found for part in parts for found in _best(part, servers, units, written))


def _best(
    words: str, servers: Sequence[TargetServer], units: Sequence[str | None], written: str | None
) -> list[_Found]:
    """Return the servers of the longest word in an item: several only where they share that word."""
    found = [each for server in servers if (each := _longest(words, server, units, written)) is not None]
    if not found:
        return []
    word = max((each.word for each in found), key=len)
    return [each for each in found if each.word == word]


def _longest(
    words: str, server: TargetServer, units: Sequence[str | None], written: str | None
) -> _Found | None:
    best: _Found | None = None
    for wording in server.wordings:
        counting = _counting(server, wording, units)
        if counting is None or not _fits(words, wording, written):
            continue
        word = max((each for each in wording.words if each in words), key=len, default="")
        if word and (best is None or len(word) > len(best.word)):
            best = _Found(server, counting, word)
    return best


def _fits(words: str, wording: Wording, written: str | None) -> bool:
    has_unit = not wording.units or written in wording.units
    return has_unit and not any(word in words for word in wording.without)


def _counting(server: TargetServer, wording: Wording, units: Sequence[str | None]) -> str | None:
    return wording.counting if not server.countings else _counting_in(server, wording.counting, units)


def _counting_in(server: TargetServer, meant: str, units: Sequence[str | None]) -> str | None:
    """Return the count of a server in the first unit in which it has one."""
    return next((found for unit in units if (found := server.counting_of(unit, meant)) is not None), None)


def _in_task(
    metric: str, task_text: str, servers: Sequence[TargetServer], units: Sequence[str | None]
) -> tuple[_Found, ...]:
    """Return the one programme of which the task gives the full words and the metric a piece (诊断)."""
    core = _LEVEL.sub("", _ASIDE.sub("", metric))
    found: dict[str, _Found] = {}
    for server in servers if len(core) >= _LEAST_PIECE else ():
        for wording in server.wordings if server.sort is ServerSort.PROGRAMME else ():
            words = [word for word in wording.words if core in word and word in task_text]
            counting = _counting(server, wording, units)
            if words and counting is not None:
                found.setdefault(server.id, _Found(server, counting, max(words, key=len)))
    return tuple(found.values()) if len(found) == 1 else ()


def _outside(metric: str, linking: Linking) -> str:
    fields = [each for each in linking.servers if each.sort is ServerSort.OUTSIDE]
    best = _best(metric, fields, (None,), None)
    return best[0].server.id if best else ""
