"""What comes next on the first page: due days of duties, targets and permits, and what stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.queries_home_lists import last_reports
from shuiheng.adapters.records.queries_items import bare_duties
from shuiheng.adapters.records.queries_plans import plan_summaries
from shuiheng.adapters.records.queries_warnings import WarningFilter, warning_list
from shuiheng.services.permission import Action
from shuiheng.web.pages.duties.agenda import due_days
from shuiheng.web.pages.gates.ending import ending_permits
from shuiheng.web.pages.home.box import PLAIN, SOON, Desk, Line
from shuiheng.web.pages.home.targets import deadlines
from shuiheng.web.templatetags.warning_words import level_word, warned_period
from shuiheng.web.words import VERSION_STATES

DAYS_AHEAD, DAYS_NEAR = 190, 14
LISTED, PLANS_LISTED = 5, 3


def due_next(desk: Desk) -> Sequence[Line]:
    """Return what falls due next, day by day: duties of plans and deadlines of targets; ending permits."""
    found: list[Line] = []
    if desk.may(Action.LOOK):
        last = desk.today + timedelta(days=DAYS_AHEAD)
        entries = due_days(bare_duties(desk.seen(Action.LOOK)), desk.today, last)
        found += [
            Line(
                address=reverse("duties"),
                name=entry.duty.what,
                note=_("暂定") if entry.date.is_provisional else "",
                on=entry.on,
                tone=SOON if entry.on <= desk.today + timedelta(days=DAYS_NEAR) else PLAIN,
            )
            for entry in entries[:LISTED]
        ]
        found += deadlines(desk)[:LISTED]
    found.sort(key=lambda line: line.on or desk.today)
    ending = ending_permits(desk.request)
    if ending:
        near = Line(
            address=f"{reverse('permits')}?ends=near", words=_("本许可将到期"), count=ending, tone=SOON
        )
        return [near, *found]
    return found


def new_warnings(desk: Desk) -> Sequence[Line]:
    """Return the newest warnings of which nobody decided."""
    rows = warning_list(desk.seen(Action.WARNINGS_LOOK), WarningFilter(), desk.today)
    return [
        Line(
            address=reverse("warning", args=[row.pk]),
            name=row.allowance.user.organisation.name,
            words="",
            note=level_word(row),
            named_note=warned_period(row),
        )
        for row in rows[:LISTED]
    ]


def plans(desk: Desk) -> Sequence[Line]:
    """Return the newest plans with how far their reading has come."""
    found = []
    for summary in plan_summaries(desk.seen(Action.LOOK))[:PLANS_LISTED]:
        version = summary.current
        found.append(
            Line(
                address=reverse("plan", args=[summary.plan.slug]),
                name=summary.plan.title,
                note=VERSION_STATES.get(version.state, "") if version else "",
            )
        )
    return found


def reports(desk: Desk) -> Sequence[Line]:
    """Return the documents that were issued last."""
    return [
        Line(
            address=reverse("report", args=[row.pk]),
            name=row.title,
            on=timezone.localdate(row.issued_at) if row.issued_at else None,
        )
        for row in last_reports(desk.seen(Action.REPORTS_LOOK))[:LISTED]
    ]
