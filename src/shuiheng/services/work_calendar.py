"""The workday table as it stands: the package's years, the rulebook's, and those that the office entered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from shuiheng.adapters.records.models import WorkdayException, WorkdayNotice
from shuiheng.adapters.rulebook import load_workdays
from shuiheng.kernel.workday import WorkdayCalendar
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require

WEEKEND = 5


def work_calendar() -> WorkdayCalendar:
    """Return the calendar by which due days are reckoned; an entered year replaces that whole year."""
    base = load_workdays()
    entered = list(WorkdayNotice.objects.prefetch_related("days").order_by("year"))
    years = {notice.year for notice in entered}
    holidays = {day for day in base.holidays if day.year not in years}
    workdays = {day for day in base.workdays if day.year not in years}
    for notice in entered:
        for row in notice.days.all():
            (workdays if row.is_workday else holidays).add(row.day)
    last = max([base.last.year, *years])
    return WorkdayCalendar(
        first=base.first,
        last=date(last, 12, 31),
        holidays=frozenset(holidays),
        workdays=frozenset(workdays),
    )


def enter_workdays(
    actor: Actor, year: int, *, number: str, holidays: Collection[date], workdays: Collection[date]
) -> WorkdayNotice:
    """Enter the holidays of a year as its notice states them; due days are reckoned anew from then on.

    Args:
        actor: Who enters them; needs the right to keep the calendar.
        year: The year of the notice.
        number: Number of the notice.
        holidays: Days without work; weekends may be among them.
        workdays: Weekend days with work.

    Raises:
        ServiceError: `services.workdays_year_missing`, `services.workdays_wrong_year`,
            `services.workdays_twice`, `services.workdays_no_weekend`, `services.workdays_no_number`.
        NotPermittedError: The actor may not.
    """
    account = require(actor, Action.CALENDAR_EDIT)
    _check(year, number, holidays, workdays)
    with transaction.atomic():
        notice, _ = WorkdayNotice.objects.update_or_create(
            year=year, defaults={"number": number.strip()[:60], "entered_by": account}
        )
        before = sorted(row.day.isoformat() for row in notice.days.all())
        notice.days.all().delete()
        WorkdayException.objects.bulk_create(
            WorkdayException(notice=notice, day=day, is_workday=is_workday)
            for days, is_workday in ((holidays, False), (workdays, True))
            for day in sorted(set(days))
        )
        record_event(
            account,
            "workdays.entered",
            subject=f"year:{year}",
            before={"days": before},
            after={
                "number": notice.number,
                "holidays": sorted(day.isoformat() for day in holidays),
                "workdays": sorted(day.isoformat() for day in workdays),
            },
        )
    return notice


def _check(year: int, number: str, holidays: Collection[date], workdays: Collection[date]) -> None:
    last = work_calendar().last.year
    if not number.strip():
        raise ServiceError("services.workdays_no_number")
    if year > last + 1:
        raise ServiceError("services.workdays_year_missing", year=str(last + 1))
    for day in (*holidays, *workdays):
        if day.year != year:
            raise ServiceError("services.workdays_wrong_year", day=day.isoformat(), year=str(year))
    for day in sorted(set(holidays) & set(workdays)):
        raise ServiceError("services.workdays_twice", day=day.isoformat())
    for day in sorted(workdays):
        if day.weekday() < WEEKEND:
            raise ServiceError("services.workdays_no_weekend", day=day.isoformat())
