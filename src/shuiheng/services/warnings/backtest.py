"""Hold the ladder against a year that is over (回测): who would have been warned when, and was it right.

Each user is judged on days of the year with what was told by then; what it had really used at the end of
each period is the truth. A level that looks at use is right whenever the readings are; what counts there
is how early it comes. A level that looks at a forecast can be wrong both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median, quantiles

from shuiheng.allowances.forecast import (
    Forecast,
    ForecastRules,
    SeasonShape,
    ToldMonth,
    UserYears,
    forecast,
    user_years,
)
from shuiheng.allowances.warning_levels import (
    Certainty,
    WarningLadder,
    WarningLevel,
    YearQuestion,
    judged_year,
    periods_of,
)

Day = Decimal | None
DECILES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PastUser:
    """A user in a year that is over.

    Args:
        before: What is known of the months before the year.
        told: Use of each day of the year as it was told, m³; None where nothing was told.
        used: What it really used on each day.
        allowances: The twelve months of its allowance.
        shape: Its season, as far as its own years do not tell.
    """

    before: Sequence[ToldMonth]
    told: Sequence[Day]
    used: Sequence[Decimal]
    allowances: tuple[Decimal, ...]
    shape: SeasonShape = field(default_factory=SeasonShape)


@dataclass(slots=True)
class LevelScore:
    """How a level did.

    Args:
        level: Its id.
        periods: Periods of users that were looked at.
        reached: Periods that really reached it.
        warned: Periods for which it was given.
        hits: Those that were both.
        sure: Warnings that were sure on one of the days or more.
        sure_hits: Those of them that were right.
        lead_days: Days between a right warning and the day on which the edge was really passed.
        left_days: Days between a right warning and the end of the period.
    """

    level: str
    periods: int = 0
    reached: int = 0
    warned: int = 0
    hits: int = 0
    sure: int = 0
    sure_hits: int = 0
    lead_days: list[int] = field(default_factory=list)
    left_days: list[int] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """Return the share of warnings that were right."""
        return self.hits / self.warned if self.warned else None

    @property
    def recall(self) -> float | None:
        """Return the share of passings of which was warned."""
        return self.hits / self.reached if self.reached else None

    @property
    def sure_precision(self) -> float | None:
        """Return the share of sure warnings that were right."""
        return self.sure_hits / self.sure if self.sure else None

    @property
    def lead(self) -> tuple[float, float] | None:
        """Return the median of the days of lead, and what nine of ten warnings keep."""
        return _spread(self.lead_days)

    @property
    def left(self) -> tuple[float, float] | None:
        """Return the median of the days left in the period, and what nine of ten warnings keep."""
        return _spread(self.left_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What a back-test says.

    Args:
        year: The year.
        users: How many users were judged.
        looks: On how many days each was judged.
        scores: How each level did, in the order of the ladder.
        intervals: Forecasts of the year that were held against its end.
        inside: Those of them whose interval held what was really used.
        errors: By month of the forecast, how far its middle lay off, as shares of what was used.
    """

    year: int
    users: int
    looks: int
    scores: Sequence[LevelScore]
    intervals: int
    inside: int
    errors: Mapping[int, Sequence[float]]


def looks_of(year: int, *, every_days: int) -> list[date]:
    """Return the days of a year so many days apart, and the first one after it."""
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return [
        *(first + timedelta(days=day) for day in range(every_days, length, every_days)),
        date(year + 1, 1, 1),
    ]


