"""A compiled plan from its JSON; decimals stay exact."""

from __future__ import annotations

import json
from decimal import Decimal

from shuiheng.kernel import Finding, Severity
from shuiheng.kernel.json_fields import Fields, JsonFormatError
from shuiheng.plans.model import (
    Alternative,
    CitedSource,
    Convention,
    DueRule,
    Duty,
    Heading,
    IndicatorMatch,
    Operator,
    Plan,
    PlanHeader,
    Target,
    TargetKind,
    Task,
    Threshold,
    UnitMention,
    UnitRole,
    UnitRule,
)


def loads(text: str) -> Plan:
    """Return the plan that `text` holds in the compiled-plan format.

    Raises:
        JsonFormatError: The text is not JSON, or a field is missing or of the wrong form.
    """
    try:
        source = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise JsonFormatError(f"line {error.lineno}", error.msg) from error
    return plan_from_json(source)


def plan_from_json(source: object) -> Plan:
    """Return the plan of JSON values that `plan_json` made.

    Raises:
        JsonFormatError: A field is missing or of the wrong form; the error names its place.
    """
    fields = Fields(source, "plan")
    header = PlanHeader(
        title=fields.take("title", str),
        jurisdiction=fields.get("jurisdiction", str),
        issued=fields.day("issued"),
        stage=fields.get("stage", str),
        number=fields.get("number", str),
        issuers=tuple(fields.each("issuers", lambda f: f.itself(str))),
    )
    return Plan(
        document=fields.take("document", str),
        header=header,
        tasks=tuple(fields.each("tasks", task_from_json)),
        targets=tuple(fields.each("targets", target_from_json)),
        duties=tuple(fields.each("duties", duty_from_json)),
        thresholds=tuple(fields.each("thresholds", threshold_from_json)),
        sources=tuple(fields.each("sources", _source_from)),
        conventions=tuple(fields.each("conventions", _convention_from)),
        mentions=tuple(fields.each("mentions", target_from_json)),
        findings=tuple(fields.each("findings", finding_from_json)),
    )


def task_from_json(fields: Fields) -> Task:
    """Return the task at `fields`."""
    texts = fields.each("path", lambda f: f.itself(str))
    spans = fields.each("path_spans", lambda f: f.itself_span())
    if len(texts) != len(spans):
        raise JsonFormatError(f"{fields.place}.path_spans", "must be as long as path")
    return Task(
        id=fields.take("id", str),
        path=tuple(Heading(text=text, span=span) for text, span in zip(texts, spans, strict=True)),
        text=fields.take("text", str),
        span=fields.span("span"),
        page=fields.get("page", int),
        number=fields.get("number", str),
        units=tuple(fields.each("units", _unit_from)),
        rule=fields.word("rule", UnitRule),
        due=fields.day("due"),
        due_text=fields.get("due_text", str),
        targets=tuple(fields.each("targets", lambda f: f.itself(str))),
        confidence=_certainty(fields),
        alternatives=_alternatives_from(fields),
    )


def target_from_json(fields: Fields) -> Target:
    """Return the target at `fields`."""
    stretch, indicator = fields.at("stretch"), fields.at("indicator")
    return Target(
        id=fields.take("id", str),
        task=fields.get("task", str),
        quote=fields.take("quote", str),
        span=fields.span("span"),
        page=fields.get("page", int),
        metric=fields.take("metric", str),
        scope=fields.get("scope", str),
        kind=fields.word("kind", TargetKind),
        op=fields.word("op", Operator),
        value=fields.number("value"),
        value_max=fields.number("value_max"),
        unit=fields.get("unit", str),
        baseline_year=fields.get("baseline_year", int),
        deadline=fields.day("deadline"),
        annual=bool(fields.get("annual", bool)),
        cumulative=fields.get("cumulative", bool),
        stretch=(
            (stretch.word("op", Operator), stretch.number("value") or Decimal(0)) if stretch.source else None
        ),
        is_hedged=bool(fields.get("is_hedged", bool)),
        is_binding=fields.get("is_binding", bool),
        baseline_value=fields.number("baseline_value"),
        part_of=fields.get("part_of", str),
        indicator=(
            IndicatorMatch(id=indicator.take("id", str), score=float(indicator.number("score") or 0))
            if indicator.source
            else None
        ),
        confidence=_certainty(fields),
        alternatives=_alternatives_from(fields),
    )


