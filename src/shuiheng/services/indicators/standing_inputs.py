"""What the value of a target was made of, from how it was judged (研判存档)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.standing_content import CaseAmount, count_inputs, indicator_inputs, rate_inputs
from shuiheng.services.cases.count_target import TargetCount
from shuiheng.services.indicators.target_standing import TargetStanding


def standing_inputs(found: TargetStanding) -> dict[str, Any] | None:
    """Return what the value of a target was made of, to compute it again; None where nothing serves it."""
    if found.figure is not None:
        book = indicator_book()
        unit = book.writings.get(found.target.unit or "系数", found.figure.version.unit)
        return indicator_inputs(found.figure, book.facts, unit)
    if found.count is None or found.count.count is None:
        return None
    return _of_count(found.count)


def _of_count(count: TargetCount) -> dict[str, Any]:
    if count.is_rate:
        rate = count.rate
        return rate_inputs(
            rate.numerator if rate else Decimal(0),
            rate.denominator if rate and not count.problem else Decimal(0),
            count.factor,
        )
    cases = count.count.cases if count.count else ()
    return count_inputs(
        tuple(CaseAmount(case=str(each.tally.case), amount=each.amount) for each in cases), count.factor
    )
