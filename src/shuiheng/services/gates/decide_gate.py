"""An officer confirms the outcome of a gate; where it differs from the conditions, with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import GateRecord
from shuiheng.allowances.gates import GateOutcome, GateResult
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.rules.conditions import FactValue
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.gates.keep_fact import document_of
from shuiheng.services.gates.keep_project import LONGEST, open_project, tell_project
from shuiheng.services.gates.look_at_gates import GateLine, look_at_gates
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import sight


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDecision:
    """What an officer decides of a gate.

    Args:
        outcome: `passed`, `failed`, `unknown` or `not_asked`.
        reason: Why; needed where the conditions come to something else.
        document: Key of a document of the project, or None.
    """

    outcome: str
    reason: str = ""
    document: int | None = None


def decide_gate(actor: Actor, project: int, gate: str, decision: GateDecision) -> GateRecord:
    """Write down the outcome of a gate that an officer confirms; an earlier one is superseded.

    Raises:
        ServiceError: `gates.outcome`: there is no such outcome; `gates.differs`: it is another one than
            the conditions come to, and no reason is given; `gates.closed`.
        NotThereError, NotPermittedError: The project is not the actor's, or the gate is not asked of it.
    """
    account = require(actor, Action.GATES_DECIDE)
    with transaction.atomic():
        row = open_project(account, Action.GATES_DECIDE, project)
        looked = look_at_gates(sight(account, Action.GATES_LOOK), row, timezone.localdate())
        line = looked.line(gate)
        if line is None:
            raise NotThereError(f"gate:{gate}")
        _refuse(line, decision)
        document = document_of(row, decision.document)
        now = timezone.now()
        if line.record is not None:
            line.record.superseded_at = now
            line.record.save(update_fields=["superseded_at"])
        record = GateRecord.objects.create(
            project=row,
            gate=gate,
            computed=line.result.outcome.value,
            outcome=decision.outcome,
            values=_values(line.result),
            rules=[citation_json(each) for each in line.result.citations],
            reason=decision.reason.strip()[:LONGEST],
            document=document,
            decided_by=account,
            decided_at=now,
        )
        tell_project(
            account,
            "project.gate_decided",
            row,
            reason=record.reason,
            before={"gate": gate, "outcome": line.record.outcome} if line.record is not None else None,
            after={"gate": gate, "outcome": record.outcome, "computed": record.computed},
        )
    return record


def _refuse(line: GateLine, decision: GateDecision) -> None:
    if decision.outcome not in [each.value for each in GateOutcome]:
        raise ServiceError("gates.outcome")
    if decision.outcome != line.result.outcome.value and not decision.reason.strip():
        raise ServiceError("gates.differs")


def _values(result: GateResult) -> dict[str, dict[str, str | None]]:
    """Return the facts on which it rested, with what they were held against."""
    return {
        each.condition.fact: {
            "value": None if each.known is None else _said(each.known.value),
            "origin": "" if each.known is None else each.known.origin,
            "limit": None if each.limit is None else str(each.limit),
        }
        for each in result.checks
    }


def _said(value: FactValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
