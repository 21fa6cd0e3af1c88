"""Assigning tasks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from office import the_office
from services.making import parts_now, settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, Event, PlanVersion, RegisterTask, TaskParty
from shuiheng.services.assign_task import (
    assign_task,
    assign_tasks,
    follow_plan,
    last_assignment,
    set_due_day,
    undo_assignment,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.sync_register import sync_register

WHY = "联席会议第2次会议议定"


@pytest.fixture
def task(officer: Account, published: PlanVersion) -> RegisterTask:
    """The first task of a plan whose units are confirmed."""
    settle_units(officer)
    return tasks_of(published)[0]


def test_an_assignment_replaces_the_units_and_keeps_the_former_ones_on_record(
    officer: Account, task: RegisterTask
) -> None:
    water, farm = unit_named("青禾市水利局"), unit_named("青禾市农业农村局")
    assign_task(officer, task.pk, {farm.pk: "lead", water.pk: "joint"}, reason=WHY)
    assert parts_now(task) == [("lead", "青禾市农业农村局"), ("joint", "青禾市水利局")]
    assert TaskParty.objects.filter(task=task, organisation=water, role="lead").exclude(to_on=None).exists()
    event = Event.objects.get(action="task.assigned")
    assert event.reason == WHY and event.before is not None
    assert event.before["parts"][0]["name"] == "青禾市水利局"


def test_publishing_again_leaves_an_assignment_alone(officer: Account, task: RegisterTask) -> None:
    assign_task(officer, task.pk, {unit_named("青禾市财政局").pk: "lead"}, reason=WHY)
    sync_register(task.plan, by=officer)
    assert parts_now(task) == [("lead", "青禾市财政局")]
    follow_plan(officer, task.pk)
    assert parts_now(task)[0] == ("lead", "青禾市水利局")


def test_an_assignment_is_undone_once(officer: Account, task: RegisterTask) -> None:
    before = parts_now(task)
    assign_task(officer, task.pk, {unit_named("青禾市财政局").pk: "lead"}, reason=WHY)
    assert last_assignment(task) is not None
    undo_assignment(officer, task.pk)
    assert parts_now(task) == before
    assert not TaskParty.objects.filter(task=task, to_on=None, is_from_plan=False).exists()
    with pytest.raises(ServiceError, match=r"services\.nothing_to_undo"):
        undo_assignment(officer, task.pk)


def test_the_first_assignment_of_a_task_without_units_is_undone_too(
    officer: Account, published: PlanVersion
) -> None:
    task = tasks_of(published)[0]
    assign_task(officer, task.pk, {the_office().pk: "lead"}, reason=WHY)
    undo_assignment(officer, task.pk)
    assert parts_now(task) == []


def test_a_new_lead_of_many_tasks_takes_the_place_of_those_that_led(
    officer: Account, task: RegisterTask
) -> None:
    finance = unit_named("青禾市财政局")
    keys = [each.pk for each in RegisterTask.objects.filter(plan=task.plan)]
    assert assign_tasks(officer, keys, finance.pk, "lead", reason=WHY) == 4
    assert parts_now(task) == [("lead", "青禾市财政局"), ("joint", "青禾市农业农村局")]
    assert assign_tasks(officer, keys, finance.pk, "lead", reason=WHY) == 0


def test_the_only_lead_is_not_made_a_participant(officer: Account, task: RegisterTask) -> None:
    with pytest.raises(ServiceError, match=r"services\.no_lead"):
        assign_tasks(officer, [task.pk], unit_named("青禾市水利局").pk, "joint", reason=WHY)


def test_a_due_day_is_set_with_its_reason(officer: Account, task: RegisterTask) -> None:
    assert set_due_day(officer, [task.pk], date(2027, 6, 30), reason=WHY) == 1
    assert set_due_day(officer, [task.pk], date(2027, 6, 30), reason=WHY) == 0
    task.refresh_from_db()
    assert (task.due_on, task.due_reason) == (date(2027, 6, 30), WHY)
    event = Event.objects.get(action="task.due_set")
    assert (event.before, event.after) == ({"due_on": "2026-12-31"}, {"due_on": "2027-06-30"})


def test_no_reason_no_lead_and_other_cities_are_refused(
    officer: Account, reader: Account, task: RegisterTask
) -> None:
    water = unit_named("青禾市水利局").pk
    with pytest.raises(ServiceError, match=r"services\.reason_needed"):
        assign_task(officer, task.pk, {water: "lead"}, reason=" ")
    with pytest.raises(ServiceError, match=r"services\.no_lead"):
        assign_task(officer, task.pk, {water: "joint"}, reason=WHY)
    with pytest.raises(NotThereError):
        assign_task(officer, task.pk, {found_city("临江市", slug="linjiang").pk: "lead"}, reason=WHY)
    with pytest.raises(NotPermittedError):
        assign_task(reader, task.pk, {water: "lead"}, reason=WHY)


ROLES = st.dictionaries(st.integers(0, 4), st.sampled_from(("lead", "joint", "bound")), min_size=1).filter(
    lambda roles: "lead" in roles.values()
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROLES, second=ROLES)
def test_whatever_was_assigned_undo_brings_back_what_stood(
    officer: Account, task: RegisterTask, first: dict[int, str], second: dict[int, str]
) -> None:
    units = sorted(set(TaskParty.objects.values_list("organisation", flat=True)))

    def roles(drawn: dict[int, str]) -> dict[int, str]:
        return {units[at]: role for at, role in drawn.items()}

    def now() -> dict[int, str]:
        return dict(TaskParty.objects.filter(task=task, to_on=None).values_list("organisation_id", "role"))

    assign_task(officer, task.pk, roles(first), reason=WHY)
    assert now() == roles(first)
    assume(roles(second) != roles(first))
    assign_task(officer, task.pk, roles(second), reason=WHY)
    assert now() == roles(second)
    undo_assignment(officer, task.pk)
    assert now() == roles(first)
