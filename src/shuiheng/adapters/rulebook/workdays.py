"""Workdays: the published tables of the package `chinesecalendar`, with the rulebook's own days over them."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from chinese_calendar import constants

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.kernel.workday import WorkdayCalendar

FILE = "calendar/workdays.yaml"


@cache
def load_workdays() -> WorkdayCalendar:
    """Return the workday calendar: the package's years, and those of the rulebook.

    Raises:
        RulebookError: The file of the rulebook breaks a rule.
    """
    return read_workdays(rulebook_folder())


def read_workdays(folder: Traversable) -> WorkdayCalendar:
    """Return the workday calendar with the years of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("years", "checked")
    check_checked(entry)
    holidays, workdays = set(constants.holidays), set(constants.workdays)
    last = max(holidays).year
    for year in entry.each("years"):
        number, free, worked = _year(year)
        if number > last + 1:
            raise year.refuse(f"the year {last + 1} is missing before {number}", "Enter the years in turn.")
        last = max(last, number)
        holidays = {day for day in holidays if day.year != number} | free
        workdays = {day for day in workdays if day.year != number} | worked
    return WorkdayCalendar(
        first=date(min(holidays).year, 1, 1),
        last=date(last, 12, 31),
        holidays=frozenset(holidays),
        workdays=frozenset(workdays),
    )


def _year(entry: Entry) -> tuple[int, set[date], set[date]]:
    """Return one year of a notice: a year stands for the whole of its table."""
    entry.only("year", "notice", "holidays", "workdays")
    entry.take("notice", str)
    number = entry.take("year", int)
    days = []
    for name in ("holidays", "workdays"):
        entry.take(name, list)
        for day in entry.each(name):
            if day.itself(date).year != number:
                raise day.refuse(f"the day is not in {number}", "Move it to its own year.")
        days.append({day.itself(date) for day in entry.each(name)})
    if both := days[0] & days[1]:
        raise entry.refuse(f"{min(both)} is free and worked at once", "Keep it in one list.")
    return number, days[0], days[1]
