"""Five years of settled months of so many users, and what all indicators of the last year cost."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import large_ledger

FIRST, MONTHS, YEAR = date(2021, 1, 1), 60, 2025
FACT, SMALL = "non_resident_use", 5
CLASSES = {"industry", "power", "construction", "services", "ecology"}


def main(count: int) -> None:
    """Fill the ledger, compute the year, correct one month of one user, and compute it again."""
    import django

    django.setup()
    from shuiheng.adapters.records.models import SettledMonth
    from shuiheng.services.indicators.compute_year import compute_year
    from shuiheng.services.use.keep_totals import keep_totals

    large_ledger.METERS_A_USER, large_ledger.MONTHS, large_ledger.FIRST = 1, MONTHS, FIRST
    officer, *_ = large_ledger.fill(count)
    city = officer.memberships.get().organisation.place
    _give_plans(city, officer)
    print(f"{count:,} users, {SettledMonth.objects.count():,} settled months of meters", flush=True)
    _timed("totals of all months kept", lambda: _all_kept(keep_totals))
    plain = _timed("plain recount of one fact of the year", lambda: _recounted(city))
    found = _timed("all indicators of the year, city and districts", lambda: compute_year(city, YEAR))
    own = {place: each.book.figures for place, each in found.items()}
    _compare(plain, own)
    values = sum(figure.value is not None for each in found.values() for figure in each.figures.values())
    print(f"{values} values of {len(found)} places", flush=True)
    row = SettledMonth.objects.filter(month=date(YEAR, 6, 1), meter__user__facts__use_class="industry")[0]
    SettledMonth.objects.filter(pk=row.pk).update(by_time_litres=row.by_time_litres + 1_000_000)
    again = _timed("again at once after one correction", lambda: compute_year(city, YEAR))
    _compare(_recounted(city), {place: each.book.figures for place, each in again.items()})
    _timed("totals of its month kept again", lambda: _all_kept(keep_totals))
    _timed("again with kept totals", lambda: compute_year(city, YEAR))


def _timed(what: str, work: Callable[[], Any]) -> Any:
    """Print how long some work takes and how many queries it sends; return what it gives."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun, own = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as asked:
        found = work()
    took, own = time.perf_counter() - begun, time.process_time() - own
    print(f"{what}: {took:.2f} s, {own:.2f} s of one processor, {len(asked)} queries", flush=True)
    for query in sorted(asked, key=lambda each: -float(each["time"]))[:SMALL]:
        if "-v" in sys.argv:
            print("   ", query["time"], query["sql"][:300])
    return found


def _all_kept(keep_totals: Callable[[], int]) -> None:
    while keep_totals():
        pass


def _give_plans(city: Any, officer: Any) -> None:
    """Publish an allowance of the year for every user that is no resident."""
    from django.utils import timezone

    from shuiheng.adapters.records import models as tables

    held = tables.AllowanceRound.objects.create(
        place=city,
        authority=officer.memberships.get().organisation,
        year=YEAR,
        opened_by=officer,
        opened_at=timezone.now(),
    )
    users = tables.UserFact.objects.filter(use_class__in=CLASSES).values_list("subject_id", flat=True)
    tables.PlannedAllowance.objects.bulk_create(
        [tables.PlannedAllowance(round=held, user_id=user, published_at=timezone.now()) for user in users],
        batch_size=1_000,
    )


def _recounted(city: Any) -> dict[int, Decimal]:
    """Add up one fact of the year row by row, by place."""
    from shuiheng.adapters.records import models as tables

    rows = tables.UserFact.objects.filter(superseded_at__isnull=True)
    told = {
        user: (kind, district)
        for user, kind, district in rows.values_list("subject", "use_class", "district")
    }
    litres: dict[int, int] = {}
    months = tables.SettledMonth.objects.filter(month__year=YEAR)
    for user, volume in months.values_list("meter__user", "by_time_litres").iterator():
        kind, district = told[user]
        if kind in CLASSES:
            for place in (city.pk, district):
                litres[place] = litres.get(place, 0) + volume
    return {place: Decimal(total) / 10_000_000 for place, total in litres.items()}


def _compare(plain: dict[int, Decimal], own: dict[int, Any]) -> None:
    from shuiheng.indicators.facts import FactKey

    found = {place: figures[FactKey(FACT, YEAR)].value for place, figures in own.items()}
    assert found == plain, (found, plain)
    print(f"the recount agrees in {len(plain)} places", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
