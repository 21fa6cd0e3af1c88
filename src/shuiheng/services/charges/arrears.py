"""What is overdue by its age, and which share of what was charged came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Charge
from shuiheng.adapters.records.queries_charges import issued_charges
from shuiheng.adapters.records.sight import Sight
from shuiheng.charges import Debt, arrears_ageing, collection_rate
from shuiheng.charges.collection import Age
from shuiheng.kernel.derivation import Derived

FEN = Decimal("0.01")  # sums of a database may lose places that hold nothing
EDGES = (30, 90, 180, 365)
"""Most days of each age that the page shows, a setting of this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """How collection stands on a day (收缴情况).

    Args:
        rate: Share of what was charged that came in; None when nothing was charged.
        charged: What was charged, less what was waived or given back.
        paid: What came in, less what was given back.
        ages: What is overdue, by age.
        overdue: The overdue charges with what is owed, the oldest first.
    """

    rate: Derived | None
    charged: Decimal
    paid: Decimal
    ages: Sequence[Age]
    overdue: Sequence[Charge]


def owed_of(charge: Charge) -> Decimal:
    """Return what is owed of a charge that carries its sums (`queries_charges.charges_in_sight`)."""
    sums = charge.__dict__
    amount = charge.amount_yuan or Decimal(0)
    owed: Decimal = amount + sums["late"] - sums["waived"] - sums["paid"]
    return max(Decimal(0), owed)


def arrears(seen: Sight, on: date) -> Arrears:
    """Return how collection stands on a day.

    Args:
        seen: What the reader may see.
        on: The day.
    """
    rows = list(issued_charges(seen))
    debts = list(_debts(rows))
    overdue = [row for row in rows if row.due_on is not None and row.due_on < on and owed_of(row) > 0]
    return Arrears(
        rate=collection_rate(debts),
        charged=sum((debt.charged for debt in debts), Decimal(0)),
        paid=sum((debt.paid for debt in debts), Decimal(0)),
        ages=arrears_ageing(debts, on=on, edges=EDGES),
        overdue=overdue,
    )


def _debts(rows: Iterable[Charge]) -> Iterable[Debt]:
    for row in rows:
        sums = row.__dict__
        amount = row.amount_yuan or Decimal(0)
        given_back = sums["refunded"]
        yield Debt(
            key=row.number,
            charged=max(Decimal(0), amount + sums["late"] - sums["waived"] - given_back),
            paid=(sums["paid"] - given_back).quantize(FEN),
            due_on=row.due_on or date.max,
        )