def backtest(
    users: Iterable[PastUser],
    *,
    year: int,
    ladder: WarningLadder,
    rules: ForecastRules,
    looks: Sequence[date],
) -> Backtest:
    """Return how the ladder would have done over a year (回测).

    Args:
        users: The users.
        year: The year, which is over.
        ladder: The levels.
        rules: How a period is forecast.
        looks: The days on which each user is judged; the first of January after it judges the whole year.
    """
    scores = {level.id: LevelScore(level=level.id) for level in ladder.levels}
    errors: dict[int, list[float]] = {}
    count = intervals = inside = 0
    trial = _Trial(year=year, ladder=ladder, rules=rules, looks=looks)
    for user in users:
        count += 1
        _score(user, trial, scores)
        for month, coming in _forecasts(user, year, rules):
            used = sum(user.used, Decimal(0))
            intervals += 1
            inside += coming.low_m3 <= used <= coming.high_m3
            if used:
                errors.setdefault(month, []).append(abs(float(coming.expected_m3 / used) - 1))
    return Backtest(
        year=year,
        users=count,
        looks=len(looks),
        scores=list(scores.values()),
        intervals=intervals,
        inside=inside,
        errors=errors,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """By what users are judged: the year, its ladder and rules, and the days of the looks."""

    year: int
    ladder: WarningLadder
    rules: ForecastRules
    looks: Sequence[date]


def _score(user: PastUser, trial: _Trial, scores: Mapping[str, LevelScore]) -> None:
    """Count what one user was warned of, and what it really reached."""
    given: dict[tuple[str, date], date] = {}
    sure: set[tuple[str, date]] = set()
    for on in trial.looks:
        asked = YearQuestion(
            years=_known_on(user, trial.year, on),
            allowances=user.allowances,
            year=trial.year,
            on=on,
            ladder=trial.ladder,
            rules=trial.rules,
        )
        for each in judged_year(asked).reached:
            mark = (each.level.id, each.first)
            given.setdefault(mark, on)
            if each.certainty is Certainty.SURE:
                sure.add(mark)
    for level in trial.ladder.levels:
        for months in periods_of(level.period, trial.year, on=date(trial.year, 12, 31)):
            mark = (level.id, months[0])
            passed_on = _passed_on(user, level, months)
            _count(
                scores[level.id],
                passed_on,
                given.get(mark),
                is_sure=mark in sure,
                end=_month_after(months[-1]),
            )


def _passed_on(user: PastUser, level: WarningLevel, months: Sequence[date]) -> date | None:
    """Return the day on which a period really reached a level, None when it did not."""
    begin = date(months[0].year, 1, 1)
    limit = sum((user.allowances[month.month - 1] for month in months), Decimal(0))
    used = Decimal(0)
    for place in range((months[0] - begin).days, (_month_after(months[-1]) - begin).days):
        used += user.used[place]
        if level.is_reached(used, limit_m3=limit):
            return begin + timedelta(days=place)
    return None


def _count(
    score: LevelScore, passed_on: date | None, given_on: date | None, *, is_sure: bool, end: date
) -> None:
    score.periods += 1
    score.reached += passed_on is not None
    if given_on is None:
        return
    score.warned += 1
    score.sure += is_sure
    if passed_on is not None:
        score.hits += 1
        score.sure_hits += is_sure
        score.lead_days.append((passed_on - given_on).days)
        score.left_days.append((end - given_on).days)


def _known_on(user: PastUser, year: int, on: date) -> UserYears:
    """Return what was told of a user by the begin of a day."""
    months = list(user.before)
    begin = date(year, 1, 1)
    month = begin
    while month < min(on, date(year + 1, 1, 1)):
        behind = _month_after(month)
        length = (behind - month).days
        told = [user.told[(month - begin).days + place] for place in range((min(behind, on) - month).days)]
        known = [each for each in told if each is not None]
        if known:
            months.append(
                ToldMonth(month=month, m3=sum(known, Decimal(0)), told_share=Decimal(len(known)) / length)
            )
        month = behind
    return user_years(months, user.shape)


def _forecasts(user: PastUser, year: int, rules: ForecastRules) -> Iterator[tuple[int, Forecast]]:
    """Yield what was forecast for the year at the begin of each month, with the month."""
    months = [date(year, month, 1) for month in range(1, 13)]
    for on in months:
        coming = forecast(_known_on(user, year, on), months, on=on, rules=rules)
        if isinstance(coming, Forecast):
            yield on.month, coming


def _month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _spread(days: Sequence[int]) -> tuple[float, float] | None:
    if not days:
        return None
    lowest = quantiles(days, n=DECILES)[0] if len(days) > 1 else days[0]
    return median(days), lowest
