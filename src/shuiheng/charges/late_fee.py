"""What a late payment costs by the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.charges.errors import BadFigureError
from shuiheng.charges.record import Record
from shuiheng.charges.steps import FEN, Figure, exactly, plain, product_step, rounded_step, sum_step, term_of
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.rules.parameter import DatedValue

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFeeRule:
    """How a late fee grows (滞纳金).

    Args:
        rate_per_day: Share of what is still owed, for each day.
        grace_days: Days after the due day that cost nothing.
        cap_share: The fee never exceeds this share of the principal; None where the rule has no cap.
        citation: The value of the rulebook.
        usual_cap: The share that holds where the rule has no cap; None for no limit. It is a setting of the
            program, so it cites nothing and is written down only when it holds.
    """

    rate_per_day: Decimal
    grace_days: int
    cap_share: Decimal | None
    citation: Citation
    usual_cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that was received for a principal (缴款)."""

    on: date
    amount: Decimal
    origin: str = ""


def late_fee_rule_of(value: DatedValue) -> LateFeeRule:
    """Return the rule that a value of `charges/late_fee` states (滞纳金).

    Raises:
        BadRuleError: A field is missing or below 0.
    """
    record = Record(value, value.value)
    rate, cap = record.number("rate_per_day"), record.number_or_none("cap_share")
    for name, number in (("rate_per_day", rate), ("cap_share", cap)):
        if number is not None and number < 0:
            raise record.refuse(name, "must not be below 0")
    return LateFeeRule(
        rate_per_day=rate,
        grace_days=record.whole_number("grace_days") if record.has("grace_days") else 0,
        cap_share=cap,
        citation=value.citation,
    )


@exactly
def late_fee(
    rule: LateFeeRule, principal: Figure, *, due_on: date, until: date, payments: Sequence[Payment] = ()
) -> Derived:
    """Return the late fee that has grown up to a day (滞纳金), yuan.

    Days count from the day after the due day and the days of grace up to the day of payment, both included;
    each costs its share of what was still owed on it.

    Args:
        rule: The rule.
        principal: What was owed on the due day, yuan.
        due_on: Last day on which payment was in time.
        until: Day up to which the fee is reckoned.
        payments: What was paid, in any order; each counts from the day after it was received.

    Raises:
        BadFigureError: The principal or a payment is below 0.
    """
    for amount in (principal.value, *(each.amount for each in payments)):
        if amount < 0:
            raise BadFigureError("principal", amount, "neither it nor a payment can be below 0")
    amounts = [
        product_step(
            "late_fee_of_days",
            [
                Term(name="owed", value=owed, unit="yuan", origin=principal.origin, label=label),
                Term(name="rate_per_day", value=rule.rate_per_day, unit="ratio"),
                Term(name="days_late", value=Decimal(days), unit="days", label=label),
            ],
            unit="yuan",
            citation=rule.citation,
            label=label,
        )
        for owed, days, label in _spans(rule, principal.value, (due_on, until), payments)
    ]
    total = sum_step("late_fee_sum", [term_of(step) for step in amounts], unit="yuan", citation=rule.citation)
    steps = [*principal.steps, *amounts, total]
    if rule.cap_share is not None:
        steps.append(_capped(rule.cap_share, principal, total, citation=rule.citation))
    elif rule.usual_cap is not None and total.value > principal.value * rule.usual_cap:
        steps.append(_capped(rule.usual_cap, principal, total, citation=None))
    fee = rounded_step("late_fee", steps[-1], FEN)
    return Derived(value=fee.value, unit="yuan", steps=(*steps, fee))


def _spans(
    rule: LateFeeRule, owed: Decimal, days: tuple[date, date], payments: Sequence[Payment]
) -> list[tuple[Decimal, int, str]]:
    """Return what was owed over how many days, from one payment to the next."""
    due_on, until = days
    start = due_on.toordinal() + rule.grace_days
    spans = []
    for payment in (*sorted(payments, key=lambda each: each.on), None):
        end = until if payment is None else min(payment.on, until)
        if end.toordinal() > start and owed > 0:
            first = date.fromordinal(start + 1)
            spans.append((owed, end.toordinal() - start, f"{first.isoformat()}–{end.isoformat()}"))
            start = end.toordinal()
        if payment is not None:
            owed = max(ZERO, owed - payment.amount)
    return spans


def _capped(share: Decimal, principal: Figure, total: Step, *, citation: Citation | None) -> Step:
    cap = principal.value * share
    return Step(
        name="late_fee_capped",
        terms=(
            term_of(total),
            Term(name="principal", value=principal.value, unit="yuan", origin=principal.origin),
            Term(name="cap_share", value=share, unit="ratio"),
        ),
        formula=f"min({plain(total.value)}, {plain(principal.value)} × {plain(share)})",
        value=min(total.value, cap),
        unit="yuan",
        citation=citation,
    )
