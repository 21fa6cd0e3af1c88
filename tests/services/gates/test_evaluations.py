"""Saving evaluations are reported as they stood at the end of a quarter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from office import make_account
from services.gates.made import a_project
from shuiheng.adapters.records.models import Account, GateRecord, Project, Role
from shuiheng.services.gates.evaluations import (
    EvaluationReport,
    Quarter,
    evaluation_report,
    quarter_of,
)
from shuiheng.services.gates.keep_fact import EnteredFact, enter_fact
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
SECOND, THIRD = Quarter(year=2026, number=2), Quarter(year=2026, number=3)


def _registered(officer: Account, name: str, planned: dict[str, Decimal]) -> Project:
    project = a_project(officer, name=name, planned=planned)
    Project.objects.filter(pk=project.pk).update(made_at=datetime(2026, 4, 1, tzinfo=UTC))
    return project


def _decided(project: Project, outcome: str, at: datetime, until: datetime | None = None) -> None:
    GateRecord.objects.create(
        project=project,
        gate="saving_evaluation",
        computed="unknown",
        outcome=outcome,
        decided_by=project.made_by,
        decided_at=at,
        superseded_at=until,
    )


def _report(officer: Account, quarter: Quarter) -> EvaluationReport:
    return evaluation_report(sight(officer, Action.GATES_LOOK), quarter)


def test_quarters_hold_their_first_and_last_day() -> None:
    assert (SECOND.first, SECOND.last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert (quarter_of(date(2026, 6, 30)), quarter_of(date(2026, 7, 1))) == (SECOND, THIRD)
    assert Quarter(year=2026, number=4).behind == date(2027, 1, 1)


def test_a_project_stands_as_it_did_at_the_end_of_the_quarter(officer: Account) -> None:
    """Refused at 23:59 of 30 June by the clock of Beijing, passed a minute later, in the next quarter."""
    project = _registered(officer, "甲", {"surface": Decimal(1)})
    refused, passed = datetime(2026, 6, 30, 15, 59, tzinfo=UTC), datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
    _decided(project, "failed", refused, until=passed)
    _decided(project, "passed", passed)
    before, after = _report(officer, SECOND), _report(officer, THIRD)
    assert (before.counts()["failed"], before.of_quarter()) == (1, {"passed": 0, "failed": 1})
    assert (after.counts()["passed"], after.of_quarter()) == (1, {"passed": 1, "failed": 0})
    assert _report(officer, Quarter(year=2026, number=1)).rows == []


def test_the_rate_counts_what_needs_an_evaluation_and_leaves_the_unknown_out(officer: Account) -> None:
    taken = {"groundwater": Decimal(1)}
    for name, planned in (("甲", taken), ("乙", taken), ("丙", {"tap": Decimal(9)}), ("丁", {})):
        _registered(officer, name, planned)
    assert _report(officer, SECOND).rate == 0
    _decided(Project.objects.get(name="甲"), "failed", datetime(2026, 5, 1, tzinfo=UTC))
    report = _report(officer, SECOND)
    assert report.counts() == {"passed": 0, "failed": 1, "open": 1, "unknown": 1, "not_asked": 1}
    assert report.rate == Decimal("0.5")
    assert all(not each.is_of_quarter for each in _report(officer, THIRD).rows)


def test_without_a_project_that_needs_one_there_is_no_rate(officer: Account) -> None:
    _registered(officer, "丙", {"tap": Decimal(9)})
    assert _report(officer, SECOND).rate is None


def test_what_shows_an_evaluation_stands_beside_it_and_others_see_nothing(officer: Account) -> None:
    project = a_project(officer)
    paper = EnteredFact(name="saving_evaluation_passed", value="yes", evidence="登记号〔2026〕7")
    enter_fact(officer, project.pk, paper)
    now = quarter_of(project.made_at.date())
    (row,) = _report(officer, now).rows
    assert (row.papers, row.state.value, row.planned_m3) == ("登记号〔2026〕7", "open", 120_000)
    assert _report(make_account("sys", Role.SYSTEM_ADMINISTRATOR), now).rows == []
