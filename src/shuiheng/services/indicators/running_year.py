"""What is known of an indicator in the year under way (年内累计值): its months so far, or its state today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Course, Indicator
from shuiheng.indicators.errors import NotDefinedError
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.units import Unit
from shuiheng.indicators.verdict import Seen
from shuiheng.services.indicators.judging_desk import JudgingDesk

WITHIN_YEAR, BY_LAST_YEAR, BY_DAYS = "within_year", "by_last_year", "by_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningValue:
    """The value of an indicator in the year under way (年内累计值).

    Args:
        figure: The value.
        seen: What is known of it, in the unit of the target.
        notes: What was assumed, as codes.
    """

    figure: IndicatorFigure
    seen: Seen
    notes: tuple[str, ...]


def running_value(desk: JudgingDesk, indicator: Indicator, place: Place, unit: Unit) -> RunningValue | None:
    """Return what is known of an indicator in the year under way; None where nothing sure is.

    What adds up is told to the end of the last month to which all that goes into it is known well enough;
    what does not is told as it stands today.

    Args:
        desk: What judging looks at.
        indicator: The indicator.
        place: The city or district.
        unit: The unit of the target.
    """
    for month in _months(desk, indicator, place):
        figure = desk.figure(indicator, place, desk.on.year, through=month)
        seen = seen_of(figure, unit)
        most = desk.most_unmeasured
        if seen.value is None or figure.up_to > desk.on or (most is not None and seen.unmeasured > most):
            continue
        if indicator.course is not Course.TOTAL:
            return RunningValue(figure=figure, seen=seen, notes=(WITHIN_YEAR,))
        share = _share_of_year(desk, indicator, place, month)
        note = BY_DAYS if share is None else BY_LAST_YEAR
        return RunningValue(figure=figure, seen=replace(seen, of_year=share), notes=(WITHIN_YEAR, note))
    return None


def seen_of(figure: IndicatorFigure, unit: Unit) -> Seen:
    """Return what is known of a value, in the unit of a target."""
    value = figure.value
    told = None if value is None else unit.from_base(figure.version.unit.to_base(value))
    return Seen(
        value=told,
        up_to=None if told is None else figure.up_to,
        missing=tuple(dict.fromkeys(each.fact for each in figure.missing)),
        shares=figure.worst_shares,
    )


def _months(desk: JudgingDesk, indicator: Indicator, place: Place) -> Iterator[int]:
    """Yield the months to whose end the indicator may be known, the last first."""
    try:
        version = indicator.version_on(desk.on.replace(month=12, day=31))
    except NotDefinedError:
        return
    if not indicator.is_told_within(version):
        return
    facts, kinds = version.facts(), indicator_book().facts
    if any(kinds[fact].adds_up for fact in facts):
        yield from desk.book(place).months(facts, desk.on.year)
    else:
        yield desk.on.month


def _share_of_year(desk: JudgingDesk, indicator: Indicator, place: Place, month: int) -> Decimal | None:
    """Return which share of a total had come by the end of a month in the year before."""
    last = desk.on.year - 1
    try:
        part = desk.figure(indicator, place, last, through=month).value
        whole = desk.figure(indicator, place, last).value
    except NotDefinedError:
        return None
    is_known = part is not None and whole is not None and 0 < part <= whole
    return part / whole if is_known and part is not None and whole is not None else None
