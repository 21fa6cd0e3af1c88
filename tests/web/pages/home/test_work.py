"""Own work on the first page: what to file, who has not reported, which visits are to be made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from filing import make_filer
from office import make_account
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.found_city import join
from shuiheng.web.pages.home.box import LATE, SOON
from shuiheng.web.pages.home.work import (
    missing_reports,
    months_to_file,
    own_cases,
    own_checks,
    own_work,
    reports_to_file,
)
from web.pages.home.desks import desk_of
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 15)


def test_a_unit_and_the_office_see_what_is_missing_and_when_it_is_late(officer: Account) -> None:
    unit, plan = make_unit("市某局"), make_plan(officer)
    make_task(plan, "推进灌区改造", unit)
    period = make_period(plan, officer, due=DUE)
    clerk = Account.objects.create(username="clerk")
    join(clerk, unit, Role.PARTNER_CLERK)
    (line,) = reports_to_file(desk_of(clerk, DUE))
    assert line.address == reverse("reporting_form", args=[period.pk, unit.pk])
    assert (line.tone, line.on, "1" in str(line.note)) == (SOON, DUE, True)
    assert own_work(desk_of(clerk, DUE + timedelta(days=1)))[0].tone == LATE
    (office,) = missing_reports(desk_of(officer, DUE + timedelta(days=1)))
    assert (office.count, office.tone) == (1, LATE)
    assert missing_reports(desk_of(clerk, DUE)) == [] == reports_to_file(desk_of(officer, DUE))


def test_a_filer_is_led_to_the_month_that_is_missing(officer: Account) -> None:
    filer = make_filer(officer)
    lines = months_to_file(desk_of(filer.account, filer.day))
    wanted = f"{reverse('filing')}?user={filer.user.pk}&month={filer.month.month:%Y-%m}"
    assert wanted in [line.address for line in lines]


def test_who_has_no_such_right_has_no_such_work(reader: Account) -> None:
    desk = desk_of(reader)
    assert not months_to_file(desk) and not own_cases(desk) and not missing_reports(desk)


def test_an_inspector_without_visits_sees_none() -> None:
    assert own_checks(desk_of(make_account("inspector", Role.INSPECTOR))) == []
