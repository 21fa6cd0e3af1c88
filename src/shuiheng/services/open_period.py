"""Open a reporting period of a plan; its due day follows the plan's own duty, where one stands."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shuiheng.adapters.records.models import PeriodKind, PlanDocument, PublishedDuty, ReportingPeriod
from shuiheng.kernel.workday import due_day
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_errors import FieldRefusedError
from shuiheng.services.scope import row_for
from shuiheng.services.work_calendar import work_calendar

MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
FREQUENCIES = {
    PeriodKind.MONTH: "monthly",
    PeriodKind.QUARTER: "quarterly",
    PeriodKind.HALF_YEAR: "semiannual",
    PeriodKind.YEAR: "annual",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDue:
    """When a period falls due by the plan's own words.

    Args:
        on: The day.
        rule: The words of the duty.
        is_provisional: Whether the holidays of that year are not settled yet.
    """

    on: date
    rule: str
    is_provisional: bool


def open_period(
    actor: Actor, plan: str, *, kind: PeriodKind, first: date, due_on: date | None = None
) -> ReportingPeriod:
    """Open a period for which the units of a plan report.

    Args:
        actor: Who opens it; needs the right to open periods.
        plan: Slug of the plan.
        kind: How long it is.
        first: Its first day.
        due_on: Its due day; the one of the plan's duty unless told.

    Raises:
        FieldRefusedError: The first day begins no such period, or the due day is missing or too early.
        ServiceError: `progress.period_exists`, it is open already.
        NotThereError, NotPermittedError: There is no such plan for the actor.
    """
    account = require(actor, Action.PERIODS_OPEN)
    right = first_day_of(kind, first)
    if first != right:
        raise FieldRefusedError("progress.period_start", field="first", first=str(first), right=str(right))
    with transaction.atomic():
        document = row_for(account, Action.PERIODS_OPEN, PlanDocument, lock=True, slug=plan)
        if ReportingPeriod.objects.filter(plan=document, kind=kind, starts_on=first).exists():
            raise ServiceError("progress.period_exists", first=str(first))
        proposed = proposed_due(document, kind, first)
        due = due_on or (proposed.on if proposed else None)
        if due is None:
            raise FieldRefusedError("progress.due_needed", field="due_on")
        if due < first:
            raise FieldRefusedError("progress.due_before_end", field="due_on", due=str(due))
        period = ReportingPeriod.objects.create(
            plan=document,
            kind=kind,
            starts_on=first,
            ends_on=last_day_of(kind, first),
            due_on=due,
            due_rule=proposed.rule[:300] if proposed and proposed.on == due else "",
            opened_by=account,
        )
        record_event(
            account,
            "period.opened",
            subject=f"period:{period.pk}",
            place=document.place,
            after={"kind": kind.value, "starts_on": str(first), "due_on": str(due)},
        )
    return period


def proposed_due(plan: PlanDocument, kind: PeriodKind, first: date) -> ProposedDue | None:
    """Return when the plan's own duty of this rhythm falls due, or None when it has none."""
    duties = PublishedDuty.objects.filter(
        version__plan=plan, frequency=FREQUENCIES[kind], due_rule__isnull=False
    )
    duty = duties.order_by("place").first()
    if duty is None or duty.due_rule is None:
        return None
    found = due_day(
        last_day_of(kind, first),
        months_after=duty.due_rule["months_after"],
        day=duty.due_rule["day"],
        is_workday=duty.due_rule.get("is_workday", True),
        calendar=work_calendar(),
    )
    return ProposedDue(on=found.on, rule=duty.quote, is_provisional=found.is_provisional)


def first_day_of(kind: PeriodKind, day: date) -> date:
    """Return the first day of the period of this kind in which a day lies."""
    length = MONTHS[kind]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def last_day_of(kind: PeriodKind, first: date) -> date:
    """Return the last day of the period of this kind that begins on `first`."""
    month = first.month + MONTHS[kind] - 1
    return date(first.year, month, monthrange(first.year, month)[1])
