"""Queries on the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.making import settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, PlanVersion, RegisterTarget
from shuiheng.adapters.records.queries_register import (
    RegisterFilter,
    annual_plan_at,
    annual_plans,
    assignable,
    comments_of,
    districts_of,
    events_of,
    former_parts,
    register_choices,
    register_tasks,
    register_units,
    shares_in_plan,
    target_at,
    targets_of,
    task_at,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.annual_plan import draft_annual_plan
from shuiheng.services.assign_task import assign_task
from shuiheng.services.comment_task import comment_task
from shuiheng.services.match_units import found_districts
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

TODAY = date(2026, 12, 10)


@pytest.fixture
def seen(officer: Account, published: PlanVersion) -> Sight:
    """What the officer sees, with all units confirmed."""
    settle_units(officer)
    return sight(officer, Action.ASSIGN)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (RegisterFilter(), 4),
        (RegisterFilter(due="late"), 0),
        (RegisterFilter(due="soon"), 2),
        (RegisterFilter(due="2027"), 1),
        (RegisterFilter(role="bound"), 0),
        (RegisterFilter(words="青禾市财政局 灌区"), 1),
        (RegisterFilter(words="qhsczj"), 1),
        (RegisterFilter(words="QHSCZJ"), 1),
    ],
)
def test_a_filter_leaves_what_it_says(seen: Sight, wanted: RegisterFilter, count: int) -> None:
    assert register_tasks(seen, wanted, today=TODAY).count() == count


def test_the_day_on_which_a_task_is_due_is_not_late(seen: Sight) -> None:
    late = RegisterFilter(due="late")
    assert register_tasks(seen, late, today=date(2026, 12, 31)).count() == 0
    assert register_tasks(seen, late, today=date(2027, 1, 1)).count() == 2


def test_the_number_of_queries_does_not_grow_with_the_tasks(seen: Sight) -> None:
    with CaptureQueriesContext(connection) as queries:
        rows = list(register_tasks(seen, RegisterFilter(), today=TODAY))
        names = [part.organisation.name for row in rows for part in row.parties.all()]
    assert len(names) == 9 and len(queries) <= 4


def test_the_choices_are_those_of_the_tasks_in_sight(seen: Sight, reader: Account) -> None:
    choices = register_choices(seen, "")
    assert choices.plans == (("qinghe", "青禾市节水工作实施方案"),) and choices.years == (2026, 2027)
    assert choices.parts == ("重点任务",)
    assert register_choices(seen, "nowhere").parts == ()
    assert "青禾市水利局" in [unit.name for unit in register_units(seen)]


def test_one_task_comes_with_all_that_hangs_on_it(
    officer: Account, seen: Sight, published: PlanVersion
) -> None:
    key = tasks_of(published)[0].pk
    comment_task(officer, key, "请抓紧")
    assign_task(officer, key, {unit_named("青禾市财政局").pk: "lead"}, reason="会议议定")
    task = task_at(seen, key)
    assert task is not None and task_at(seen, 10**6) is None
    assert {part.organisation.name for part in former_parts(task)} >= {"青禾市水利局"}
    assert [comment.text for comment in comments_of(task)] == ["请抓紧"]
    assert [event.action for event in events_of(task)] == ["task.assigned", "comment.made"]
    assert targets_of(task).count() == 2


def test_shares_that_the_plan_states_are_found_by_district(
    officer: Account, seen: Sight, published: PlanVersion
) -> None:
    whole = RegisterTarget.objects.filter(plan=published.plan, unit="处")[0]
    part = RegisterTarget.objects.create(
        plan=whole.plan,
        quote="临泽区3处",
        metric=whole.metric,
        scope="临泽区",
        kind=whole.kind,
        op=whole.op,
        value=3,
        unit=whole.unit,
        deadline=whole.deadline,
    )
    assert shares_in_plan(seen, whole) == {"临泽区": part}
    assert target_at(seen, whole.pk) == whole
    found_districts(officer, published.plan.place_id, ["临泽区"])
    assert [place.name for place in districts_of(seen, published.plan.place)] == ["临泽区"]
    assert "临泽区人民政府" in [unit.name for unit in assignable(seen, published.plan.place)]


def test_plans_of_a_year_come_with_their_items(officer: Account, seen: Sight, published: PlanVersion) -> None:
    made = draft_annual_plan(officer, published.plan_id, 2026)
    assert [(row.pk, row.year) for row in annual_plans(seen)] == [(made.pk, 2026)]
    found = annual_plan_at(seen, made.pk)
    assert found is not None and found.items.count() == 3
    assert not annual_plans(seen, "nowhere").exists()
