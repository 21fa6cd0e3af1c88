"""Freeze a reporting period with all that was accepted, or open it again for those who come late."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Progress, ProgressState, ReportingPeriod
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_errors import PeriodFrozenError, ReasonNeededError
from shuiheng.services.progress_rules import ProgressAction, step_for
from shuiheng.services.progress_step import apply_step
from shuiheng.services.scope import row_for

IN_WORK = (ProgressState.FILED, ProgressState.REVIEWED)


def freeze_period(actor: Actor, key: int) -> ReportingPeriod:
    """Freeze a period: every accepted report of it is frozen in one transaction (封存).

    Drafts stay drafts; they can be filed again only when the period is opened again.

    Args:
        actor: Who freezes; needs the right to freeze.
        key: Key of the period.

    Raises:
        PeriodFrozenError: It is frozen already.
        ServiceError: `progress.period_in_work`, filed reports are not accepted yet.
        NotThereError, NotPermittedError: There is no such period for the actor.
    """
    account = require(actor, Action.PERIODS_FREEZE)
    with transaction.atomic():
        period = row_for(account, Action.PERIODS_FREEZE, ReportingPeriod, lock=True, pk=key)
        if period.frozen_at is not None:
            raise PeriodFrozenError
        waiting = period.progress.filter(state__in=IN_WORK).count()
        if waiting:
            raise ServiceError("progress.period_in_work", count=str(waiting))
        rows = period.progress.select_for_update().filter(state=ProgressState.ACCEPTED).order_by("pk")
        count = sum(_frozen(progress, account) for progress in rows)
        period.frozen_at = timezone.now()
        period.save(update_fields=["frozen_at"])
        _note(account, "period.frozen", period, reports=count)
    return period


def reopen_period(actor: Actor, key: int, *, reason: str) -> ReportingPeriod:
    """Open a frozen period again for units that come late; what is frozen in it stays frozen.

    Raises:
        ReasonNeededError: No reason is given.
        NotThereError, NotPermittedError: There is no such period for the actor.
    """
    account = require(actor, Action.PERIODS_FREEZE)
    if not reason.strip():
        raise ReasonNeededError
    with transaction.atomic():
        period = row_for(account, Action.PERIODS_FREEZE, ReportingPeriod, lock=True, pk=key)
        if period.frozen_at is not None:
            period.frozen_at = None
            period.save(update_fields=["frozen_at"])
            _note(account, "period.reopened", period, reason=reason.strip())
    return period


def _frozen(progress: Progress, by: Account) -> int:
    apply_step(progress, step_for(ProgressAction.FREEZE, progress.state), by=by)
    return 1


def _note(
    account: Account, action: str, period: ReportingPeriod, *, reason: str = "", reports: int = 0
) -> None:
    is_frozen = period.frozen_at is not None
    record_event(
        account,
        action,
        subject=f"period:{period.pk}",
        place=period.plan.place,
        reason=reason,
        before={"is_frozen": not is_frozen},
        after={"is_frozen": is_frozen},
        reports=reports,
    )
