"""Parts in tasks follow the plan and the confirmed units."""

from __future__ import annotations

from services.making import parts_now, settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, PlanVersion, TaskParty, TaskUnit, UnitMatch
from shuiheng.services.sync_parties import members_by_label, sync_parties, wanted_parts


def test_a_unit_that_is_named_twice_has_the_stronger_role() -> None:
    units = [
        TaskUnit(label="各区", role="joint"),
        TaskUnit(label="甲区", role="lead"),
        TaskUnit(label="乙", role="bound"),
    ]
    matches = {"各区": (1, 2), "甲区": (1,), "乙": (2, 3)}
    assert wanted_parts(units, matches) == {1: "lead", 2: "joint", 3: "bound"}


def test_a_part_that_the_plan_no_longer_states_ends_and_stays_on_record(
    officer: Account, published: PlanVersion
) -> None:
    settle_units(officer)
    task = tasks_of(published)[0]
    TaskUnit.objects.filter(task=task.published, label="青禾市财政局").delete()
    moved = sync_parties(published.plan, by=officer)
    assert (moved.opened, len(moved.closed)) == ([], 1)
    ended = TaskParty.objects.get(task=task, organisation=unit_named("青禾市财政局"))
    assert ended.to_on is not None


def test_a_task_whose_units_a_person_assigned_is_left_alone(officer: Account, published: PlanVersion) -> None:
    settle_units(officer)
    task = tasks_of(published)[0]
    TaskParty.objects.filter(task=task).update(is_from_plan=False)
    TaskUnit.objects.filter(task=task.published).delete()
    sync_parties(published.plan, by=officer)
    assert len(parts_now(task)) == 3


def test_running_again_moves_nothing(officer: Account, published: PlanVersion) -> None:
    settle_units(officer)
    moved = sync_parties(published.plan, by=officer)
    assert (moved.opened, moved.closed) == ([], [])


def test_a_label_means_nobody_until_a_person_confirms_it(officer: Account, published: PlanVersion) -> None:
    assert members_by_label(published.plan) == {}
    settle_units(officer)
    UnitMatch.objects.filter(label="青禾市财政局").update(is_confirmed=False)
    assert "青禾市财政局" not in members_by_label(published.plan)
    assert members_by_label(published.plan)["青禾市水利局"] == (unit_named("青禾市水利局").pk,)
