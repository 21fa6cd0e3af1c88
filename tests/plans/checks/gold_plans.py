"""The labelled real plans, completed with the places of their words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

from places import SHARED
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.kernel import Span
from shuiheng.plans import (
    Block,
    BlockKind,
    CitedSource,
    OrganisationTerm,
    Plan,
    SourceDocument,
    UnitRule,
)
from shuiheng.plans.plan_reading import plan_from_json
from shuiheng.plans.wording import Wording, squeeze

PLACES = {"000": "慈溪市", "001": "无锡市", "002": "绍兴市", "003": "常州市", "004": "万州区"}
CITED = re.compile(r"《([^《》]{4,40})》(?:（([^（）]{4,30})）)?")
Json = dict[str, Any]


@cache
def gold_plan(number: str) -> tuple[Plan, SourceDocument]:
    """Return a labelled plan and its text; each item stands where its words first stand."""
    path = next((SHARED / "plans").glob(f"{number}_*.txt"))
    text = path.read_text("utf-8")
    whole = squeeze(text)
    source = json.loads((SHARED / "plans" / "gold" / f"{number}.json").read_text("utf-8"))
    at = 0
    homes: dict[str | None, int] = {None: 0}
    for task in source["tasks"]:
        at = max(_find(whole, task["text"], _table_start(whole, number, at)), 0)
        homes[task["id"]] = at
        _complete_task(task, whole, at, is_table=number != "003")
    for name in ("targets", "duties", "thresholds"):
        for item in source[name]:
            item["span"] = _span(whole, item["quote"], homes[item["task"]])
    plan = plan_from_json({**source, "jurisdiction": PLACES[number]})
    plan = replace(plan, sources=_citations(whole))
    return _with_organisations(plan), _document(path.name, text)


def _table_start(whole: Wording, number: str, at: int) -> int:
    """Rows of a plan with body and annex are looked for in the annex."""
    heads = {"002": "附表绍兴市节水行动任务分工序号", "004": "附件万州区节水行动实施方案重点任务分工表序号"}
    return max(at, whole.text.find(heads[number]) if number in heads else 0)


def _find(whole: Wording, words: str, at: int) -> int:
    found = whole.text.find(words, at)
    return found if found >= 0 else whole.text.find(words)


def _span(whole: Wording, words: str, at: int) -> list[int]:
    start = _find(whole, words, at)
    span = whole.span_of(start, start + len(words)) if start >= 0 else Span(0, 0)
    return [span.start, span.end]


def _complete_task(task: Json, whole: Wording, at: int, *, is_table: bool) -> None:
    task["span"] = _span(whole, task["text"], at)
    task["path_spans"] = [[0, 0] for _ in task["path"]]
    behind = at + len(task["text"])
    task["units"] = [
        {"name": name, "role": role, "span": _span(whole, name, behind)}
        for role, key in (("lead", "lead"), ("joint", "participants"))
        for name in task[key]
    ]
    task["rule"] = (UnitRule.TABLE_CELL if is_table else UnitRule.BRACKET_LABELS).value


def _citations(whole: Wording) -> tuple[CitedSource, ...]:
    return tuple(
        CitedSource(title=match.group(1), number=match.group(2), span=whole.span_of(*match.span()))
        for match in CITED.finditer(whole.text)
    )


def _with_organisations(plan: Plan) -> Plan:
    terms = load_knowledge().organisations
    tasks = tuple(
        replace(
            task, units=tuple(replace(u, organisation=_organisation(u.name, terms, plan)) for u in task.units)
        )
        for task in plan.tasks
    )
    return replace(plan, tasks=tasks)


def _organisation(name: str, terms: tuple[OrganisationTerm, ...], plan: Plan) -> str | None:
    bare = re.sub(rf"^(?:{plan.header.jurisdiction}|市|区)", "", name)
    return next((term.id for term in terms if bare in (term.name, *term.aliases)), None)


def _document(name: str, text: str) -> SourceDocument:
    blocks, start = [], 0
    for line in text.split("\n"):
        for piece in re.finditer(r"[^\t]+", line):
            if piece.group().strip():
                span = Span(start + piece.start(), start + piece.end())
                blocks.append(Block(kind=BlockKind.PARAGRAPH, span=span))
        start += len(line) + 1
    return SourceDocument(name=name, media_type="text/plain", text=text, blocks=tuple(blocks))
