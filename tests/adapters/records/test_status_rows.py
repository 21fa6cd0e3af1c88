"""Rows about tasks as facts."""

from __future__ import annotations

from datetime import date

import pytest

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Progress, ProgressState, TaskParty
from shuiheng.adapters.records.status_rows import expected_of, task_facts

pytestmark = pytest.mark.django_db
LATER = date(2026, 8, 1)


def test_leads_must_report_and_without_a_lead_everybody() -> None:
    lead, joint = TaskParty(role="lead"), TaskParty(role="joint")
    assert expected_of([joint, lead], ("lead",)) == [lead]
    assert expected_of([joint], ("lead",)) == [joint]


def test_a_unit_that_came_after_the_period_owes_nothing_for_it() -> None:
    city = make_reporting()
    facts = task_facts([city.task], today=LATER, expected_roles=("lead",))[city.task.pk]
    assert facts.missed == (date(2026, 7, 15),)
    TaskParty.objects.filter(role="lead").update(from_on=date(2026, 7, 1))
    facts = task_facts([city.task], today=LATER, expected_roles=("lead",))[city.task.pk]
    assert facts.missed == ()


def test_the_value_of_an_accepted_report_counts_and_that_of_a_draft_does_not() -> None:
    city = make_reporting()
    row = city.save(values={city.target.pk: 2})
    facts = task_facts([city.task], today=LATER, expected_roles=("lead",))[city.task.pk]
    assert [target.reached for target in facts.targets] == [None]
    for state in (ProgressState.FILED, ProgressState.REVIEWED, ProgressState.ACCEPTED):
        Progress.objects.filter(pk=row.pk).update(state=state)
    facts = task_facts([city.task], today=LATER, expected_roles=("lead",))[city.task.pk]
    assert [target.reached for target in facts.targets] == [2]
    assert facts.has_reports
