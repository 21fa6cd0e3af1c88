"""The targets of a published plan get made-up cases once, and the city says that they are made up."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import make_account
from shuiheng.adapters.records.models import Place, PlanVersion, ProgrammeCase, RegisterTarget, Role
from shuiheng.services.cases.count_target import count_targets, desk_of
from shuiheng.services.cases.demo_plan_cases import settle_plan_cases
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.cases.link_targets import linked_targets

pytestmark = pytest.mark.django_db


def test_targets_of_a_plan_get_cases_once_in_a_city_that_says_so(published: PlanVersion) -> None:
    officer, plan = make_account("demo-clerk", Role.OFFICE_CLERK), published.plan
    Place.objects.filter(pk=plan.place_id).update(is_synthetic=False)
    plan.place.refresh_from_db()
    assert settle_plan_cases(officer, plan) == 0  # without a second person
    make_account("reviewer", Role.OFFICE_REVIEWER)
    made = settle_plan_cases(officer, plan)
    assert made and Place.objects.get(pk=plan.place_id).is_synthetic
    assert settle_plan_cases(officer, plan) == 0
    cases = ProgrammeCase.objects.filter(place=plan.place).select_related("place")
    assert len(cases) == made
    assert all("演示" in row.subject_name and "虚构" in row.note for row in cases)
    for row in cases:
        state = state_of(row)
        assert (row.phase, row.number, row.last_on) == (state.phase, state.number, state.last_on)
    rows = RegisterTarget.objects.filter(plan=plan, kind="count").select_related("plan__place")
    counted = count_targets(desk_of(plan.place, timezone.localdate()), linked_targets(rows))
    assert counted and all(each.value for each in counted)
