"""What the value of a target was made of, from how it was judged (研判存档)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.standing_content import (
    CaseAmount,
    count_inputs,
    indicator_inputs,
    rate_inputs,
    report_inputs,
    rise_inputs,
)
from shuiheng.services.cases.count_target import TargetCount
from shuiheng.services.indicators.count_value import counted_in
from shuiheng.services.indicators.indicator_value import unit_of
from shuiheng.services.indicators.target_standing import TargetStanding


def standing_inputs(found: TargetStanding) -> dict[str, Any] | None:
    """Return what the value of a target was made of, to compute it again; None where nothing serves it."""
    if found.figure is not None:
        now = _of_figure(found, found.figure)
        return now if found.earlier is None else rise_inputs(now, _of_figure(found, found.earlier))
    if found.of_list is not None:
        return rate_inputs(*found.of_list)
    if found.reports and found.seen.value is not None:
        return report_inputs(found.seen.value, found.reports)
    if found.count is None or found.count.count is None or found.count.problem:
        return None
    return _of_count(found, found.count)


def _of_figure(found: TargetStanding, figure: IndicatorFigure) -> dict[str, Any]:
    unit = unit_of(found.target, figure.indicator) or figure.version.unit
    return indicator_inputs(figure, indicator_book().facts, unit)


def _of_count(found: TargetStanding, count: TargetCount) -> dict[str, Any]:
    if count.is_rate:
        rate = count.rate
        parts = (rate.numerator, rate.denominator) if rate else (Decimal(0), Decimal(0))
        return rate_inputs(*parts, count.factor)
    own = counted_in(count, found.place) if found.is_share else count.count
    cases = own.cases if own else ()
    return count_inputs(
        tuple(CaseAmount(case=str(each.tally.case), amount=each.amount) for each in cases), count.factor
    )
