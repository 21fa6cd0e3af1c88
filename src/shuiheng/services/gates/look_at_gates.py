"""Hold a project against the gates of its place: what passes, fails, or cannot be told, with the clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.models import GateFact, GateRecord, Project
from shuiheng.adapters.records.queries_gates import entered_facts, standing_records
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.gates import shipped_gates
from shuiheng.allowances.gates import GateOutcome, GateResult, asked_gates, facts_of_gate, look_at_gate
from shuiheng.rules.conditions import Ground, Known
from shuiheng.rules.parameter import Asked
from shuiheng.services.gates.project_facts import project_facts
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """A gate of a project with what an officer confirmed.

    Args:
        result: What the conditions come to now.
        record: The outcome that stands, or None.
    """

    result: GateResult
    record: GateRecord | None

    @property
    def is_stale(self) -> bool:
        """Whether the conditions come to something else now than when it was confirmed."""
        return self.record is not None and self.record.computed != self.result.outcome.value

    @property
    def standing(self) -> str:
        """What counts: the confirmed outcome, else what the conditions come to."""
        return self.record.outcome if self.record is not None else self.result.outcome.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A project held against its gates on a day."""

    project: Project
    on: date
    facts: Mapping[str, Known]
    entered: Mapping[str, GateFact]
    lines: Sequence[GateLine]

    def line(self, gate: str) -> GateLine | None:
        """Return the line of a gate, or None when it is not asked here."""
        return next((each for each in self.lines if each.result.gate.id == gate), None)

    def counts(self) -> Mapping[str, int]:
        """Return how many gates stand how."""
        return {
            outcome.value: sum(each.standing == outcome.value for each in self.lines)
            for outcome in GateOutcome
        }

    def asked_facts(self) -> frozenset[str]:
        """Return the names of the facts that some gate of the project asks for."""
        return frozenset(name for each in self.lines for name in facts_of_gate(each.result.gate))


def look_at_gates(seen: Sight, project: Project, on: date) -> Looked:
    """Return how a project stands to the gates of its place on a day; nothing is written.

    The values of a district count before those of its city.

    Args:
        seen: What the reader may see.
        project: The project.
        on: The day.
    """
    area = area_of_city(project.area) or area_of_city(project.place)
    asked = Asked(area=area, on=on)
    entered = entered_facts(seen, project)
    facts = project_facts(seen, project, entered, on)
    ground = Ground(facts=facts, book=rulebook_now(project.place), asked=asked)
    records = standing_records(seen, project)
    gates = asked_gates(shipped_gates(), kind=project.kind, asked=asked)
    return Looked(
        project=project,
        on=on,
        facts=facts,
        entered={row.name: row for row in entered},
        lines=[GateLine(result=look_at_gate(each, ground), record=records.get(each.id)) for each in gates],
    )