def duty_from_json(fields: Fields) -> Duty:
    """Return the duty at `fields`."""
    rule = fields.at("due_rule")
    return Duty(
        id=fields.take("id", str),
        task=fields.get("task", str),
        quote=fields.take("quote", str),
        span=fields.span("span"),
        page=fields.get("page", int),
        what=fields.take("what", str),
        frequency=fields.take("frequency", str),
        due=fields.get("due", str),
        due_rule=(
            DueRule(
                months_after=rule.take("months_after", int),
                day=rule.take("day", int),
                is_workday=bool(rule.get("is_workday", bool)),
            )
            if rule.source
            else None
        ),
        by=tuple(fields.each("by", lambda f: f.itself(str))),
        to=tuple(fields.each("to", lambda f: f.itself(str))),
        confidence=_certainty(fields),
        alternatives=_alternatives_from(fields),
    )


def threshold_from_json(fields: Fields) -> Threshold:
    """Return the threshold at `fields`."""
    value = fields.number("value")
    if value is None:
        raise JsonFormatError(f"{fields.place}.value", "expected a number")
    return Threshold(
        id=fields.take("id", str),
        task=fields.get("task", str),
        quote=fields.take("quote", str),
        span=fields.span("span"),
        page=fields.get("page", int),
        applies_to=fields.take("applies_to", str),
        quantity=fields.take("quantity", str),
        op=fields.word("op", Operator),
        value=value,
        unit=fields.take("unit", str),
        effect=fields.take("effect", str),
        confidence=_certainty(fields),
        alternatives=_alternatives_from(fields),
    )


def finding_from_json(fields: Fields) -> Finding:
    """Return the finding at `fields`."""
    values = fields.take("values", dict)
    return Finding(
        code=fields.take("code", str),
        severity=fields.word("severity", Severity),
        subject=fields.take("subject", str),
        span=None if fields.at("span").source is None else fields.span("span"),
        page=fields.get("page", int),
        evidence=fields.take("evidence", str),
        values=tuple((str(name), str(value)) for name, value in values.items()),
    )


def _unit_from(fields: Fields) -> UnitMention:
    return UnitMention(
        name=fields.take("name", str),
        role=fields.word("role", UnitRole),
        span=fields.span("span"),
        is_inherited=bool(fields.get("is_inherited", bool)),
        full_name=fields.get("full_name", str),
        organisation=fields.get("organisation", str),
        score=float(fields.number("score") or 0),
    )


def _source_from(fields: Fields) -> CitedSource:
    return CitedSource(
        title=fields.take("title", str),
        number=fields.get("number", str),
        span=fields.span("span"),
        page=fields.get("page", int),
        source=fields.get("source", str),
        superseded_by=fields.get("superseded_by", str),
    )


def _convention_from(fields: Fields) -> Convention:
    return Convention(
        code=fields.take("code", str),
        quote=fields.take("quote", str),
        span=fields.span("span"),
        units=tuple(fields.each("units", lambda f: f.itself(str))),
    )


def _alternatives_from(fields: Fields) -> tuple[Alternative, ...]:
    return tuple(
        fields.each(
            "alternatives",
            lambda f: Alternative(
                field=f.take("field", str), value=f.take("value", str), reason=f.take("reason", str)
            ),
        )
    )


def _certainty(fields: Fields) -> float:
    value = fields.number("confidence")
    return 1.0 if value is None else float(value)
