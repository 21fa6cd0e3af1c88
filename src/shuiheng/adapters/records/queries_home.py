"""What waits for somebody, one query of rows each, as first pages count it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import USE_ROLE
from shuiheng.adapters.records.queries_checks import OPEN_ORDERS, TO_FILL
from shuiheng.adapters.records.queries_quality import STATES as FINDING_STATES
from shuiheng.adapters.records.queries_warnings import STATES as WARNING_STATES
from shuiheng.adapters.records.sight import Sight

Rows = QuerySet[Any]
SILENT, CHECKED_BATCH = "metering.silent", "checked"
UNANSWERED = (
    tables.PublicReportState.NEW,
    tables.PublicReportState.TRIAGED,
    tables.PublicReportState.ASSIGNED,
)


def late_follow_ups(seen: Sight) -> Rows:
    """Return the warnings after which something was decided that is not done in time."""
    return seen(tables.UseWarning).filter(WARNING_STATES["late"])


def open_warnings(seen: Sight) -> Rows:
    """Return the warnings that hold and of which nobody decided."""
    return seen(tables.UseWarning).filter(WARNING_STATES["open"])


def unanswered_warnings(seen: Sight) -> Rows:
    """Return the warnings that hold and that the user has not answered."""
    return seen(tables.UseWarning).filter(WARNING_STATES["open"], answered_at__isnull=True)


def late_checks(seen: Sight, on: date) -> Rows:
    """Return the visits whose last day is over and that are not recorded."""
    return seen(tables.Check).filter(state__in=TO_FILL, due_on__lt=on)


def late_orders(seen: Sight, on: date) -> Rows:
    """Return the orders whose last day is over and that nobody closed."""
    return seen(tables.CheckOrder).filter(state__in=OPEN_ORDERS, due_on__lt=on)


def orders_to_prove(seen: Sight) -> Rows:
    """Return the orders that a unit was served and has not answered."""
    return seen(tables.CheckOrder).filter(state=tables.OrderState.SERVED)


def proofs_to_look_at(seen: Sight) -> Rows:
    """Return what units sent to show that they mended something, and nobody looked at."""
    return seen(tables.OrderProof).filter(looked_at__isnull=True)


def late_rectifications(seen: Sight, on: date) -> Rows:
    """Return what should have been put right by now."""
    rows = seen(tables.Rectification).exclude(state=tables.RectificationState.CLOSED)
    return rows.filter(due_on__lt=on)


def open_rectifications(seen: Sight) -> Rows:
    """Return what a unit has to put right."""
    return seen(tables.Rectification).filter(state=tables.RectificationState.OPEN)


def submitted_rectifications(seen: Sight) -> Rows:
    """Return what was put right and nobody closed."""
    return seen(tables.Rectification).filter(state=tables.RectificationState.SUBMITTED)


def late_public_reports(seen: Sight, on: date) -> Rows:
    """Return what the public told and nobody answered in time."""
    return seen(tables.PublicReport).filter(state__in=UNANSWERED, due_on__lt=on)


def unanswered_public_reports(seen: Sight) -> Rows:
    """Return what the public told and nobody answered."""
    return seen(tables.PublicReport).filter(state__in=UNANSWERED)


def reports_in(seen: Sight, state: str) -> Rows:
    """Return the documents of the office in a state."""
    return seen(tables.ReportRecord).filter(state=state)


def progress_in(seen: Sight, state: str) -> Rows:
    """Return what units reported, in a state, of periods that are not frozen."""
    return seen(tables.Progress).filter(state=state, period__frozen_at__isnull=True)


def unchecked_progress(seen: Sight) -> Rows:
    """Return what clerks of a unit filed and nobody of the unit checked."""
    return progress_in(seen, tables.ProgressState.FILED).filter(checked_at__isnull=True)


def rounds_in(seen: Sight, state: str) -> Rows:
    """Return the plans of a year in a state."""
    return seen(tables.AllowanceRound).filter(state=state)


def asked_allowances(seen: Sight) -> Rows:
    """Return the changes of allowances that users asked for."""
    return seen(tables.AllowanceEntry).filter(state=tables.EntryState.ASKED)


def unreceived_allowances(seen: Sight) -> Rows:
    """Return the allowances that were published and whose user has not confirmed them."""
    return seen(tables.PlannedAllowance).filter(published_at__isnull=False, received_at__isnull=True)


def runs_in(seen: Sight, state: str) -> Rows:
    """Return the runs of charges in a state."""
    return seen(tables.ChargeRun).filter(state=state)


def asked_releases(seen: Sight) -> Rows:
    """Return the refunds, waivers and the like that a second person must release."""
    return seen(tables.ChargeEntry).filter(state=tables.ChargeEntryState.ASKED)


def unreceived_charges(seen: Sight) -> Rows:
    """Return the bills that a user has not confirmed."""
    return seen(tables.Charge).filter(state=tables.ChargeState.ISSUED, received_at__isnull=True)


def awards_in(seen: Sight, state: str) -> Rows:
    """Return the applications for rewards in a state."""
    return seen(tables.Award).filter(state=state)


def asked_credit_changes(seen: Sight) -> Rows:
    """Return what units asked for about their credit records."""
    return seen(tables.CreditRequest).filter(state=tables.CreditRequestState.ASKED)


def entered_statistics(seen: Sight) -> Rows:
    """Return the statistics that were entered and wait for a second person."""
    return seen(tables.Statistic).filter(state=tables.StatisticState.ENTERED, superseded_at__isnull=True)


def proposed_rules(seen: Sight) -> Rows:
    """Return the local rules that wait for a second person."""
    return seen(tables.LocalRule).filter(state=tables.LocalRuleState.PROPOSED)


def committed_draws(seen: Sight) -> Rows:
    """Return the draws whose seed is fixed and that wait to be released."""
    return seen(tables.InspectionDraw).filter(state=tables.DrawState.DRAWN, published_at__isnull=True)


def open_matches(seen: Sight) -> Rows:
    """Return the names of units in plans that nobody has matched."""
    return seen(tables.UnitMatch).filter(is_confirmed=False, decided_at__isnull=True)


def checked_batches(seen: Sight) -> Rows:
    """Return the files of readings that were checked and wait for the word of a person."""
    return seen(tables.LedgerBatch).filter(state=CHECKED_BATCH)


def silent_meters(seen: Sight) -> Rows:
    """Return the open findings of meters that tell nothing any more."""
    return seen(tables.MeterFinding).filter(FINDING_STATES["open"], code=SILENT)


def unfiled_meters(seen: Sight, month: date, last_day: date) -> Rows:
    """Return the meters that users read by hand and of which nothing has come for a month."""
    in_use = standing(seen(tables.MeterFact), AsOf(on=last_day)).filter(is_active=True, role=USE_ROLE)
    by_hand = in_use.filter(
        subject__user__isnull=False,
        subject__user__merged_into__isnull=True,
        telemetry_id="",
        grid_minutes__isnull=True,
    )
    filed = seen(tables.MeterFiling).filter(month=month, superseded_at__isnull=True)
    return _untold(by_hand, month).filter(~Exists(filed.filter(meter=OuterRef("subject"))))


def unsettled_meters(seen: Sight, month: date, last_day: date) -> Rows:
    """Return the meters in use of which a month is not settled, or with nothing known in all of it."""
    in_use = standing(seen(tables.MeterFact), AsOf(on=last_day)).filter(is_active=True)
    return _untold(in_use, month)


def _untold(rows: Rows, month: date) -> Rows:
    """Return the facts of the meters of whose month nothing is known; who sees a meter sees its months."""
    settled = FilteredRelation("subject__months", condition=Q(subject__months__month=month))
    found: Rows = rows.annotate(settled=settled).filter(settled__by_time_litres__isnull=True)
    return found


def failed_jobs(seen: Sight, since: datetime) -> Rows:
    """Return the jobs that failed since a moment."""
    return seen(tables.Job).filter(state=tables.JobState.FAILED, created_at__gte=since)


def proposals_in(seen: Sight, state: str) -> Rows:
    """Return the proposals of people in a state."""
    return seen(tables.PersonProposal).filter(state=state)


def accounts_without_role(seen: Sight, on: date) -> Rows:
    """Return the open accounts that hold no role on a day."""
    held = seen(tables.Membership).filter(Q(to_on__isnull=True) | Q(to_on__gt=on), from_on__lte=on)
    rows = seen(tables.Account).filter(closed_at__isnull=True, is_active=True)
    return rows.filter(~Exists(held.filter(account=OuterRef("pk"))))


def closed_to_sign_in(seen: Sight) -> Rows:
    """Return the accounts that are kept from signing in and are not closed for good."""
    return seen(tables.Account).filter(closed_at__isnull=True, is_active=False)


def refused_events(seen: Sight, since: datetime) -> Rows:
    """Return what was refused since a moment."""
    return seen(tables.Event).filter(is_refused=True, at__gte=since)


def events_since(seen: Sight, since: datetime) -> Rows:
    """Return what was done since a moment."""
    return seen(tables.Event).filter(at__gte=since)


def open_accounts(seen: Sight) -> Rows:
    """Return the accounts that may sign in."""
    return seen(tables.Account).filter(closed_at__isnull=True, is_active=True)


def plans(seen: Sight) -> Rows:
    """Return the plans."""
    return seen(tables.PlanDocument)


def units(seen: Sight) -> Rows:
    """Return the open units."""
    return seen(tables.Organisation).filter(to_on__isnull=True)


def water_users(seen: Sight) -> Rows:
    """Return the water users."""
    return seen(tables.WaterUser).filter(merged_into__isnull=True)


def periods(seen: Sight) -> Rows:
    """Return the periods for which units report."""
    return seen(tables.ReportingPeriod)
