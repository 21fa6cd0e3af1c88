"""Who must report is said by the workflow of the rulebook."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_chasing import missing_reports
from shuiheng.services.missing_units import missing_units
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


def test_leads_must_report_and_others_need_not(officer: Account) -> None:
    plan, water, farms = make_plan(officer), make_unit("水利局"), make_unit("农业农村局")
    make_task(plan, "一", water, joint=(farms,))
    period, seen = make_period(plan, officer), sight(officer, Action.MESSAGES_SEND)
    assert [unit.organisation for unit in missing_units(seen, period)] == [water]
    both = missing_reports(seen, period, expected_roles=("lead", "joint"))
    assert {unit.organisation for unit in both} == {water, farms}
