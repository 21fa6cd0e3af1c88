"""What is late is told as late, and nobody is told of the work of others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from office import make_account
from shuiheng.adapters.records.models import Account, Rectification, RectificationState, Role
from shuiheng.web.pages.home.box import LATE
from shuiheng.web.pages.home.waits import counted
from web.pages.home.desks import DAY, desk_of
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db


def _item(officer: Account, days: int, state: RectificationState) -> None:
    Rectification.objects.create(
        plan=make_plan(officer, slug=f"plan{days}{state}"),
        organisation=make_unit(f"某局{days}{state}"),
        fault="漏损",
        found_on=DAY,
        due_on=DAY + timedelta(days=days),
        state=state,
        opened_by=officer,
    )


def test_what_is_overdue_is_late_and_what_was_done_waits_for_a_decision(officer: Account) -> None:
    _item(officer, -1, RectificationState.OPEN)
    _item(officer, 0, RectificationState.OPEN)
    _item(officer, 5, RectificationState.SUBMITTED)
    late = counted(desk_of(officer))["late"]
    assert [(str(line.words), line.count, line.tone) for line in late] == [("项整改逾期", 1, LATE)]
    decided = counted(desk_of(make_account("leader", Role.OFFICE_LEADER)))["decide"]
    assert [(str(line.words), line.count) for line in decided] == [("项整改待销号", 1)]


def test_a_reader_is_told_of_no_work(officer: Account, reader: Account) -> None:
    _item(officer, -1, RectificationState.OPEN)
    assert not counted(desk_of(reader))
