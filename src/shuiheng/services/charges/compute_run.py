"""Compute the charges of a run in the background: bulk reading, one derivation for each payer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from shuiheng.adapters.records.models import Charge, ChargeRun, ChargeState, Job, RunState
from shuiheng.charges import Figure
from shuiheng.charges.model import Period
from shuiheng.kernel.derivation_json import derivation_json
from shuiheng.services.charges.derive import Drafted, FoundAtCharge, derive_charge
from shuiheng.services.charges.kinds import ISSUED_KINDS, RunKind
from shuiheng.services.charges.make_run import require_state, rules_json
from shuiheng.services.charges.run_figures import Payable, gather
from shuiheng.services.charges.run_rules import RunRules, run_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.job_steps import step
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for, sight

AT_ONCE = 500
Owner = tuple[int, int | None]


def compute_run(job: Job) -> Mapping[str, Any]:
    """Compute the charges of the run of a job; a job that was cut short begins anew.

    Raises:
        ServiceError: As `run_rules`, or the run is no draft any more.
    """
    account = job.asked_by
    if account is None:
        raise ServiceError("services.not_permitted", action=Action.CHARGES_KEEP.value)
    run = row_for(account, Action.CHARGES_KEEP, ChargeRun, pk=job.arguments["run"])
    require_state(run, (RunState.DRAFT,))
    kind = RunKind(run.kind)
    rules = run_rules(run.place, kind, run.last)
    seen = sight(account, Action.CHARGES_KEEP)
    gathered = gather(seen, run.place, kind, rules.months, measure=rules.measure)
    before = _charged_before(run, rules)
    run.is_trial = rules.is_trial or kind not in ISSUED_KINDS
    with transaction.atomic():
        _clear(run)
    rows = (
        _row(run, each, derive_charge(kind, rules, each, _before(before, each, rules)))
        for each in gathered.payables
    )
    done, total = 0, len(gathered.payables)
    while part := list(islice(rows, AT_ONCE)):
        with transaction.atomic():
            Charge.objects.bulk_create(part)
        done += len(part)
        step(job, done, total)
    with transaction.atomic():
        return _finished(run, rules, gathered.left_out, job)


def _clear(run: ChargeRun) -> None:
    Charge.objects.filter(run=run, state=ChargeState.DRAFT).delete()
    ChargeRun.objects.filter(pk=run.pk).update(computed_at=None)


def _finished(run: ChargeRun, rules: RunRules, left_out: int, job: Job) -> dict[str, Any]:
    """Note what a run was computed by and what it comes to, in one transaction with its event."""
    rows = Charge.objects.filter(run=run, state=ChargeState.DRAFT)
    counts = {
        "charges": rows.count(),
        "due": rows.filter(amount_yuan__gt=0).count(),
        "unknown": rows.filter(amount_yuan__isnull=True).count(),
        "held": rows.filter(is_held=True, amount_yuan__gt=0).count(),
    }
    run.computed_at = timezone.now()
    run.rules = rules_json(rules)
    run.findings = [each.as_json() for each in _of_run(left_out)]
    run.save(update_fields=["computed_at", "rules", "is_trial", "findings"])
    record_event(
        job.asked_by,
        "charge_run.computed",
        subject=f"charge_run:{run.pk}",
        place=run.place,
        after={"counts": counts, "is_trial": run.is_trial, "rules": len(run.rules)},
    )
    return counts


def _of_run(left_out: int) -> Iterable[FoundAtCharge]:
    if left_out:
        yield FoundAtCharge(code="charges.own_abstraction", severity="note", values={"n": str(left_out)})


def _row(run: ChargeRun, payable: Payable, drafted: Drafted) -> Charge:
    amount = drafted.amount
    share = payable.estimated_share
    return Charge(
        run=run,
        user_id=payable.user,
        source_id=payable.source,
        allowance_id=payable.allowance,
        volume_m3=drafted.volume_m3,
        limit_m3=drafted.limit_m3,
        amount_yuan=None if amount is None else amount.value,
        estimated_share=None if share is None else share.quantize(Decimal("0.000001")),
        derivation={} if amount is None else derivation_json(amount),
        findings=[each.as_json() for each in drafted.findings],
        is_trial=amount is None or amount.is_trial or run.is_trial,
        is_held=drafted.is_held,
    )


def _charged_before(run: ChargeRun, rules: RunRules) -> Mapping[Owner, Decimal] | None:
    """Return what was charged for earlier parts of the year by user and source; None where none counts.

    Of surcharges what was issued counts; of the tax, which is issued by its own authority, what was
    reviewed here.
    """
    if rules.period is not Period.YEAR_TO_DATE:
        return None
    stands = Q(state=ChargeState.ISSUED)
    if run.kind == RunKind.RESOURCE_TAX:
        stands = Q(run__state=RunState.REVIEWED)
    rows = Charge.objects.filter(
        stands,
        run__place=run.place,
        run__kind=run.kind,
        run__first=run.first,
        run__last__lt=run.last,
        reverses__isnull=True,
        amount_yuan__isnull=False,
    )
    sums: Sequence[tuple[int, int | None, Decimal]] = list(
        rows.order_by().values_list("user_id", "source_id").annotate(amount=Sum("amount_yuan"))
    )
    return {(user, source): amount for user, source, amount in sums}


def _before(charged: Mapping[Owner, Decimal] | None, payable: Payable, rules: RunRules) -> Figure | None:
    """Return what is taken off for earlier parts of the year; nothing in the first part of it."""
    if charged is None or len(rules.months) == 1:
        return None
    amount = charged.get((payable.user, payable.source), Decimal(0))
    return Figure(value=amount, origin="charges")
