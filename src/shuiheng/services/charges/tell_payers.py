"""Tell payers of charges that were issued or reversed, each once, and keep that they received the notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Channel, Charge, ChargeRun, ChargeState, Job, JobKind
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.write_notices import NAMES
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.job_steps import ask_job, step
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

TELL, ISSUED, REVERSED = "tell", "charge_issued", "charge_reversed"
AT_ONCE = 100


def ask_telling(account: Account, run: ChargeRun) -> Job:
    """Queue the messages to the payers of a run; called in the transaction that issues it."""
    return ask_job(
        account,
        JobKind.CHARGES,
        title=f"缴费告知 {run.first:%Y-%m}–{run.last:%Y-%m}",
        place=run.place,
        arguments={"work": TELL, "run": run.pk},
    )


def tell_payers(job: Job) -> Mapping[str, Any]:
    """Write to the payer of each issued charge of the run of a job; one that was cut short goes on."""
    rows = Charge.objects.filter(
        run=job.arguments["run"], state=ChargeState.ISSUED, reverses__isnull=True, told_at__isnull=True
    ).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            some = rows.select_for_update(of=("self",)).filter(pk__in=keys[first : first + AT_ONCE])
            _tell(job.asked_by, list(some.select_related("run__place", "user__organisation__place")))
        step(job, min(first + AT_ONCE, len(keys)), len(keys))
    return {"told": len(keys)}


def tell_reversal(account: Account, charge: Charge) -> None:
    """Write to a payer that its charge was reversed; called in the transaction that reverses it."""
    write_message(_cause(account, charge, REVERSED), Channel.SITE, organisation=charge.user.organisation)


def confirm_charge(actor: Actor, key: int) -> Charge:
    """Confirm that the notice of a charge was received (签收); the first one stands.

    Raises:
        ServiceError: `charges.not_issued`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_RECEIVE)
    with transaction.atomic():
        charge = row_for(account, Action.CHARGES_RECEIVE, Charge, lock=True, pk=key)
        if charge.state == ChargeState.DRAFT or charge.reverses_id is not None:
            raise ServiceError("charges.not_issued")
        if charge.received_at is None:
            charge.received_by, charge.received_at = account, timezone.now()
            charge.save(update_fields=["received_by", "received_at"])
            record_event(account, "charge.received", subject=f"charge:{charge.pk}", place=charge.run.place)
    return charge


def message_key(charge: Charge) -> str:
    """Return the key of the message on the site that told the payer of a charge."""
    return f"{ISSUED}:{charge.pk}/unit:{charge.user.organisation_id}/{Channel.SITE.value}"


def _tell(account: Account | None, rows: list[Charge]) -> None:
    now = timezone.now()
    for row in rows:
        write_message(_cause(account, row, ISSUED), Channel.SITE, organisation=row.user.organisation)
        row.told_at = now
    Charge.objects.bulk_update(rows, ["told_at"])
    if rows:
        record_event(
            account,
            "charge_run.told",
            subject=f"charge_run:{rows[0].run_id}",
            place=rows[0].run.place,
            after={"charges": len(rows)},
        )


def _cause(account: Account | None, charge: Charge, kind: str) -> Cause:
    run = charge.run
    months = [f"{run.first:%Y-%m}", f"{run.last:%Y-%m}"]
    return Cause(
        kind=kind,
        key=f"{kind}:{charge.pk}",
        by=account,
        page=reverse("charge", args=[charge.pk]),
        blanks={
            "organisation": charge.user.organisation.name,
            "name": NAMES[RunKind(run.kind)],
            "period": "–".join(dict.fromkeys(months)),
            "amount": f"{charge.amount_yuan:,.2f}",
            "number": charge.number,
            "due": "" if charge.due_on is None else charge.due_on.isoformat(),
        },
    )
