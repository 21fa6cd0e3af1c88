"""Saving evaluations of projects up to the end of a quarter (节水评价登记): how many, with what result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone

from shuiheng.adapters.records.models import GateRecord, Project
from shuiheng.adapters.records.queries_evaluations import (
    evaluation_papers,
    evaluation_records,
    registered_projects,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.metering.civil_time import month_after
from shuiheng.services.gates.project_facts import OWN_WATERS, planned_water

MONTHS_OF_QUARTER, QUARTERS = 3, 4


class Evaluated(StrEnum):
    """How the saving evaluation of a project stands."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter of a year, 1 to 4 (季度)."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """First day."""
        return date(self.year, (self.number - 1) * MONTHS_OF_QUARTER + 1, 1)

    @property
    def behind(self) -> date:
        """First day of the next quarter."""
        return month_after(date(self.year, self.number * MONTHS_OF_QUARTER, 1))

    @property
    def last(self) -> date:
        """Last day."""
        return self.behind - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The evaluation of a project as it stood at the end of the quarter.

    Args:
        project: The project.
        state: How it stood.
        planned_m3: Planned water of a year, or None when the form does not tell.
        record: What an officer confirmed, or None.
        papers: What shows it: chapter, conclusion and registration number; empty when nothing was entered.
        is_of_quarter: Whether it was confirmed in the quarter.
    """

    project: Project
    state: Evaluated
    planned_m3: Decimal | None
    record: GateRecord | None
    papers: str
    is_of_quarter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The evaluations of all projects at the end of a quarter."""

    quarter: Quarter
    rows: Sequence[Evaluation]

    def counts(self) -> Mapping[str, int]:
        """Return how many stand how."""
        return {state.value: sum(each.state is state for each in self.rows) for state in Evaluated}

    def of_quarter(self) -> Mapping[str, int]:
        """Return how many were confirmed in the quarter with which result."""
        found = [each for each in self.rows if each.is_of_quarter]
        return {state: sum(each.state == state for each in found) for state in ("passed", "failed")}

    @property
    def rate(self) -> Decimal | None:
        """Share of the projects that need an evaluation and have one (节水评价开展率); None without any."""
        counts = self.counts()
        done = counts["passed"] + counts["failed"]
        due = done + counts["open"]
        return Decimal(done) / due if due else None


def quarter_of(day: date) -> Quarter:
    """Return the quarter in which a day lies."""
    return Quarter(year=day.year, number=(day.month - 1) // MONTHS_OF_QUARTER + 1)


def evaluation_report(seen: Sight, quarter: Quarter) -> EvaluationReport:
    """Return the evaluations of the projects in sight as they stood at the end of a quarter.

    A project needs one when it takes surface water or groundwater itself; while its form does not tell, that
    is unknown. What an officer confirmed counts before that.
    """
    records, papers = evaluation_records(seen, quarter.behind), evaluation_papers(seen, quarter.behind)
    rows = [
        _evaluation(project, records.get(project.pk), papers.get(project.pk, ""), quarter)
        for project in registered_projects(seen, quarter.behind)
        if not project.is_closed or project.pk in records
    ]
    return EvaluationReport(quarter=quarter, rows=rows)


def _evaluation(project: Project, record: GateRecord | None, papers: str, quarter: Quarter) -> Evaluation:
    planned = planned_water(project)
    return Evaluation(
        project=project,
        state=_state(planned, record),
        planned_m3=sum(planned.values(), Decimal(0)) if planned else None,
        record=record,
        papers=papers,
        is_of_quarter=record is not None and quarter.first <= timezone.localdate(record.decided_at),
    )


def _state(planned: Mapping[str, Decimal], record: GateRecord | None) -> Evaluated:
    if record is not None and record.outcome != Evaluated.UNKNOWN:
        return Evaluated(record.outcome)
    if not planned:
        return Evaluated.UNKNOWN
    own = sum((planned.get(water, Decimal(0)) for water in OWN_WATERS), Decimal(0))
    return Evaluated.OPEN if own > 0 else Evaluated.NOT_ASKED
