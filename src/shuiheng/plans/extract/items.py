"""Assembling the items of a plan: tasks, targets, duties and thresholds with their ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shuiheng.plans.document import SourceDocument
from shuiheng.plans.extract.citations import cited_sources
from shuiheng.plans.extract.context import ReadingContext, Statements
from shuiheng.plans.extract.figure_tables import figure_table_targets
from shuiheng.plans.extract.numbering import (
    Owned,
    document_key,
    new_duties,
    new_thresholds,
    numbered,
    without_repeated,
)
from shuiheng.plans.extract.statements import statements
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import (
    CitedSource,
    Duty,
    Operator,
    PlanHeader,
    Target,
    TargetKind,
    Task,
    Threshold,
)
from shuiheng.plans.passage import FigureTable, Outline, Passage, PassageRole
from shuiheng.plans.plain_form import plain_form
from shuiheng.plans.resolve.indicators import indicator_of
from shuiheng.plans.resolve.sources import linked_sources

_PLAN_PERIOD = re.compile(r"((?:19|20)\d\d)年?[—－\-–~～至到]{1,2}(?:19|20)\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAN_YEARS = re.compile(r"十([一二三四五六七八九])五")
_ASKED = re.compile(r"到20\d\d年|20\d\d年(?:年?底|\d{1,2}月底?)之?前")
_PAST_SECTION = re.compile(
    r"现状|成就|成效|回顾|形势|存在问题|面临|完成情况|发展基础|工作基础|背景|主要进展|取得的"
)
_CREATES = re.compile(
    r"(?:计划|规划|累计|共|五年|四年|三年)*"
    r"(?:新建|改造|新增|建设|建成|完成|改善|恢复|更新|敷设|铺设|创建|打造|培育|治理|修复|扩建|组建)(?!后)"
)
_AHEAD_SECTION = re.compile(r"目标|任务|措施|行动|规划指标")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """Everything that a document states, numbered and linked.

    Args:
        tasks: Tasks in document order, each with the ids of its targets.
        targets: General targets first, then those of tasks.
        duties: Recurring reports and checks.
        thresholds: Numeric cut-offs.
        sources: What the document cites.
        mentions: Targets of body text that no task and no section of main targets carries.
    """

    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    mentions: tuple[Target, ...] = ()


def extract_items(outline: Outline, document: SourceDocument, knowledge: PlanKnowledge) -> Extracted:
    """Return the items that the passages and figure tables of a document state."""
    key = document_key(document.name)
    passages = [passage for passage in outline.passages if passage.wording.text]
    tasks = _tasks(key, [passage for passage in passages if passage.role is PassageRole.TASK])
    found = _sorted_out(outline, document, _read_all(outline.header, passages), tasks)

    def link(target: Target) -> Target:
        return replace(target, indicator=indicator_of(target.metric, target.unit, knowledge.indicators))

    tables = without_repeated(found.tables, found.owned)
    general = [*without_repeated(found.general, [*found.tables, *found.owned]), *tables]
    body = without_repeated(found.body, [*general, *found.owned])
    main = numbered(key, "T", [*general, *found.owned, *body], link)
    ids: dict[str, list[str]] = {}
    for target in main:
        ids.setdefault(target.task or "", []).append(target.id)
    return Extracted(
        tasks=tuple(replace(task, targets=tuple(ids.get(task.id, ()))) for task in tasks),
        targets=main,
        duties=tuple(replace(duty, id=f"{key}-D{n:02d}") for n, duty in enumerate(found.duties, 1)),
        thresholds=tuple(replace(item, id=f"{key}-R{n:02d}") for n, item in enumerate(found.thresholds, 1)),
        sources=linked_sources(cited_sources(document, own_title=outline.header.title), knowledge.sources),
        mentions=numbered(key, "M", found.mentions, link),
    )


@dataclass(slots=True, kw_only=True)
class _Sorted:
    """Items by whom they belong to, before they have ids."""

    general: list[Owned] = field(default_factory=list)
    tables: list[Owned] = field(default_factory=list)
    owned: list[Owned] = field(default_factory=list)
    body: list[Owned] = field(default_factory=list)
    mentions: list[Owned] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)


def _sorted_out(
    outline: Outline,
    document: SourceDocument,
    read: Sequence[tuple[Passage, Statements]],
    tasks: Sequence[Task],
) -> _Sorted:
    found = _Sorted()
    ids = iter(tasks)
    body: list[Statements] = []
    for passage, stated in read:
        if passage.role is PassageRole.TASK:
            task = next(ids).id
            found.owned.append((task, stated.targets))
            found.duties.extend(replace(duty, task=task) for duty in stated.duties)
            found.thresholds.extend(replace(item, task=task) for item in stated.thresholds)
            continue
        is_general = passage.role is PassageRole.GENERAL_TARGETS
        binding = tuple(t for t in stated.targets if is_general or (not tasks and _is_binding(t)))
        others = tuple(t for t in stated.targets if t not in binding)
        (found.general if is_general else found.body).append((None, binding))
        found.mentions.append((None, others))
        body.append(stated)
    found.duties.extend(new_duties((duty for stated in body for duty in stated.duties), found.duties))
    found.thresholds.extend(
        new_thresholds((item for stated in body for item in stated.thresholds), found.thresholds)
    )
    _add_tables(found, outline, document, tasks)
    return found


def _is_binding(target: Target) -> bool:
    """Return whether a target of body text asks for something by a day, each year, or as work to do."""
    if target.deadline is not None or target.annual:
        return True
    if target.kind is TargetKind.COUNT and _CREATES.match(target.quote):
        return True
    return target.kind in {TargetKind.LEVEL, TargetKind.REDUCTION} and target.op is not Operator.EQUAL


def _add_tables(found: _Sorted, outline: Outline, document: SourceDocument, tasks: Sequence[Task]) -> None:
    """Add the targets of figure tables to their task, or to the general ones."""
    places = {task: place for place, (task, _) in enumerate(found.owned)}
    year = _last_year_before(outline.header)
    for table in outline.figure_tables:
        targets = figure_table_targets(document, table, known_year=year)
        if table.task_index is not None and table.task_index < len(tasks):
            place = places[tasks[table.task_index].id]
            task, own = found.owned[place]
            found.owned[place] = (task, (*own, *targets))
        elif not _tells_past(table, known_year(outline.header)):
            found.tables.append((None, targets))


def _tells_past(table: FigureTable, year: int | None) -> bool:
    """Return whether a table shows what was achieved."""
    words = [*(heading.text for heading in table.path), table.title.text]
    if year is not None and any(_ended_before(year, word) for word in words):
        return True
    return any(_PAST_SECTION.search(word) for word in words)


def _tasks(key: str, passages: Sequence[Passage]) -> tuple[Task, ...]:
    tasks = []
    for number, passage in enumerate(passages, 1):
        span = passage.wording.span
        if span is None:
            continue
        tasks.append(
            Task(
                id=f"{key}-{number:03d}",
                path=passage.path,
                text=passage.wording.text,
                span=span,
                page=passage.page,
                number=passage.number,
                units=passage.units,
                rule=passage.rule,
                due=passage.due,
                due_text=passage.due_text,
                confidence=passage.confidence,
                alternatives=passage.alternatives,
            )
        )
    return tuple(tasks)


def _read_all(header: PlanHeader, passages: Sequence[Passage]) -> list[tuple[Passage, Statements]]:
    """Read every passage; a section of main targets hands its deadline to its next passage."""
    year = known_year(header) or year_of_asks(passages)
    read: list[tuple[Passage, Statements]] = []
    day: date | None = None
    path: tuple[str, ...] = ()
    for passage in passages:
        headings = tuple(heading.text for heading in passage.path)
        goes_on = passage.role is PassageRole.GENERAL_TARGETS and headings == path
        context = ReadingContext(
            role=passage.role,
            page=passage.page,
            known_year=year,
            jurisdiction=header.jurisdiction,
            day_before=day if goes_on else None,
            due=passage.due,
            is_past=_is_past(passage, headings, year),
        )
        stated = statements(passage.wording, context=context)
        day, path = stated.last_day, headings
        read.append((passage, stated))
    return read


def known_year(header: PlanHeader) -> int | None:
    """Return the year by which past years are told: of issue, or the first that the title names."""
    named = _YEAR.search(header.title) or _YEAR.search(header.number or "")
    if header.issued is not None:
        return header.issued.year
    if named:
        return int(named[0])
    plan = _PLAN_YEARS.search(header.title)
    return _last_year(plan) - 4 if plan else None


def _last_year_before(header: PlanHeader) -> int | None:
    """Return the last year whose column in a table shows what was: a plan for 2023-2025 sets 2023."""
    years = _PLAN_PERIOD.search(header.title) if header.issued is None else None
    return int(years[1]) - 1 if years else known_year(header)


def year_of_asks(passages: Sequence[Passage]) -> int | None:
    """Return the first year of the five-year plan that the earliest deadline falls in, or None.

    It stands in for the year of a document that carries none, so that results told of an
    earlier plan are not taken for targets.
    """
    words = (word for p in passages for word in _ASKED.findall(plain_form(p.wording.text)))
    asked = [int(year[0]) for word in words if (year := _YEAR.search(word))]
    return 5 * ((min(asked) - 1) // 5) + 1 if asked else None


def _last_year(plan: re.Match[str]) -> int:
    """Return the last year of a five-year plan: 2025 for 十四五."""
    return 1960 + 5 * (10 + "一二三四五六七八九".index(plan[1]))


def _ended_before(year: int, heading: str) -> bool:
    """Return whether a heading names a five-year plan that had ended by then."""
    plan = _PLAN_YEARS.search(heading)
    return plan is not None and _last_year(plan) < year


def _is_past(passage: Passage, headings: Sequence[str], year: int | None) -> bool:
    """Return whether a section tells of the past: its headings say so and none looks ahead."""
    if passage.role in {PassageRole.PREAMBLE, PassageRole.NOTE}:
        return True
    if year is not None and any(_ended_before(year, heading) for heading in headings):
        return True
    nearest = next((h for h in reversed(headings) if _PAST_SECTION.search(h) or _AHEAD_SECTION.search(h)), "")
    return bool(_PAST_SECTION.search(nearest)) and not _AHEAD_SECTION.search(nearest)
