"""Cases in the calendar: due steps, rechecks, ends of results and of publications, by day and kind."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.utils import timezone

from shuiheng.adapters.records.queries_calendar import CalendarDay
from shuiheng.adapters.records.queries_case_days import (
    DayOfCases,
    due_days,
    end_days,
    publications,
    recheck_days,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.kernel.term import Term, TermUnit, term_end
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.work_calendar import work_calendar

DUE, RECHECK, END, PUBLIC = "case", "case_recheck", "case_end", "case_public"
LONGEST_PUBLICATION = timedelta(days=120)
FIRST = {DUE: due_days, RECHECK: recheck_days, END: end_days}


def case_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return what falls from `first` to `last`: one entry for all cases of a kind on a day."""
    found = [_entry(sort, each) for sort, days in FIRST.items() for each in days(seen, first, last)]
    return [*found, *_publications(seen, first, last)]


def _publications(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the last days on which objections are taken against results that lie open."""
    held: dict[tuple[date, str], list[str]] = defaultdict(list)
    since = min(first, timezone.localdate()) - LONGEST_PUBLICATION
    calendar = work_calendar()
    for row in publications(seen, since):
        step = kind_of(row.case).step(row.content["step"])
        term = Term(count=step.publication_days or 0, unit=TermUnit.WORKDAYS)
        on = term_end(row.on, term, calendar=calendar).on
        if first <= on <= last:
            held[on, row.case.kind].append(row.case.subject_name)
    return [
        _entry(PUBLIC, DayOfCases(on=on, kind=kind, count=len(names), first=names[0]))
        for (on, kind), names in held.items()
    ]


def _entry(sort: str, day: DayOfCases) -> CalendarDay:
    shipped = shipped_programmes().get(day.kind)
    name = shipped.names["zh"] if shipped is not None else day.kind
    others = f"等{day.count}个" if day.count > 1 else ""
    return CalendarDay(
        on=day.on,
        kind=sort,
        key=f"{sort}-{day.kind}-{day.on.isoformat()}",
        title=f"{name}：{day.first}{others}",
        plan="",
    )
