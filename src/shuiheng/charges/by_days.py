"""A volume split at the days on which prices change, in whole litres, so that no litre is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from shuiheng.charges.errors import BadFigureError
from shuiheng.charges.steps import exactly, plain, rounded
from shuiheng.kernel.derivation import Step, Term

LITRE = Decimal("0.001")


@exactly
def parts_by_days(amount: Decimal, days: Sequence[int]) -> tuple[Decimal, ...]:
    """Return an amount split in proportion to days; what has run up to each day is rounded to the litre.

    Args:
        amount: Amount of all days, m³.
        days: How many days each part has.

    Raises:
        BadFigureError: A part has fewer than no days, or there is no day at all.
    """
    whole = sum(days)
    if whole <= 0 or min(days) < 0:
        raise BadFigureError("days", Decimal(whole), "the parts of a period have days")
    parts, run, before = [], 0, Decimal(0)
    for count in days:
        run += count
        upto = amount if run == whole else rounded(amount * run / whole, LITRE)
        parts.append(upto - before)
        before = upto
    return tuple(parts)


def day_steps(volume: Term, days: Sequence[int], labels: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps that split a volume at the days on which its price changes.

    Args:
        volume: The volume of all days.
        days: How many days each part has.
        labels: What tells the parts apart, such as the first day of each.

    Raises:
        BadFigureError: A part has fewer than no days, or there is no day at all.
    """
    steps: list[Step] = []
    run, whole, before = 0, sum(days), Decimal(0)
    for part, count, label in zip(parts_by_days(volume.value, days), days, labels, strict=True):
        run += count
        taken = f" − {plain(before)}" if before else ""
        steps.append(
            Step(
                name="volume_of_days",
                terms=(
                    volume,
                    Term(name="days", value=Decimal(count), unit="days", label=label),
                    Term(name="days_of_period", value=Decimal(whole), unit="days"),
                ),
                formula=f"{plain(volume.value)} × {run} ÷ {whole}{taken}",
                value=part,
                unit="m3",
                label=label,
            )
        )
        before += part
    return tuple(steps)
