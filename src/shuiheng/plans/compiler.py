"""The way from a read document to a compiled plan, stage by stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shuiheng.plans.checks import check_plan
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.extract import extract_items
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import Plan
from shuiheng.plans.resolve.units import with_organisations
from shuiheng.plans.segment import segment

COMPILER = "plans/1"


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
    plan = Plan(
        document=document.name,
        header=outline.header,
        tasks=items.tasks,
        targets=items.targets,
        duties=items.duties,
        thresholds=items.thresholds,
        sources=items.sources,
        conventions=outline.conventions,
        mentions=items.mentions,
    )
    return plan.with_findings((*document.findings, *check_plan(plan, document, knowledge, as_of=as_of)))
