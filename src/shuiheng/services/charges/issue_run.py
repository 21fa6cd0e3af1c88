"""Review a run, and issue it: numbers, due day; refused while it is a trial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Charge, ChargeRun, ChargeState, RunState
from shuiheng.services.allowances.freeze_months import freeze_months
from shuiheng.services.charges.issue_checks import require_binding, require_order, require_same_figures
from shuiheng.services.charges.make_run import months_of, require_idle, require_state
from shuiheng.services.charges.tell_payers import ask_telling
from shuiheng.services.document_numbers import next_numbers
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

AT_ONCE = 500


def review_run(actor: Actor, key: int, *, note: str = "") -> ChargeRun:
    """Say that a computed run was looked through; another person than its maker does so.

    Raises:
        ServiceError: `charges.wrong_run_state`; `charges.not_computed`; `charges.own_run`, the maker asks.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_REVIEW)
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_REVIEW, ChargeRun, lock=True, pk=key)
        require_state(run, (RunState.DRAFT,))
        require_idle(run)
        if run.computed_at is None:
            raise ServiceError("charges.not_computed")
        if run.made_by_id == account.pk:
            raise ServiceError("charges.own_run")
        run.state, run.reviewed_by, run.reviewed_at = RunState.REVIEWED, account, timezone.now()
        run.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        _tell(account, run, "charge_run.reviewed", RunState.DRAFT, reason=note.strip()[:300])
    return run


def return_run(actor: Actor, key: int, *, reason: str) -> ChargeRun:
    """Give a reviewed run back as a draft, so that it can be computed again.

    Raises:
        ServiceError: `ledger.reason_needed`; `charges.wrong_run_state`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_REVIEW)
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_REVIEW, ChargeRun, lock=True, pk=key)
        require_state(run, (RunState.REVIEWED,))
        run.state, run.reviewed_by, run.reviewed_at = RunState.DRAFT, None, None
        run.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        _tell(account, run, "charge_run.returned", RunState.REVIEWED, reason=reason.strip()[:300])
    return run


def issue_run(actor: Actor, key: int, *, mark: str, due_on: date) -> int:
    """Issue the charges of a reviewed run that come to more than 0; return how many.

    Each gets a number without gaps and the due day, and its payer is told. Charges of 0, those whose amount
    is not known, and those that are held back without the word of an officer stay drafts; with a word given
    later the run is issued once more for them. Months that are charged against an allowance are frozen.

    Args:
        actor: Who issues; needs the right to.
        key: Key of the run.
        mark: Mark (机关代字) under which the notices are numbered.
        due_on: Last day on which payment is in time.

    Raises:
        ServiceError: `charges.wrong_run_state`; `charges.run_is_trial`, it rests on a value that does not
            bind; `charges.rules_moved`, other values are in force by now; `charges.figures_moved`;
            `charges.out_of_order`; `charges.not_issued_here`; `charges.nothing_due`;
            `charges.due_day_passed`; `services.mark_form`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_ISSUE)
    if due_on <= timezone.localdate():
        raise ServiceError("charges.due_day_passed", day=due_on.isoformat())
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_ISSUE, ChargeRun, lock=True, pk=key)
        require_state(run, (RunState.REVIEWED, RunState.ISSUED))
        require_idle(run)
        rules = require_binding(run)
        rows = list(issuable(run).select_related("user"))
        if any(row.is_trial for row in rows):
            raise ServiceError("charges.run_is_trial")
        if not rows:
            raise ServiceError("charges.nothing_due")
        require_order(run, rules)
        require_same_figures(account, run, rules, rows)
        _number(run, rows, mark=mark, due_on=due_on)
        if run.state != RunState.ISSUED:
            run.state, run.issued_by, run.issued_at = RunState.ISSUED, account, timezone.now()
            run.save(update_fields=["state", "issued_by", "issued_at"])
        _freeze_billed(account, run, rows)
        record_event(
            account,
            "charge_run.issued",
            subject=f"charge_run:{run.pk}",
            place=run.place,
            after={
                "state": run.state,
                "charges": len(rows),
                "held": _held_back(run).count(),
                "number": rows[0].number,
                "last": rows[-1].number,
                "due_on": due_on.isoformat(),
                "amount": str(sum(row.amount_yuan or 0 for row in rows)),
            },
        )
        ask_telling(account, run)
    return len(rows)


def issuable(run: ChargeRun) -> QuerySet[Charge]:
    """Return the drafts of a run that would be issued now."""
    rows = Charge.objects.filter(run=run, state=ChargeState.DRAFT, amount_yuan__gt=0)
    return rows.filter(Q(is_held=False) | ~Q(word=""))


def _held_back(run: ChargeRun) -> QuerySet[Charge]:
    """Return the drafts of a run that wait for the word of an officer."""
    return Charge.objects.filter(run=run, state=ChargeState.DRAFT, amount_yuan__gt=0, is_held=True, word="")


def _number(run: ChargeRun, rows: Sequence[Charge], *, mark: str, due_on: date) -> None:
    numbers = next_numbers(run.place, mark, timezone.localdate().year, count=len(rows))
    now = timezone.now()
    for row, number in zip(rows, numbers, strict=True):
        row.number, row.state = str(number), ChargeState.ISSUED
        row.due_on, row.issued_at = due_on, now
    Charge.objects.bulk_update(rows, ["number", "state", "due_on", "issued_at"], batch_size=AT_ONCE)


def _freeze_billed(account: Account, run: ChargeRun, rows: Sequence[Charge]) -> None:
    """Freeze the months of a run in the allowances against which it charges."""
    months = months_of(run)
    billed = {row.allowance_id: months for row in rows if row.allowance_id is not None}
    freeze_months(account, billed, why=f"charge_run:{run.pk}")


def _tell(account: Account, run: ChargeRun, action: str, before: str, *, reason: str) -> None:
    record_event(
        account,
        action,
        subject=f"charge_run:{run.pk}",
        place=run.place,
        reason=reason,
        before={"state": before},
        after={"state": run.state},
    )
