"""What was decided and shown of evaluations is read as it stood before a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from services.gates.made import a_permit, a_project
from shuiheng.adapters.records.models import Account, GateRecord
from shuiheng.adapters.records.queries_evaluations import (
    evaluation_papers,
    evaluation_records,
    registered_projects,
)
from shuiheng.services.gates.keep_fact import EnteredFact, enter_fact, withdraw_fact
from shuiheng.services.gates.renewals import begin_renewal
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_renewals_and_later_projects_are_not_listed(officer: Account) -> None:
    project, seen = a_project(officer), sight(officer, Action.GATES_LOOK)
    begin_renewal(officer, a_permit(officer).pk)
    today = timezone.localdate()
    assert registered_projects(seen, today + timedelta(days=1)) == [project]
    assert registered_projects(seen, today) == []


def test_the_outcome_of_a_day_is_the_last_before_its_end(officer: Account) -> None:
    project, seen = a_project(officer), sight(officer, Action.GATES_LOOK)
    made = {"project": project, "computed": "unknown", "decided_by": officer}
    noon = datetime(2026, 5, 1, 4, tzinfo=UTC)
    GateRecord.objects.create(**made, gate="rain_facility", outcome="passed", decided_at=noon)
    row = GateRecord.objects.create(**made, gate="saving_evaluation", outcome="failed", decided_at=noon)
    assert evaluation_records(seen, date(2026, 5, 2)) == {project.pk: row}
    assert evaluation_records(seen, date(2026, 5, 1)) == {}


def test_what_was_withdrawn_shows_nothing_any_more(officer: Account) -> None:
    project, seen = a_project(officer), sight(officer, Action.GATES_LOOK)
    fact = EnteredFact(name="saving_evaluation_passed", value="yes", evidence="登记号7")
    row, tomorrow = enter_fact(officer, project.pk, fact), timezone.localdate() + timedelta(days=1)
    assert evaluation_papers(seen, tomorrow) == {project.pk: "登记号7"}
    withdraw_fact(officer, row.pk, reason="录错")
    assert evaluation_papers(seen, tomorrow) == {}
