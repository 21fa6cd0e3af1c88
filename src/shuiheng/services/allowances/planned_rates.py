"""Rates of planned use (计划下达率、计划用水率) of a year, each with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import AllowanceRound
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_of_groups
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.allowances.execution import Basis, CoveredUser, Rate, issue_rate, planned_use_rate
from shuiheng.services.allowances.compute_round import covered_by
from shuiheng.services.allowances.year_ledger import read_ledger
from shuiheng.services.allowances.year_rules import day_of_rules, year_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.use.use_totals import is_comparable

LITRES_OF_M3 = Decimal(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRates:
    """The rates of a round.

    Args:
        issued: Of those covered, how many have an allowance; None where nobody knows who is covered.
        by_count: Of all users, how many have one.
        by_volume: Of the use of all users, how much is under one.
        first: First month whose use counts.
        last: Last month whose use counts.
    """

    issued: Rate | None
    by_count: Rate
    by_volume: Rate
    first: date
    last: date


def planned_rates(seen: Sight, round_: AllowanceRound) -> PlannedRates:
    """Return the rates of planned use of a year, with the use of its months that are over."""
    today = timezone.localdate()
    on = day_of_rules(round_.year, today)
    ledger = read_ledger(round_.place, on)
    last = _last_month(round_.year, today)
    months = [date(round_.year, month, 1) for month in range(1, last + 1)]
    uses = use_of_groups(seen, Grouping.USER, months, UseFilter(city=round_.place.pk)) if months else {}
    published = round_.allowances.filter(published_at__isnull=False)
    have = set(published.values_list("user", flat=True))
    try:
        covered: frozenset[int] | None = covered_by(
            round_, year_rules(round_.place, round_.year), ledger
        ).users
    except ServiceError:
        covered = None
    users = [
        CoveredUser(
            is_covered=covered is not None and key in covered,
            has_allowance=key in have,
            use_m3=_use(uses.get(key)),
        )
        for key in ledger.users
    ]
    return PlannedRates(
        issued=issue_rate(users) if covered is not None else None,
        by_count=planned_use_rate(users, basis=Basis.COUNT),
        by_volume=planned_use_rate(users, basis=Basis.VOLUME),
        first=date(round_.year, 1, 1),
        last=date(round_.year, max(last, 1), 1),
    )


def _last_month(year: int, today: date) -> int:
    """Return the last month of a year that is over; 0 when none is."""
    return 12 if year < today.year else today.month - 1 if year == today.year else 0


def _use(use: Use | None) -> Decimal | None:
    if use is None or use.litres is None or not is_comparable(use):
        return None
    return Decimal(use.litres) / LITRES_OF_M3
