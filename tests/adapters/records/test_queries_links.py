"""Links and what they can be issued for, within sight."""

from __future__ import annotations

import pytest
from django.utils import timezone

from administrators import department, person
from shuiheng.adapters.records.models import Account, RegisterTask, ReportingPeriod, Role, TaskParty
from shuiheng.adapters.records.queries_links import linkable_parts, linkable_periods, links
from shuiheng.services.found_city import found_city
from shuiheng.services.issue_link import issue_link
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task

pytestmark = pytest.mark.django_db


def test_an_office_sees_its_own_links_periods_and_parts_only(officer: Account) -> None:
    unit, plan = department(), make_plan(officer)
    task, period = make_task(plan, "完成管网改造", unit), make_period(plan, officer)
    issue_link(officer, organisation=unit.pk, task=task.pk, period=period.pk)
    own = sight(officer, Action.LINKS_ISSUE)
    other = person("far", found_city("远山市", slug="far"), Role.OFFICE_CLERK)
    far = sight(other, Action.LINKS_ISSUE)
    assert len(links(own)) == len(linkable_periods(own)) == len(linkable_parts(own, period)) == 1
    assert len(links(far)) == len(linkable_periods(far)) == len(linkable_parts(far, period)) == 0


def test_ended_parts_withdrawn_tasks_and_frozen_periods_are_left_out(officer: Account) -> None:
    unit, plan = department(), make_plan(officer)
    for text in ("一", "二", "三"):
        make_task(plan, text, unit)
    period, seen = make_period(plan, officer), sight(officer, Action.LINKS_ISSUE)
    RegisterTask.objects.filter(text="一").update(withdrawn_at=timezone.now())
    TaskParty.objects.filter(task__text="二").update(to_on=timezone.localdate())
    assert [part.task.text for part in linkable_parts(seen, period)] == ["三"]
    ReportingPeriod.objects.update(frozen_at=timezone.now())
    assert not linkable_periods(seen)
