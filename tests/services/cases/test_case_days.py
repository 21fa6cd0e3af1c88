"""The calendar holds what is due of cases, one line for a kind and day, as far as the reader may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import Account, ProgrammeCase, Role
from shuiheng.adapters.records.queries_calendar import CalendarDay
from shuiheng.programmes.events import Published
from shuiheng.services.cases.case_days import case_days
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.found_city import join
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.calendar.days import days_for

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=4000)


def _days(account: Account) -> list[CalendarDay]:
    today = timezone.localdate()
    return case_days(sight(account, Action.CASES_LOOK), today - YEARS, today + YEARS)


def test_what_falls_on_one_day_stands_in_one_line(city: CaseCity) -> None:
    row = city.open("saving_compound", "甲苑", sort="place")
    city.open("saving_compound", "乙苑", sort="place")
    (due,) = _days(city.clerk)
    assert (due.kind, due.on) == ("case", row.due_on)
    assert due.title == "节水型居民小区：乙苑等2个"
    today = timezone.localdate()
    assert due in days_for(city.clerk, today - YEARS, today + YEARS)
    assert case_days(sight(city.clerk, Action.CASES_LOOK), today, today) == []


def test_a_result_is_looked_at_again_and_ends(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "甲苑", sort="place"))
    found = {day.kind: day.on for day in _days(city.clerk)}
    assert found == {"case_recheck": row.recheck_on, "case_end": row.valid_until}


def test_a_publication_ends_on_the_last_day_of_objections(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "甲苑", sort="place"), until="visit")
    on = timezone.localdate() - timedelta(days=1)
    with transaction.atomic():
        add_event(city.clerk, row, Published(on=on, by=str(city.clerk.pk), step="publicity"))
        tell_case(city.clerk, row, "case.published")
    public = [day for day in _days(city.clerk) if day.kind == "case_public"]
    assert len(public) == 1 and on < public[0].on <= on + timedelta(days=30)
    assert ProgrammeCase.objects.get().open_steps == ["publicity"]


def test_a_unit_sees_the_days_of_its_own(city: CaseCity) -> None:
    user = city.user("一中")
    city.open("saving_school", "一中", subject=city.about(user))
    city.open("saving_compound", "甲苑", sort="place")
    filer = Account.objects.create(username="filer")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    assert [day.title for day in _days(filer)] == ["节水型学校：一中"]
