"""What a water user used in each month, from its settled meters at the entrance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.entrance import counted_in
from shuiheng.adapters.records.models import MeterFact, SettledMonth, WaterUser
from shuiheng.adapters.records.sight import Sight

MONTHS_OF_A_YEAR = 12
PARTS = 4  # measured, spread, estimated, missing


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUse:
    """The use of one month by all meters at the entrance (分摊水量).

    Args:
        litres: What registers tell and what is estimated; None when nothing is known of any meter.
        meters: How many meters should tell.
        silent: How many of them tell nothing.
        measured_share: Share of the time of all meters that was measured or spread between readings.
        estimated_share: Share that was estimated.
        missing_share: Share that is missing; 1 for a silent meter.
        estimated_litres: The part of `litres` that was estimated.
        rungs: By which rungs, the best first.
        spread_share: The part of `measured_share` that lies in parts of longer intervals.
    """

    litres: int | None
    meters: int
    silent: int
    measured_share: float
    estimated_share: float
    missing_share: float
    estimated_litres: int = 0
    rungs: Sequence[str] = ()
    spread_share: float = 0.0

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

    Meters count that were last at level 1 in use in the month; `adapters/records/entrance` says so
    for this page and for all totals.

    Args:
        seen: What the reader may see.
        user: The water user.
        year: The year.
        last: A day of the last month that is shown.
    """
    facts = list(seen(MeterFact).filter(subject__user=user, superseded_at__isnull=True))
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
    meters = counted_in(facts, month)
    if not meters:
        return None
    rows = [settled[meter, month] for meter in meters if (meter, month) in settled]
    known = [row for row in rows if row.by_time_litres is not None or row.estimated_seconds]
    silent = len(meters) - len(known)
    seconds = [_seconds(row) for row in known]
    sums = [sum(each) / len(meters) for each in zip(*seconds, strict=True)] if seconds else [0.0] * PARTS
    measured, spread, estimated, missing = sums
    return MonthUse(
        litres=sum((row.by_time_litres or 0) + row.estimated_litres for row in known) if known else None,
        meters=len(meters),
        silent=silent,
        measured_share=measured + spread,
        estimated_share=estimated,
        missing_share=missing + silent / len(meters),
        estimated_litres=sum(row.estimated_litres for row in known),
        rungs=sorted({row.rung for row in known if row.rung}),
        spread_share=spread,
    )


def _seconds(row: SettledMonth) -> tuple[float, float, float, float]:
    """Return the shares of a settled month that are measured, spread, estimated and missing."""
    parts = (row.measured_seconds, row.spread_seconds, row.estimated_seconds, row.missing_seconds)
    whole = sum(parts)
    if whole == 0:
        return 0.0, 0.0, 0.0, 1.0
    measured, spread, estimated, missing = (each / whole for each in parts)
    return measured, spread, estimated, missing
