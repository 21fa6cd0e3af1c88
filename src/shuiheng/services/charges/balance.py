"""What is owed, paid and can be given back of a charge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.adapters.records.models import (
    Charge,
    ChargeEntry,
    ChargeEntryKind,
    ChargeEntryState,
    ChargeState,
)

ZERO = Decimal(0)
AGAINST = (ChargeEntryKind.WAIVER, ChargeEntryKind.REFUND, ChargeEntryKind.REVERSAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How a charge stands (收缴情况), yuan.

    A refund lowers what was charged and gives money back, so that it changes nothing of what is owed.

    Args:
        charged: The amount and the late fees; 0 when it was reversed.
        waived: What was waived.
        refunded: What was given back.
        paid: All payments.
        waiting_waiver: Waivers that wait for a second person.
        waiting_refund: Refunds that wait for a second person.
    """

    charged: Decimal
    waived: Decimal
    refunded: Decimal
    paid: Decimal
    waiting_waiver: Decimal = ZERO
    waiting_refund: Decimal = ZERO

    @property
    def owed(self) -> Decimal:
        """Return what is still owed; never below 0."""
        return max(ZERO, self.charged - self.waived - self.paid)

    @property
    def may_be_waived(self) -> Decimal:
        """Return what can be waived yet: what is owed, less what waits already."""
        return max(ZERO, self.owed - self.waiting_waiver)

    @property
    def may_be_refunded(self) -> Decimal:
        """Return what can be given back yet: what was paid, less what was given back or waits."""
        return max(ZERO, self.paid - self.refunded - self.waiting_refund)

    @property
    def to_collect(self) -> Decimal:
        """Return what was to be collected in all: the charge less what was waived or given back."""
        return max(ZERO, self.charged - self.waived - self.refunded)

    @property
    def collected(self) -> Decimal:
        """Return what was collected: payments less what was given back."""
        return self.paid - self.refunded


def balance_of(charge: Charge, entries: Iterable[ChargeEntry]) -> Balance:
    """Return how a charge stands by its entries."""
    sums: dict[tuple[str, str], Decimal] = {}
    for entry in entries:
        place = entry.kind, entry.state
        sums[place] = sums.get(place, ZERO) + entry.amount_yuan
    released, asked = ChargeEntryState.RELEASED.value, ChargeEntryState.ASKED.value
    amount = charge.amount_yuan or ZERO if charge.state == ChargeState.ISSUED else ZERO
    late = sums.get((ChargeEntryKind.LATE_FEE.value, released), ZERO)
    return Balance(
        charged=amount + (late if charge.state == ChargeState.ISSUED else ZERO),
        waived=sums.get((ChargeEntryKind.WAIVER.value, released), ZERO),
        refunded=sums.get((ChargeEntryKind.REFUND.value, released), ZERO),
        paid=sums.get((ChargeEntryKind.PAYMENT.value, released), ZERO),
        waiting_waiver=sums.get((ChargeEntryKind.WAIVER.value, asked), ZERO),
        waiting_refund=sums.get((ChargeEntryKind.REFUND.value, asked), ZERO),
    )
