"""The way from a read document to a compiled plan, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from shuiheng.plans.checks import check_plan
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.extract import extract_items
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import Duty, Plan, Target, Task, Threshold
from shuiheng.plans.resolve.units import with_organisations
from shuiheng.plans.segment import segment

COMPILER = "plans/1"
Item = TypeVar("Item", Task, Target, Duty, Threshold)


def compile_plan(document: SourceDocument, knowledge: PlanKnowledge, *, as_of: date) -> Plan:
    """Return the plan that `document` states, with the findings about it.

    Args:
        document: A document as its reader left it.
        knowledge: Organisations, indicators and sources of the rulebook.
        as_of: Day for which passed deadlines and newer editions are judged.
    """
    outline = segment(document, knowledge)
    outline = replace(outline, passages=with_organisations(outline.passages, knowledge))
    items = extract_items(outline, document, knowledge)

    def on_page(found: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(replace(item, page=document.page_at(item.span.start)) for item in found)

    plan = Plan(
        document=document.name,
        header=outline.header,
        tasks=on_page(items.tasks),
        targets=on_page(items.targets),
        duties=on_page(items.duties),
        thresholds=on_page(items.thresholds),
        sources=items.sources,
        conventions=outline.conventions,
        mentions=on_page(items.mentions),
    )
    return plan.with_findings((*document.findings, *check_plan(plan, document, knowledge, as_of=as_of)))
