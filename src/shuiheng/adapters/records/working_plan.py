"""A version as people work on it: the document, the compiled plan, and the decisions in it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from shuiheng.adapters.records.models import PlanDecision, PlanVersion
from shuiheng.plans import Plan, PlanKnowledge, SourceDocument
from shuiheng.plans.checks import check_plan
from shuiheng.plans.decide import (
    DecidedPlan,
    Decision,
    Doubt,
    ItemState,
    apply_decisions,
    decision_from_json,
    open_doubts,
)
from shuiheng.plans.document_json import document_from_json
from shuiheng.plans.plan_reading import plan_from_json

KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPlan:
    """What the reading page and publishing look at.

    Args:
        document: The document as it was read.
        compiled: The plan as the compiler made it.
        decided: The plan with all decisions that hold, and the findings about it as it now is.
        decisions: The decisions that hold, in order.
        doubts: What a person should still look at, most doubtful first.
    """

    document: SourceDocument
    compiled: Plan
    decided: DecidedPlan
    decisions: tuple[Decision, ...]
    doubts: tuple[Doubt, ...]


class NotCompiledError(LookupError):
    """The version has no compiled plan yet."""


_kept: OrderedDict[tuple[object, ...], WorkingPlan] = OrderedDict()
_lock = Lock()


def decisions_in_force(version: PlanVersion) -> tuple[Decision, ...]:
    """Return the decisions on a version that nobody took back, oldest first."""
    rows = PlanDecision.objects.filter(version=version, content__isnull=False, taken_back_by__isnull=True)
    return tuple(decision_from_json(row.content) for row in rows.order_by("pk"))


def working_plan(version: PlanVersion, knowledge: PlanKnowledge, *, as_of: date) -> WorkingPlan:
    """Return the plan of a version with its decisions; the last few are kept in memory.

    The checks run again on the plan as people decided it, so that a mended value no longer
    carries its warning. What the reader of the file found stays.

    Args:
        version: A compiled version.
        knowledge: Organisations, indicators and sources of the rulebook.
        as_of: Day for which passed deadlines and newer editions are judged.

    Raises:
        NotCompiledError: The version has not been compiled.
    """
    if version.compiled_as_of is None:
        raise NotCompiledError(version.pk)
    newest = PlanDecision.objects.filter(version=version).order_by("-pk").values_list("pk", "decided_at")
    job = version.jobs.order_by("-pk").values_list("pk", "ended_at")
    key = (version.pk, version.sha256, job.first(), newest.first(), as_of)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(version, knowledge, as_of=as_of)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _made(version: PlanVersion, knowledge: PlanKnowledge, *, as_of: date) -> WorkingPlan:
    document = document_from_json(version.source_json)
    compiled = plan_from_json(version.compiled_json)
    decisions = decisions_in_force(version)
    decided = apply_decisions(compiled, document, decisions)
    found = check_plan(decided.plan, document, knowledge, as_of=as_of)
    decided = replace(decided, plan=decided.plan.with_findings((*document.findings, *found)))
    return WorkingPlan(
        document=document,
        compiled=compiled,
        decided=decided,
        decisions=decisions,
        doubts=_open(decided),
    )


def _open(decided: DecidedPlan) -> tuple[Doubt, ...]:
    """Return the doubts about items that nobody has decided on."""
    touched = {(status.kind, status.id) for status in decided.statuses if status.state is not ItemState.OPEN}
    doubts = open_doubts(decided.plan, decided.plan.findings)
    return tuple(doubt for doubt in doubts if (doubt.kind, doubt.id) not in touched)
