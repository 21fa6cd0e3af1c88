"""The charge that reverses another: an issued one is never edited."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import Charge, ChargeEntry, ChargeState
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.kernel.derivation_json import derivation_json, read_derivation


def reverse(charge: Charge, entry: ChargeEntry) -> Charge:
    """Write the charge that reverses one (冲正), and mark the reversed one; call it where both are locked.

    The reversal keeps the whole derivation of the charge and one further step, and the number of the
    notice with a mark, so that each can be found from the other.
    """
    amount = charge.amount_yuan or Decimal(0)
    kept = read_derivation(charge.derivation)
    step = Step(
        name="reversal",
        terms=(Term(name="charged", value=amount, unit="yuan", origin=f"charge:{charge.pk}"),),
        formula=f"0 − {amount:f}",
        value=-amount,
        unit="yuan",
    )
    row = Charge.objects.create(
        run=charge.run,
        user=charge.user,
        source=charge.source,
        allowance=charge.allowance,
        reverses=charge,
        volume_m3=charge.volume_m3,
        limit_m3=charge.limit_m3,
        amount_yuan=-amount,
        estimated_share=charge.estimated_share,
        derivation=derivation_json(Derived(value=-amount, unit="yuan", steps=(*kept.steps, step))),
        is_trial=charge.is_trial,
        state=ChargeState.ISSUED,
        number=f"{charge.number}（冲正）",
        issued_at=timezone.now(),
        note=entry.reason,
    )
    charge.state = ChargeState.REVERSED
    charge.save(update_fields=["state"])
    return row
