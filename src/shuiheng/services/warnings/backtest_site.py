"""The back-test over an installation's own past year: its allowances, and what was settled month by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place, PlannedAllowance
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.forecast import ONE, ToldMonth, UserYears
from shuiheng.metering.civil_time import month_after
from shuiheng.services.errors import ServiceError
from shuiheng.services.warnings.backtest import Backtest, PastUser, backtest
from shuiheng.services.warnings.judge_allowances import ladder_for
from shuiheng.services.warnings.known_use import known_years

MONTHS = range(1, 13)


def backtest_city(seen: Sight, city: Place, year: int, *, today: date) -> Backtest:
    """Hold the ladder of a city against a year that is over, judged at the end of each month.

    Only allowances whose whole year is known are judged: nobody knows what the others really used.

    Args:
        seen: What may be read.
        city: The city.
        year: The year.
        today: The present day.

    Raises:
        ServiceError: `warnings.year_not_over`, `warnings.no_ladder`.
    """
    if date(year, 12, 31) >= today:
        raise ServiceError("warnings.year_not_over", year=str(year))
    ladder = ladder_for(city, date(year, 12, 31))
    if ladder is None:
        raise ServiceError("warnings.no_ladder", city=city.name)
    looks = [month_after(date(year, month, 1)) for month in MONTHS]
    rules = warning_policy().forecast
    return backtest(_users(seen, city, year), year=year, ladder=ladder, rules=rules, looks=looks)


def _users(seen: Sight, city: Place, year: int) -> Iterator[PastUser]:
    rows = seen(PlannedAllowance).filter(round__place=city, round__year=year)
    of_city = set(rows.values_list("pk", flat=True))
    found = effective_months(seen, year=year, on=date(year, 12, 31))
    given = {key: each for key, each in found.items() if key in of_city}
    known = known_years(seen, given, year=year, today=date(year + 1, 1, 1))
    for key, each in given.items():
        months = [known[key].months.get(date(year, month, 1)) for month in MONTHS]
        if all(month is not None and _is_known(month) for month in months):
            yield _past_user(known[key], each.months, year)


def _is_known(month: ToldMonth) -> bool:
    return month.told_share >= ONE - warning_policy().forecast.most_missing_share


def _past_user(years: UserYears, allowances: tuple[Decimal, ...], year: int) -> PastUser:
    days: list[Decimal] = []
    for month in (date(year, number, 1) for number in MONTHS):
        told = years.months[month]
        length = (month_after(month) - month).days
        days += [told.m3 / told.told_share / length] * length
    return PastUser(
        before=[each for month, each in years.months.items() if month.year < year],
        told=days,
        used=days,
        allowances=allowances,
        shape=years.shape,
    )
