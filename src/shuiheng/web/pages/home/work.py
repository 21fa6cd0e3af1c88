"""Own work on the first page: what to file, which cases wait, which visits are to be made."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuiheng.adapters.records.queries_chasing import open_periods, period_name
from shuiheng.adapters.records.queries_checks import TO_FILL, CheckFilter, check_list
from shuiheng.adapters.records.queries_filing import FilingFilter, user_filings
from shuiheng.adapters.records.queries_progress import desk_lines
from shuiheng.services.missing_units import count_missing
from shuiheng.services.permission import Action
from shuiheng.services.readings.filing_months import open_months
from shuiheng.services.scope import own_organisations
from shuiheng.web.pages.cases.waiting import waiting_cases
from shuiheng.web.pages.home.box import LATE, PLAIN, SOON, Desk, Line

SHOWN_PERIODS, PERIODS_LOOKED_AT, LISTED, MONTHS = 2, 6, 5, 2


def own_work(desk: Desk) -> Sequence[Line]:
    """Return what the reader has to file and the cases that wait for it."""
    return [*months_to_file(desk), *reports_to_file(desk), *own_cases(desk)]


def months_to_file(desk: Desk) -> Sequence[Line]:
    """Return the months of which registers of own meters have not been filed."""
    if not desk.may(Action.READINGS_FILE):
        return []
    seen, found = desk.seen(Action.READINGS_FILE), []
    for month in open_months(desk.today)[:MONTHS]:
        on = min(month.last_day, desk.today)
        missing = user_filings(seen, month.month, on, FilingFilter(state="missing"))
        found += [
            Line(
                address=f"{reverse('filing')}?user={each.user}&month={month.month:%Y-%m}",
                words=_("%(month)s 用水填报") % {"month": f"{month.month:%Y-%m}"},
                named_note=each.name if len(missing) > 1 else "",
                note=ngettext("还差 %(n)d 块水表", "还差 %(n)d 块水表", each.due - each.filed - each.read)
                % {"n": each.due - each.filed - each.read},
                on=month.due_on,
                tone=LATE if month.is_late(desk.today) else SOON,
            )
            for each in missing
        ]
    return found


def reports_to_file(desk: Desk) -> Sequence[Line]:
    """Return the periods for which own units have not filed all reports."""
    units = own_organisations(desk.request.user, Action.PROGRESS_FILE)
    if not units or desk.may(Action.PERIODS_OPEN):
        return []
    lines = desk_lines(desk.seen(Action.PROGRESS_FILE), units, limit=PERIODS_LOOKED_AT)
    return [
        Line(
            address=reverse("reporting_form", args=[line.period.pk, line.unit.pk]),
            name=f"{period_name(line.period)} {line.period.plan.title}",
            note=ngettext("还差 %(n)d 项进展", "还差 %(n)d 项进展", line.total - line.filed)
            % {"n": line.total - line.filed},
            on=line.period.due_on,
            tone=LATE if line.period.due_on < desk.today else SOON,
        )
        for line in lines
        if line.period.frozen_at is None and line.filed < line.total
    ]


def own_cases(desk: Desk) -> Sequence[Line]:
    """Return how many cases wait for the reader, and how many of them are late."""
    waiting = waiting_cases(desk.request)
    own, late, found = waiting["own"], waiting["late"], []
    if late:
        address = f"{reverse('cases')}?mine=1&due=late&order=due"
        found.append(Line(address=address, words=_("项待办事项逾期"), count=late, tone=LATE))
    if own > late:
        address = f"{reverse('cases')}?mine=1&order=due"
        found.append(Line(address=address, words=_("项待我办理的事项"), count=own))
    return found


def missing_reports(desk: Desk) -> Sequence[Line]:
    """Return the open periods with how many units have not reported; for the office."""
    if not desk.may(Action.MESSAGES_SEND):
        return []
    seen, found = desk.seen(Action.MESSAGES_SEND), []
    for period in open_periods(seen)[:SHOWN_PERIODS]:
        units, reports = count_missing(seen, period)
        if units:
            found.append(
                Line(
                    address=f"{reverse('chasing')}?period={period.pk}",
                    words=_("个单位未报送"),
                    count=units,
                    named_note=f"{period_name(period)} {period.plan.title}",
                    note=ngettext("共 %(n)d 项任务", "共 %(n)d 项任务", reports) % {"n": reports},
                    on=period.due_on,
                    tone=LATE if period.due_on < desk.today else SOON,
                )
            )
    return found


def own_checks(desk: Desk) -> Sequence[Line]:
    """Return the visits that the reader is to make, what is due first."""
    rows = check_list(desk.seen(Action.CHECKS_LOOK), CheckFilter(of=desk.request.user), desk.today)
    rows = rows.filter(state__in=TO_FILL).order_by(F("due_on").asc(nulls_last=True), "pk")
    return [
        Line(
            address=reverse("check_form", args=[row.pk]),
            name=row.subject,
            on=row.due_on,
            tone=LATE if row.due_on and row.due_on < desk.today else PLAIN,
        )
        for row in rows[:LISTED]
    ]
