"""Queries of projects and permits: by filter, as of a day, within sight."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import make_account
from services.gates.made import a_permit, a_project, a_user
from shuiheng.adapters.records.models import Account, Role
from shuiheng.adapters.records.queries_gates import (
    PermitFilter,
    ProjectFilter,
    outcome_counts,
    past_records,
    permit_facts,
    permit_lines,
    permit_records,
    project_at,
    projects,
    projects_of_permit,
    standing_records,
)
from shuiheng.services.gates.decide_gate import GateDecision, decide_gate
from shuiheng.services.gates.permit_book import PermitNote, note_permit
from shuiheng.services.gates.renewals import begin_renewal
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_projects_are_found_by_words_of_their_name_or_owner(officer: Account) -> None:
    seen = sight(officer, Action.GATES_LOOK)
    one = a_project(officer, name="甲 项目", owner_name="纺织厂")
    a_project(officer, name="乙 项目", owner_name="食品厂", planned={"tap": Decimal(1)})
    assert list(projects(seen, ProjectFilter(words="项目 纺织"))) == [one]
    assert list(projects(seen, ProjectFilter(stage="drawings"))) == []


def test_outcomes_are_counted_as_they_stand(officer: Account) -> None:
    seen, reviewer = sight(officer, Action.GATES_LOOK), make_account("fu", Role.OFFICE_REVIEWER)
    project = a_project(officer)
    for outcome in ("unknown", "failed"):
        decision = GateDecision(outcome=outcome, reason="说明")
        decide_gate(reviewer, project.pk, "water_resources_argument", decision)
    assert outcome_counts(seen, [project.pk]) == {project.pk: {"failed": 1}}
    assert len(past_records(seen, project)) == 2
    assert standing_records(seen, project)["water_resources_argument"].outcome == "failed"


def test_what_came_in_is_found_however_many_permits_are_asked_for(officer: Account) -> None:
    permit, seen = a_permit(officer), sight(officer, Action.GATES_LOOK)
    row = note_permit(officer, permit.pk, PermitNote(kind="idle_kept", on=date(2024, 1, 1), note="批复"))
    assert permit_records(seen, [*range(10**6, 10**6 + 2500), permit.pk]) == {permit.pk: [row]}


def test_permits_are_read_as_of_a_day_and_by_water(officer: Account) -> None:
    seen, user = sight(officer, Action.GATES_LOOK), a_user(officer)
    ground = a_permit(officer, user=user, water="groundwater", number="井")
    a_permit(officer, user=user, number="河")
    today = timezone.localdate()
    found = permit_facts(seen, PermitFilter(water="groundwater"), today)
    assert [fact.subject for fact in found] == [ground]
    assert not permit_facts(seen, PermitFilter(), date(2021, 12, 31)).exists()
    [line] = permit_lines(seen, list(found), today)
    assert (line.user and line.user.name, line.source and line.source.water_kind) == (
        "青禾纺织厂",
        "groundwater",
    )


def test_what_is_not_in_sight_is_not_there(officer: Account, reader: Account) -> None:
    project, permit = a_project(officer), a_permit(officer)
    renewal = begin_renewal(officer, permit.pk)
    assert projects_of_permit(sight(officer, Action.GATES_LOOK), permit) == [renewal]
    assert project_at(sight(reader, Action.GATES_KEEP), project.pk) is None
