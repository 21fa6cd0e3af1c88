"""Review a run, and issue it: numbers, due day; refused while it is a trial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Charge, ChargeRun, ChargeState, RunState
from shuiheng.services.allowances.freeze_months import freeze_months
from shuiheng.services.charges.kinds import ISSUED_KINDS, RunKind
from shuiheng.services.charges.make_run import require_idle, require_state, rules_json
from shuiheng.services.charges.run_rules import run_rules
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

    Each gets a number without gaps and the due day. Charges of 0, and those whose amount is not known,
    stay drafts. The months that an issued charge holds against an allowance are frozen with it.

    Args:
        actor: Who issues; needs the right to.
        key: Key of the run.
        mark: Mark (机关代字) under which the notices are numbered.
        due_on: Last day on which payment is in time.

    Raises:
        ServiceError: `charges.wrong_run_state`; `charges.run_is_trial`, it rests on a value that does not
            bind; `charges.rules_moved`, other values are in force by now; `charges.not_issued_here`;
            `charges.nothing_due`; `charges.due_day_passed`; `services.mark_form`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_ISSUE)
    now = timezone.now()
    if due_on <= timezone.localdate():
        raise ServiceError("charges.due_day_passed", day=due_on.isoformat())
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_ISSUE, ChargeRun, lock=True, pk=key)
        require_state(run, (RunState.REVIEWED,))
        require_idle(run)
        _require_binding(run)
        rows = list(Charge.objects.filter(run=run, state=ChargeState.DRAFT, amount_yuan__gt=0))
        if any(row.is_trial for row in rows):
            raise ServiceError("charges.run_is_trial")
        if not rows:
            raise ServiceError("charges.nothing_due")
        numbers = next_numbers(run.place, mark, timezone.localdate().year, count=len(rows))
        for row, number in zip(rows, numbers, strict=True):
            row.number, row.state = str(number), ChargeState.ISSUED
            row.due_on, row.issued_at = due_on, now
        Charge.objects.bulk_update(rows, ["number", "state", "due_on", "issued_at"], batch_size=AT_ONCE)
        run.state, run.issued_by, run.issued_at = RunState.ISSUED, account, now
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
                "number": rows[0].number,
                "last": rows[-1].number,
                "due_on": due_on.isoformat(),
                "amount": str(sum(row.amount_yuan or 0 for row in rows)),
            },
        )
    return len(rows)


def _require_binding(run: ChargeRun) -> None:
    """Refuse a run whose values do not bind, or are not those in force and known by now."""
    kind = RunKind(run.kind)
    if kind not in ISSUED_KINDS:
        raise ServiceError("charges.not_issued_here")
    rules = run_rules(run.place, kind, run.last)
    if rules.is_trial or run.is_trial:
        raise ServiceError("charges.run_is_trial")
    if rules_json(rules) != run.rules:
        raise ServiceError("charges.rules_moved")


def _freeze_billed(account: Account, run: ChargeRun, rows: Sequence[Charge]) -> None:
    """Freeze the months of a run in the allowances against which it charges."""
    months = range(run.first.month, run.last.month + 1)
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
