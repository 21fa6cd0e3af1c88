"""Sub-tasks and milestones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.making import settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, Event, PlanVersion, Role, StepKind, TaskStep
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.keep_step import add_step, finish_step, may_keep_steps, remove_step

TITLE = "完成四处灌区的初步设计"


@pytest.fixture
def settled(officer: Account, published: PlanVersion) -> PlanVersion:
    """A plan whose units are confirmed."""
    settle_units(officer)
    return published


def member(username: str, unit: str, role: Role) -> Account:
    account = Account.objects.create(username=username)
    join(account, unit_named(unit), role)
    return account


def test_a_step_is_added_finished_opened_and_removed(officer: Account, settled: PlanVersion) -> None:
    task = tasks_of(settled)[0]
    unit = unit_named("青禾市农业农村局")
    step = add_step(
        officer,
        task.pk,
        kind=StepKind.MILESTONE,
        title=f" {TITLE} ",
        organisation=unit.pk,
        due_on=date(2026, 6, 30),
    )
    assert (step.title, step.order, step.organisation) == (TITLE, 0, unit)
    assert finish_step(officer, step.pk, done_on=date(2026, 6, 1)).done_by == officer
    assert finish_step(officer, step.pk, done_on=None).done_by is None
    remove_step(officer, step.pk)
    assert TaskStep.objects.get().removed_at is not None
    actions = Event.objects.filter(subject=f"task:{task.pk}", action__startswith="step.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "step.added",
        "step.finished",
        "step.opened_again",
        "step.removed",
    ]
    with pytest.raises(NotThereError):
        remove_step(officer, step.pk)


def test_a_clerk_keeps_the_steps_of_the_units_own_tasks_only(officer: Account, settled: PlanVersion) -> None:
    own, other = tasks_of(settled)[0], tasks_of(settled)[3]
    clerk = member("qian", "青禾市财政局", Role.PARTNER_CLERK)
    add_step(clerk, own.pk, kind=StepKind.SUB_TASK, title=TITLE)
    assert may_keep_steps(clerk, own) and not may_keep_steps(clerk, other)
    with pytest.raises(NotThereError):
        add_step(clerk, other.pk, kind=StepKind.SUB_TASK, title=TITLE)
    step = add_step(officer, other.pk, kind=StepKind.SUB_TASK, title=TITLE)
    with pytest.raises(NotThereError):
        finish_step(clerk, step.pk, done_on=date(2026, 1, 1))


def test_a_reader_keeps_no_steps(reader: Account, settled: PlanVersion) -> None:
    with pytest.raises(NotPermittedError):
        add_step(reader, tasks_of(settled)[0].pk, kind=StepKind.SUB_TASK, title=TITLE)


def test_a_step_needs_words_and_a_unit_of_the_task(officer: Account, settled: PlanVersion) -> None:
    task = tasks_of(settled)[0]
    for title in (" ", "长" * 301):
        with pytest.raises(ServiceError, match=r"services\.step_title"):
            add_step(officer, task.pk, kind=StepKind.SUB_TASK, title=title)
    outsider = unit_named("青禾市发展和改革委员会")
    with pytest.raises(ServiceError, match=r"services\.not_a_party"):
        add_step(officer, task.pk, kind=StepKind.SUB_TASK, title=TITLE, organisation=outsider.pk)


def test_nothing_is_done_on_a_day_to_come(officer: Account, settled: PlanVersion) -> None:
    step = add_step(officer, tasks_of(settled)[0].pk, kind=StepKind.SUB_TASK, title=TITLE)
    with pytest.raises(ServiceError, match=r"services\.day_to_come"):
        finish_step(officer, step.pk, done_on=timezone.localdate() + timedelta(days=1))
