"""Rows for programs are paged by key without loss and without repetition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from shuiheng.adapters.records.models import Account, RegisterTask
from shuiheng.adapters.records.queries_api import (
    api_organisations,
    api_periods,
    api_plans,
    api_progress,
    api_targets,
    api_tasks,
    helping,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_plan, make_task, make_unit


class TestHelpings(TestCase):
    """Paging over any number of rows."""

    @given(st.integers(0, 7), st.integers(1, 4))
    def test_every_row_comes_once(self, count: int, limit: int) -> None:
        plan = make_plan(Account.objects.create(username="li"))
        made = [make_task(plan, str(number)).pk for number in range(count)]
        got, cursor = [], 0
        while True:
            rows, following = helping(RegisterTask.objects.all(), after=cursor, limit=limit)
            got += [row.pk for row in rows]
            if following is None:
                break
            cursor = following
        assert got == made


@pytest.mark.django_db
def test_rows_are_those_in_sight(officer: Account) -> None:
    make_task(make_plan(officer), "一", make_unit("水利局"))
    seen = sight(officer, Action.REGISTER_LOOK)
    assert [task.text for task in api_tasks(seen, plan="plan")] == ["一"]
    assert api_tasks(seen, plan="other").count() == 0
    assert [each.organisation.name for each in api_tasks(seen)[0].current_parties] == ["水利局"]
    assert [plan.slug for plan in api_plans(sight(officer))] == ["plan"]
    nobody = sight(Account.objects.create(username="nobody"), Action.REGISTER_LOOK)
    for rows in (api_plans, api_tasks, api_targets, api_organisations, api_periods, api_progress):
        assert rows(nobody).count() == 0
