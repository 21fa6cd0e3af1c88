"""Of which months the public is told (用水情况公开期间): whole years that never overlap."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from shuiheng.adapters.records.models import Account, Place
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, has_use
from shuiheng.adapters.records.use_figures import months_between
from shuiheng.indicators.told_tables import is_apart
from shuiheng.metering.civil_time import months_before
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

YEAR = 12


def public_months(
    account: Account, city: Place, on: date, told: Collection[tuple[date, date]] = ()
) -> list[date]:
    """Return the months of which the public is told: the last whole year, else the last twelve months.

    A year whose first month no meter tells of is not whole; a part of it would be taken for a year. Months
    that would overlap with some that were told are put back until they do not: the two sums together would
    tell of the months in which they differ.

    Args:
        account: Who drafts it.
        city: The city.
        on: The day.
        told: First and last months of the tables that readers have.
    """
    found = [first for first in _firsts(account, city, on) if is_apart(first, _last(first), told)]
    first = found[0] if found else max(told)[0]
    return months_between(first, _last(first))


def _firsts(account: Account, city: Place, on: date) -> list[date]:
    """Return the first months that may be chosen, the best first."""
    year = date(on.year - 1, 1, 1)
    seen = sight(account, Action.READINGS_LOOK)
    whole = [year] if has_use(seen, Grouping.CITY, [year], UseFilter(city=city.pk)) else []
    this_month = on.replace(day=1)
    return [*whole, *(months_before(this_month, back) for back in range(YEAR, 2 * YEAR))]


def _last(first: date) -> date:
    return months_before(first.replace(year=first.year + 1), 1)
