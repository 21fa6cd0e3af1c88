"""The made-up city has reports in every state, and loading it twice adds nothing."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, PlanDocument, Progress, ReportRecord, Role
from shuiheng.services.demo_progress import settle_demo_progress
from shuiheng.services.found_city import join
from working_office import make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(officer: Account) -> None:
    unit, district = make_unit("工信局"), make_unit("东区政府")
    for name, where, role in (
        ("partner", unit, Role.PARTNER_CLERK),
        ("district", district, Role.DISTRICT_CLERK),
        ("reviewer", the_office(), Role.OFFICE_REVIEWER),
        ("leader", the_office(), Role.OFFICE_LEADER),
    ):
        join(Account.objects.create(username=name), where, role)
    plan = make_plan(officer)
    for number in range(7):
        make_task(plan, f"任务{number}", unit, joint=(district,))


def test_reports_stand_in_several_states_and_say_that_they_are_made_up(
    people: None, officer: Account
) -> None:
    plan = PlanDocument.objects.get()
    assert settle_demo_progress(officer, plan) is not None
    assert {"accepted", "filed", "returned"} <= set(Progress.objects.values_list("state", flat=True))
    assert all("演示数据" in text for text in Progress.objects.values_list("done_text", flat=True))
    assert ReportRecord.objects.get().state == "draft"
    assert settle_demo_progress(officer, plan) is None
    assert ReportRecord.objects.count() == 1
