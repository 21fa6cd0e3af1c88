"""A compiled plan as JSON (docs/formats/compiled-plan.md); `plan_reading` is the way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.kernel import Finding, Span
from shuiheng.plans.model import Alternative, CitedSource, Duty, Plan, Target, Task, Threshold

FORMAT = "shuiheng.plan/1"
Json = dict[str, Any]


def plan_json(plan: Plan) -> Json:
    """Return the plan as plain JSON values, in the compiled-plan format."""
    header = plan.header
    return {
        "format": FORMAT,
        "document": plan.document,
        "title": header.title,
        "jurisdiction": header.jurisdiction,
        "issued": _day(header.issued),
        "stage": header.stage,
        "number": header.number,
        "issuers": list(header.issuers),
        "tasks": [task_json(task) for task in plan.tasks],
        "targets": [target_json(target) for target in plan.targets],
        "duties": [duty_json(duty) for duty in plan.duties],
        "thresholds": [threshold_json(threshold) for threshold in plan.thresholds],
        "sources": [_source_json(source) for source in plan.sources],
        "conventions": [
            {"code": c.code, "quote": c.quote, "span": _span(c.span), "units": list(c.units)}
            for c in plan.conventions
        ],
        "mentions": [target_json(target) for target in plan.mentions],
        "findings": [finding_json(finding) for finding in plan.findings],
    }


def task_json(task: Task) -> Json:
    """Return one task as plain JSON values."""
    return {
        "id": task.id,
        "path": [heading.text for heading in task.path],
        "path_spans": [_span(heading.span) for heading in task.path],
        "text": task.text,
        "lead": list(task.lead),
        "participants": list(task.participants),
        "targets": list(task.targets),
        "span": _span(task.span),
        "page": task.page,
        "number": task.number,
        "units": [
            {
                "name": unit.name,
                "role": unit.role.value,
                "span": _span(unit.span),
                "is_inherited": unit.is_inherited,
                "full_name": unit.full_name,
                "organisation": unit.organisation,
                "score": round(unit.score, 3),
            }
            for unit in task.units
        ],
        "rule": task.rule.value,
        "due": _day(task.due),
        "due_text": task.due_text,
        "confidence": round(task.confidence, 3),
        "alternatives": _alternatives(task.alternatives),
    }


def target_json(target: Target) -> Json:
    """Return one target as plain JSON values."""
    return {
        "id": target.id,
        "task": target.task,
        "quote": target.quote,
        "metric": target.metric,
        "scope": target.scope,
        "kind": target.kind.value,
        "op": target.op.value,
        "value": _number(target.value),
        "value_max": _number(target.value_max),
        "unit": target.unit,
        "baseline_year": target.baseline_year,
        "deadline": _day(target.deadline),
        "annual": target.annual,
        "cumulative": target.cumulative,
        "span": _span(target.span),
        "page": target.page,
        "stretch": (
            {"op": target.stretch[0].value, "value": _number(target.stretch[1])} if target.stretch else None
        ),
        "is_hedged": target.is_hedged,
        "is_binding": target.is_binding,
        "baseline_value": _number(target.baseline_value),
        "part_of": target.part_of,
        "indicator": (
            {"id": target.indicator.id, "score": round(target.indicator.score, 3)}
            if target.indicator
            else None
        ),
        "confidence": round(target.confidence, 3),
        "alternatives": _alternatives(target.alternatives),
    }


def duty_json(duty: Duty) -> Json:
    """Return one duty as plain JSON values."""
    rule = duty.due_rule
    return {
        "id": duty.id,
        "task": duty.task,
        "quote": duty.quote,
        "what": duty.what,
        "frequency": duty.frequency,
        "due": duty.due,
        "due_rule": (
            {"months_after": rule.months_after, "day": rule.day, "is_workday": rule.is_workday}
            if rule
            else None
        ),
        "by": list(duty.by),
        "to": list(duty.to),
        "span": _span(duty.span),
        "page": duty.page,
        "confidence": round(duty.confidence, 3),
        "alternatives": _alternatives(duty.alternatives),
    }


def threshold_json(threshold: Threshold) -> Json:
    """Return one threshold as plain JSON values."""
    return {
        "id": threshold.id,
        "task": threshold.task,
        "quote": threshold.quote,
        "applies_to": threshold.applies_to,
        "quantity": threshold.quantity,
        "op": threshold.op.value,
        "value": _number(threshold.value),
        "unit": threshold.unit,
        "effect": threshold.effect,
        "span": _span(threshold.span),
        "page": threshold.page,
        "confidence": round(threshold.confidence, 3),
        "alternatives": _alternatives(threshold.alternatives),
    }


def finding_json(finding: Finding) -> Json:
    """Return one finding as plain JSON values, without its sentence."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "span": _span(finding.span) if finding.span else None,
        "page": finding.page,
        "evidence": finding.evidence,
        "values": dict(finding.values),
    }


def _source_json(source: CitedSource) -> Json:
    return {
        "title": source.title,
        "number": source.number,
        "span": _span(source.span),
        "page": source.page,
        "source": source.source,
        "superseded_by": source.superseded_by,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _alternatives(alternatives: tuple[Alternative, ...]) -> list[Json]:
    return [{"field": a.field, "value": a.value, "reason": a.reason} for a in alternatives]
