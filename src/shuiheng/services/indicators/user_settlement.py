"""The settlement of one user and month behind a fact, with the readings it came from (逐户结算)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import Meter, Place, SettledMonth
from shuiheng.adapters.records.queries_fact_rows import meters_taken
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.computed_facts import UseRule, computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactKind
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.fact_rows import FIRST_YEAR, LAST_YEAR, water_taken
from shuiheng.services.indicators.settled_facts import LITRES_OF_M3, months_of
from shuiheng.services.readings.meter_readings import ReadingLine, lines_in

MOST_METERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterMonth:
    """A meter in a month: what was settled of it, and its readings.

    Args:
        meter: The meter.
        settled: What was settled; None where nothing is known.
        litres: What of it the fact takes in.
        lines: Its readings in the month, in order of time; None where they are not listed here.
    """

    meter: Meter
    settled: SettledMonth | None
    litres: int
    lines: Sequence[ReadingLine] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSettlement:
    """The settlement of one user and month behind a fact (逐户结算).

    Args:
        kind: The fact.
        month: The month.
        meters: The meters whose water the fact takes in, the largest first.
    """

    kind: FactKind
    month: date
    meters: Sequence[MeterMonth]

    @property
    def value(self) -> Decimal:
        """Return the water of all meters in the unit of the fact."""
        return self.kind.unit.from_base(Decimal(sum(each.litres for each in self.meters)) / LITRES_OF_M3)


def user_settlement(seen: Sight, place: Place, fact: str, user: int | None, month: date) -> UserSettlement:
    """Return the settlement of one user and month behind a fact of a place, as far as in sight (逐户结算).

    Args:
        seen: Which meters the reader may see.
        place: The city or district.
        fact: Id of the fact.
        user: Key of the user; None for meters without one.
        month: First day of the month.

    Raises:
        NotThereError: The fact adds up no water, or no meter of the user that it takes in is in sight.
    """
    rule, kind = computed_facts().uses.get(fact), indicator_book().facts.get(fact)
    taken = water_taken(place, rule, month.year) if rule is not None else None
    if rule is None or kind is None or taken is None:
        raise NotThereError(f"fact:{fact}:{month.year}")
    rows = meters_taken(seen, taken, month).filter(subject__user=user).select_related("subject")
    meters = {row.subject_id: row.subject for row in rows}
    if not meters:
        raise NotThereError(f"fact:{fact}:{place.pk}:{user}:{month}")
    settled = {row.meter_id: row for row in seen(SettledMonth).filter(meter__in=list(meters), month=month)}
    ordered = sorted(meters, key=lambda key: (-_litres(rule, settled.get(key)), key))
    return UserSettlement(
        kind=kind,
        month=month,
        meters=[
            MeterMonth(
                meter=meters[key],
                settled=settled.get(key),
                litres=_litres(rule, settled.get(key)),
                lines=lines_in(meters[key], month, last_day_of(month)) if at < MOST_METERS else None,
            )
            for at, key in enumerate(ordered)
        ],
    )


def month_asked(year: int, number: int | None) -> date:
    """Return the month of a year that is asked for; its last unless told.

    Raises:
        NotThereError: The year is none.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotThereError(f"year:{year}")
    months: Mapping[int, date] = {month.month: month for month in months_of(year)}
    return months.get(number or 0, date(year, 12, 1))


def _litres(rule: UseRule, row: SettledMonth | None) -> int:
    if row is None:
        return 0
    return (row.by_time_litres or 0) + (0 if rule.is_told else row.estimated_litres)
