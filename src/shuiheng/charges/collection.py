"""How much of what was charged came in, and how long the rest is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.charges.errors import BadFigureError
from shuiheng.charges.steps import exactly
from shuiheng.kernel.derivation import Derived, Step, Term

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What was charged, what was paid of it, and when it was due (应收款).

    Args:
        key: What it is, such as the number of a notice.
        charged: What was charged, yuan, less what was waived.
        paid: What was paid of it, yuan.
        due_on: Last day on which payment was in time.
    """

    key: str
    charged: Decimal
    paid: Decimal
    due_on: date

    @property
    def owed(self) -> Decimal:
        """Return what is still owed; what was paid too much is owed by nobody here."""
        return max(ZERO, self.charged - self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """What is overdue by a number of days (账龄).

    Args:
        since: Fewest days.
        up_to: Most days, or None for the oldest.
        count: How many debts.
        owed: What they come to, yuan.
    """

    since: int
    up_to: int | None
    count: int
    owed: Decimal


@exactly
def collection_rate(debts: Iterable[Debt]) -> Derived | None:
    """Return the share of what was charged that was paid (水费收缴率); None when nothing was charged.

    What was paid beyond a charge does not make up for another one.
    """
    listed = tuple(debts)
    charged = sum((debt.charged for debt in listed), ZERO)
    paid = sum((min(debt.paid, debt.charged) for debt in listed), ZERO)
    if charged <= 0:
        return None
    step = Step(
        name="collection_rate",
        terms=(
            Term(name="paid", value=paid, unit="yuan"),
            Term(name="charged", value=charged, unit="yuan"),
        ),
        formula=f"{paid:f} ÷ {charged:f}",
        value=paid / charged,
        unit="ratio",
    )
    return Derived(value=step.value, unit="ratio", steps=(step,))


def arrears_ageing(debts: Iterable[Debt], *, on: date, edges: Sequence[int]) -> tuple[Age, ...]:
    """Return what is overdue on a day by its age (欠费账龄); what is not yet due is left out.

    Args:
        debts: All debts.
        on: The day.
        edges: Most days of each age but the oldest, in rising order.

    Raises:
        BadFigureError: The edges do not rise from 1.
    """
    if list(edges) != sorted(set(edges)) or (edges and edges[0] < 1):
        raise BadFigureError("edges", Decimal(edges[0]), "the ages must rise from 1 day")
    lows = (1, *(edge + 1 for edge in edges))
    tops = (*edges, None)
    listed = tuple(debts)
    late = [(on - debt.due_on).days for debt in listed]
    ages = []
    for low, top in zip(lows, tops, strict=True):
        within = [
            debt.owed
            for debt, days in zip(listed, late, strict=True)
            if debt.owed > 0 and days >= low and (top is None or days <= top)
        ]
        ages.append(Age(since=low, up_to=top, count=len(within), owed=sum(within, ZERO)))
    return tuple(ages)
