"""What a water user used in each month, from its settled meters at the entrance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.models import MeterFact, SettledMonth, WaterUser
from shuiheng.adapters.records.sight import Sight

ENTRANCE_LEVEL, USE_ROLE = 1, "use"
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUse:
    """The use of one month by all meters at the entrance (分摊水量).

    Args:
        litres: What is known of it; None when no meter tells anything.
        meters: How many meters should tell.
        silent: How many of them tell nothing.
        measured_share: Share of the time of all meters that was measured or spread between readings.
        estimated_share: Share that was estimated.
        missing_share: Share that is missing; 1 for a silent meter.
    """

    litres: int | None
    meters: int
    silent: int
    measured_share: float
    estimated_share: float
    missing_share: float

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, so that the month can be compared."""
        return self.litres is not None and self.missing_share == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPair:
    """One month of the year beside that of the year before; None where no meter stood at the entrance."""

    month: int
    now: MonthUse | None
    before: MonthUse | None

    @property
    def change_rate(self) -> float | None:
        """Change against the year before as a ratio; None unless both months are whole and it had use."""
        if self.now is None or self.before is None or not (self.now.is_whole and self.before.is_whole):
            return None
        now, before = self.now.litres, self.before.litres
        return (now - before) / before if now is not None and before else None


def year_of_use(seen: Sight, user: WaterUser, *, year: int, last: date) -> Sequence[MonthPair]:
    """Return the months of a year up to `last` beside those of the year before.

    Meters count that stood at level 1 in use on some day of the month. Those of other levels
    measure the same water again, and the meters of a network measure that of others.

    Args:
        seen: What the reader may see.
        user: The water user.
        year: The year.
        last: A day of the last month that is shown.
    """
    facts = list(
        seen(MeterFact).filter(
            subject__user=user,
            superseded_at__isnull=True,
            level=ENTRANCE_LEVEL,
            role=USE_ROLE,
            is_active=True,
        )
    )
    meters = {fact.subject_id for fact in facts}
    rows = seen(SettledMonth).filter(
        meter__in=meters, month__gte=date(year - 1, 1, 1), month__lt=date(year + 1, 1, 1)
    )
    settled = {(row.meter_id, row.month): row for row in rows}
    months = MONTHS_OF_A_YEAR if last.year > year else last.month if last.year == year else 0
    return [
        MonthPair(
            month=month,
            now=_use(facts, settled, date(year, month, 1)),
            before=_use(facts, settled, date(year - 1, month, 1)),
        )
        for month in range(1, months + 1)
    ]


def _use(
    facts: Iterable[MeterFact], settled: Mapping[tuple[int, date], SettledMonth], month: date
) -> MonthUse | None:
    end = _next(month)
    meters = {
        fact.subject_id
        for fact in facts
        if fact.valid_from < end and (fact.valid_to is None or fact.valid_to > month)
    }
    if not meters:
        return None
    rows = [settled[meter, month] for meter in meters if (meter, month) in settled]
    told = [row.by_time_litres for row in rows if row.by_time_litres is not None]
    silent = len(meters) - len(told)
    seconds = [_seconds(row) for row in rows if row.by_time_litres is not None]
    parts = [sum(each) / len(meters) for each in zip(*seconds, strict=True)] if seconds else [0.0, 0.0, 0.0]
    return MonthUse(
        litres=sum(told) if told else None,
        meters=len(meters),
        silent=silent,
        measured_share=parts[0],
        estimated_share=parts[1],
        missing_share=parts[2] + silent / len(meters),
    )


def _seconds(row: SettledMonth) -> tuple[float, float, float]:
    """Return the shares of a settled month that are measured, estimated and missing."""
    known = row.measured_seconds + row.spread_seconds
    whole = known + row.estimated_seconds + row.missing_seconds
    if whole == 0:
        return 0.0, 0.0, 1.0
    return known / whole, row.estimated_seconds / whole, row.missing_seconds / whole


def _next(month: date) -> date:
    year, before = divmod(month.year * MONTHS_OF_A_YEAR + month.month, MONTHS_OF_A_YEAR)
    return date(year, before + 1, 1)
