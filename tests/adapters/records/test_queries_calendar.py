"""Days of the register: what falls within the stretch, withdrawn and closed things left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from services.gates.made import a_permit
from shuiheng.adapters.records.models import Account, Meeting, Rectification, RegisterTarget
from shuiheng.adapters.records.queries_calendar import (
    meeting_days,
    period_days,
    permit_days,
    rectification_days,
    register_days,
)
from shuiheng.services.ledger.keep_source import PermitFields, change_permit
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_tasks_and_targets_stand_on_their_days(officer: Account) -> None:
    plan = make_plan(officer)
    for text, day in (("一", date(2026, 12, 31)), ("二", date(2027, 1, 1)), ("三", date(2026, 5, 1))):
        task = make_task(plan, text, make_unit(f"{text}局"))
        task.due_on = day
        task.withdrawn_at = timezone.now() if text == "三" else None
        task.save()
    RegisterTarget.objects.create(
        plan=plan, quote="建成12家", metric="m", kind="count", op=">=", deadline=date(2026, 1, 1)
    )
    found = register_days(sight(officer, Action.REGISTER_LOOK), *YEAR)
    assert [(entry.kind, entry.title) for entry in found] == [("task", "一"), ("target", "建成12家")]


def test_periods_items_and_meetings_stand_on_theirs(officer: Account) -> None:
    plan = make_plan(officer)
    make_period(plan, officer)
    for state in ("open", "closed"):
        Rectification.objects.create(
            plan=plan,
            organisation=make_unit(state),
            fault=state,
            found_on=date(2026, 5, 1),
            due_on=date(2026, 6, 1),
            opened_by=officer,
            state=state,
        )
    Meeting.objects.create(plan=plan, title="会", held_on=date(2026, 3, 2), recorded_by=officer)
    (period,) = period_days(sight(officer, Action.CALENDAR_LOOK), *YEAR)
    assert (period.on, period.title) == (date(2026, 7, 15), "2026年上半年")
    (item,) = rectification_days(sight(officer, Action.RECTIFICATION_LOOK), *YEAR)
    assert item.title == "open"
    (meeting,) = meeting_days(sight(officer, Action.MEETINGS_LOOK), *YEAR)
    assert meeting.on == date(2026, 3, 2)


def test_the_last_day_of_a_permit_stands_once_and_an_earlier_end_no_longer(officer: Account) -> None:
    permit = a_permit(officer, number="取水8号", ends=date(2027, 3, 1))
    longer = PermitFields(expires_on=date(2031, 3, 1), volume_m3=Decimal(5))
    change_permit(officer, permit.pk, longer, valid_from=date(2027, 1, 15), reason="延续")
    seen = sight(officer, Action.GATES_LOOK)
    assert permit_days(seen, date(2027, 1, 1), date(2027, 12, 31)) == []
    [entry] = permit_days(seen, date(2031, 1, 1), date(2031, 12, 31))
    assert (entry.on, entry.kind, entry.title) == (date(2031, 3, 1), "permit", "取水8号 青禾纺织厂")
