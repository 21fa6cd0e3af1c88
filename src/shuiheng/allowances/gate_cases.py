"""Worked cases of permits and gates (算例): how they stand for what somebody redid by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.gates import Gate, GateOutcome, asked_gates, look_at_gate
from shuiheng.allowances.permit_terms import Idle, PermitLife, PermitTerms, permit_standing
from shuiheng.allowances.rule_fields import number_field, text_field
from shuiheng.rules.conditions import Ground, Known
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, Value
from shuiheng.rules.worked_case import WorkedCase

FLAGS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateKnowledge:
    """What cases refer to: gates by id, and the rules."""

    gates: Mapping[str, Gate]
    book: Rulebook


def gate_case(case: WorkedCase, knowledge: GateKnowledge) -> Mapping[str, Value]:
    """Return what a case of a permit or of a gate comes to, by name (算例结果).

    Raises:
        BadRuleError: The case has a kind or a form that is not known here.
    """
    if case.kind == "permit":
        return _permit(case)
    if case.kind == "gate":
        return _gate(case, knowledge)
    raise BadRuleError(case.id, f"there is no kind {case.kind}")


def _permit(case: WorkedCase) -> Mapping[str, Value]:
    """Return status, last day of asking and the findings of a permit; rules play the parts of its terms."""
    since = _day(case, "idle_since")
    life = PermitLife(
        subject=case.id,
        begins_on=_day(case, "begins_on"),
        expires_on=_day(case, "expires_on"),
        renewal_asked_on=_day(case, "renewal_asked_on"),
        approved_on=_day(case, "approved_on"),
        begun_on=_day(case, "begun_on"),
        idle=None if since is None else Idle(since=since, has_gaps="has_gaps" in case.given),
    )
    on = date.fromisoformat(text_field(case.given, "day", rule=case.id))
    lead = int(number_field(case.given, "lead_days", rule=case.id, default=Decimal(0)))
    standing = permit_standing(life, PermitTerms(**case.rules), on=on, lead_days=lead)
    due = standing.renewal_due_on
    return {
        "status": standing.status.value,
        "due": "" if due is None else due.isoformat(),
        "findings": tuple(each.finding.code for each in standing.findings),
    }


def _gate(case: WorkedCase, knowledge: GateKnowledge) -> Mapping[str, Value]:
    """Return the outcome of a gate with what is missing; a gate without a clause there is not asked."""
    name = text_field(case.given, "gate", rule=case.id)
    if name not in knowledge.gates:
        raise BadRuleError(case.id, f"there is no gate {name}")
    asked = Asked(
        area=str(case.given.get("area", "")),  # a code reads as a number
        on=date.fromisoformat(text_field(case.given, "day", rule=case.id)),
    )
    kind = text_field(case.given, "kind", rule=case.id, default="new")
    if name not in {each.id for each in asked_gates(knowledge.gates.values(), kind=kind, asked=asked)}:
        return {"outcome": GateOutcome.NOT_ASKED.value, "missing": ()}
    facts = case.given.get("facts", {})
    if not isinstance(facts, Mapping):
        raise BadRuleError(case.id, "facts must be values by name")
    known = {fact: Known(value=_fact(case, value)) for fact, value in facts.items()}
    result = look_at_gate(knowledge.gates[name], Ground(facts=known, book=knowledge.book, asked=asked))
    return {"outcome": result.outcome.value, "missing": result.missing}


def _fact(case: WorkedCase, value: Value) -> bool | Decimal | str:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise BadRuleError(case.id, "a fact is a number or a word")
    return FLAGS.get(value, value)


def _day(case: WorkedCase, name: str) -> date | None:
    return date.fromisoformat(text_field(case.given, name, rule=case.id)) if name in case.given else None
