"""What a water user used in each month, from its settled meters at the entrance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from shuiheng.adapters.records.entrance import counted_in
from shuiheng.adapters.records.models import MeterFact, SettledMonth, WaterUser
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.metering.civil_time import month_after, start_of
from shuiheng.services.use.use_totals import change_rate

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUse:
    """The use of one month by all meters at the entrance (分摊水量).

    Args:
        use: The water and how well it is known, in the shape of all totals.
        rungs: By which rungs its estimates were made, sorted.
    """

    use: Use
    rungs: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPair:
    """One month of the year beside that of the year before; None where no meter stood at the entrance."""

    month: int
    now: MonthUse | None
    before: MonthUse | None

    @property
    def change_rate(self) -> float | None:
        """Change against the year before as a ratio, by the rule of all totals; None where that has none."""
        return None if self.now is None or self.before is None else change_rate(self.now.use, self.before.use)


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
    silent = Use(silent=1, meters=1, missing_seconds=start_of(month_after(month)) - start_of(month))
    uses = [_use_of(row) for row in known] + [silent] * (len(meters) - len(known))
    return MonthUse(use=reduce(Use.joined, uses), rungs=sorted({row.rung for row in known if row.rung}))


def _use_of(row: SettledMonth) -> Use:
    told = row.by_time_litres or 0
    return Use(
        told_litres=told,
        estimated_litres=row.estimated_litres,
        meters=1,
        measured_seconds=row.measured_seconds,
        spread_seconds=row.spread_seconds,
        estimated_seconds=row.estimated_seconds,
        missing_seconds=row.missing_seconds,
        weight_litres=told + row.estimated_litres,
    )
