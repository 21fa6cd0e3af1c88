"""Pictures of warnings as shapes of whole numbers: the bar of one, and the year of its allowance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.adapters.records.models import UseWarning
from shuiheng.allowances.forecast import Forecast
from shuiheng.services.warnings.warning_year import WarningYear

BAR_WIDTH, ROOM = 160, Decimal("1.05")
LEFT, TOP, WIDTH, HEIGHT = 64, 14, 640, 200
TICKS = (1, 2, 2.5, 5, 10)
STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Use, forecast and allowance of a period on one line; None where nothing is known."""

    used: int
    limit: int
    low: int | None
    spread: int | None
    expected: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the grid with what it says."""

    place: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPicture:
    """The sums of use and allowance over a year, with the fan of the forecast.

    Args:
        allowed: Points of the line of the allowance.
        used: Points of the line of use, up to the last month of which something is known.
        fan: Points of the area between the ends of the interval; empty without a forecast.
        middle: Points of the middle of the forecast.
        period: Left end and width of the months of the warning.
        levels: Lines across, in m³.
        months: Where each month stands.
    """

    allowed: str
    used: str
    fan: str
    middle: str
    period: tuple[int, int]
    levels: Sequence[Tick]
    months: Sequence[Tick]


def warning_bar(row: UseWarning) -> Bar:
    """Return the bar of a warning."""
    known = (row.used_m3, row.limit_m3, row.forecast_m3, row.high_m3)
    top = max([each for each in known if each is not None] + [Decimal(1)]) * ROOM

    def at(volume: Decimal) -> int:
        return round(max(volume, Decimal(0)) / top * BAR_WIDTH)

    low = at(row.low_m3) if row.low_m3 is not None else None
    return Bar(
        used=at(row.used_m3),
        limit=at(row.limit_m3),
        low=low,
        spread=at(row.high_m3) - low if low is not None and row.high_m3 is not None else None,
        expected=at(row.forecast_m3) if row.forecast_m3 is not None else None,
    )


def year_picture(year: WarningYear) -> YearPicture | None:
    """Return the picture of a year; None where no allowance is in force to hold use against."""
    allowed = _sums([each.allowed_m3 for each in year.months])
    if not allowed or allowed[-1] is None:
        return None
    told = [each.told.m3 if each.told else None for each in year.months]
    known = max((place + 1 for place, m3 in enumerate(told) if m3 is not None), default=0)
    used = _sums([m3 or Decimal(0) for m3 in told[:known]])
    coming = year.coming if isinstance(year.coming, Forecast) else None
    tops = [allowed[-1], *used[-1:], *([coming.high_m3] if coming else [])]
    step = _step(max(tops))
    count = int(max(tops) / step) + 1

    def point(month: float, volume: Decimal) -> str:
        return f"{_x(month)},{TOP + HEIGHT - round(volume / (step * count) * HEIGHT)}"

    at = _elapsed(year, known)
    now = used[-1] if used else Decimal(0)
    fan, middle = "", ""
    if coming is not None:
        start = point(at, now)
        fan = f"{start} {point(12, coming.high_m3)} {point(12, coming.low_m3)}"
        middle = f"{start} {point(12, coming.expected_m3)}"
    line = [point(place, volume) for place, volume in enumerate(used[:-1], 1)]
    places = [place for place, each in enumerate(year.months) if each.is_in_period]
    return YearPicture(
        allowed=" ".join([point(0, Decimal(0)), *(point(place, m3) for place, m3 in enumerate(allowed, 1))]),
        used=" ".join([point(0, Decimal(0)), *line, point(at, now)]) if used else "",
        fan=fan,
        middle=middle,
        period=(_x(places[0]), _x(places[-1] + 1) - _x(places[0])),
        levels=[
            Tick(place=TOP + HEIGHT - round(each * HEIGHT / count), says=f"{step * each:,.0f}")
            for each in range(count + 1)
        ],
        months=[Tick(place=_x(month - 0.5), says=str(month)) for month in range(1, 13)],
    )


def _elapsed(year: WarningYear, known: int) -> float:
    """Return how far into the year use is known, in months."""
    if not known:
        return 0
    last = year.months[known - 1].told
    return known - 1 + float(last.told_share if last else 1)


def _x(month: float) -> int:
    return LEFT + round(month * WIDTH / 12)


def _sums(volumes: Sequence[Decimal | None]) -> list[Decimal]:
    sums: list[Decimal] = []
    for each in volumes:
        if each is None:
            return []
        sums.append((sums[-1] if sums else Decimal(0)) + each)
    return sums


def _step(top: Decimal) -> Decimal:
    """Return a round step of which a few reach the top."""
    wanted = max(top, Decimal(1)) / STEPS
    power = Decimal(10) ** (len(str(int(wanted))) - 1)
    return next(power * Decimal(str(each)) for each in TICKS if power * Decimal(str(each)) >= wanted)
