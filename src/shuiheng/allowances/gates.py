"""Gates that a project or the renewal of a permit has to pass, with clause and evidence (准入条件).

A gate is data: conditions over named facts. It passes, fails, is not asked of a project, or stays unknown
while a fact or a rule is missing. Nothing here decides; an officer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import unique_citations
from shuiheng.rules.basis import Basis, bases_now
from shuiheng.rules.conditions import Checked, Ground, Group, Truth, facts_of, judge, rules_of
from shuiheng.rules.parameter import Asked


class GateOutcome(StrEnum):
    """How a project stands to a gate."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate (准入条件).

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        kinds: Of which kinds of project it is asked.
        stage: The stage at which it has to be passed.
        applies: When it is asked.
        passes: When it is passed.
        evidence: What has to be shown, in `zh` and `en`.
        bases: The clauses, each for its place.
        instead_of: The gate that is not asked where this one holds, or nothing.
    """

    id: str
    names: Mapping[str, str]
    kinds: frozenset[str]
    stage: str
    applies: Group
    passes: Group
    evidence: Mapping[str, str]
    bases: tuple[Basis, ...]
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """How a project stands to a gate (审查结果).

    Args:
        gate: The gate.
        outcome: What the conditions come to.
        checks: The conditions that decided it, in their order.
        bases: The clauses that hold in the place on the day.
        missing: What is missing while it is unknown, each once.
    """

    gate: Gate
    outcome: GateOutcome
    checks: tuple[Checked, ...]
    bases: tuple[Citation, ...]
    missing: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the clauses and the rules that were used, each once."""
        return unique_citations((*self.bases, *(each.citation for each in self.checks)))


def asked_gates(gates: Iterable[Gate], *, kind: str, asked: Asked) -> tuple[Gate, ...]:
    """Return the gates that are asked of a kind of project in a place on a day, in their order.

    Each has only the clauses that speak of that kind there.
    """
    named = (each for each in gates if kind in each.kinds)
    spoken = ((each, bases_now(each.bases, asked, kind=kind)) for each in named)
    found = [replace(gate, bases=bases) for gate, bases in spoken if bases]
    replaced = {each.instead_of for each in found}
    return tuple(each for each in found if each.id not in replaced)


def look_at_gate(gate: Gate, ground: Ground) -> GateResult:
    """Return how a project stands to a gate (审查结果).

    It fails only on what is known, and passes only when everything is known that has to hold.
    """
    applies = judge(gate.applies, ground)
    if applies.truth in (Truth.UNSAID, Truth.BREAKS):
        judged, outcome = applies, GateOutcome.NOT_ASKED
    elif applies.truth is Truth.UNKNOWN:
        judged, outcome = applies, GateOutcome.UNKNOWN
    else:
        judged = judge(gate.passes, ground)
        outcome = _OUTCOMES[judged.truth]
    return GateResult(
        gate=gate,
        outcome=outcome,
        checks=judged.checks,
        bases=tuple(each.cited_by(f"gates/{gate.id}") for each in bases_now(gate.bases, ground.asked)),
        missing=judged.missing,
    )


def facts_of_gate(gate: Gate) -> frozenset[str]:
    """Return the names of the facts that a gate asks for."""
    return facts_of(gate.applies) | facts_of(gate.passes)


def rules_of_gate(gate: Gate) -> frozenset[str]:
    """Return the ids of the rules that a gate asks for."""
    return rules_of(gate.applies) | rules_of(gate.passes)


_OUTCOMES = {
    Truth.HOLDS: GateOutcome.PASSED,
    Truth.UNSAID: GateOutcome.PASSED,
    Truth.BREAKS: GateOutcome.FAILED,
    Truth.UNKNOWN: GateOutcome.UNKNOWN,
}
