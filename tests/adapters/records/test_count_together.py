"""Many counts are asked in one statement and are those of each query alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuiheng.adapters.records.count_together import count_together
from shuiheng.adapters.records.models import Account, Membership, PlanVersion, RegisterTask, TaskParty
from working_office import make_unit

pytestmark = pytest.mark.django_db


def test_the_counts_are_those_of_each_query_alone(published: PlanVersion) -> None:
    task = RegisterTask.objects.filter(text__contains="灌区").first()
    assert task is not None
    for number in range(2):
        unit = make_unit(f"市某局{number}")
        TaskParty.objects.create(task=task, organisation=unit, role="joint", from_on=date(2026, 1, 1))
    asked = {
        "tasks": RegisterTask.objects.select_related("plan").order_by("order"),
        "named": RegisterTask.objects.filter(text__contains="灌区", parties__role="joint").distinct(),
        "parts": TaskParty.objects.filter(from_on__lte=date(2099, 1, 1), task__plan=published.plan_id),
        "nobody": Account.objects.none(),
        "none": Account.objects.filter(username__in=[]),
        "held": Membership.objects.filter(from_on__gt=date(2099, 1, 1)),
    }
    alone = {name: rows.count() for name, rows in asked.items()}
    with CaptureQueriesContext(connection) as queries:
        assert count_together(asked) == alone
    assert len(queries) == 1
    assert alone["tasks"] and alone["named"] and not alone["held"]


def test_nothing_asked_is_no_question() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert count_together({}) == {}
    assert not queries.captured_queries


def test_percent_signs_of_values_are_no_blanks() -> None:
    assert count_together({"odd": Account.objects.filter(username__contains="100%s")}) == {"odd": 0}
