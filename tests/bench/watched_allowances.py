"""A ledger of so many users with an allowance each, and what it costs to watch them all."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

MONTHS = range(1, 13)
AT_ONCE = 5_000
FACTORS = (Decimal("0.80"), Decimal("0.95"), Decimal("1.00"), Decimal("1.05"), Decimal("1.30"))


def main(count: int) -> None:
    """Fill the ledger, give allowances near to last year's use, and watch them twice."""
    import django

    django.setup()
    from large_ledger import fill

    from shuiheng.adapters.records.models import SettledMonth, UseWarning
    from shuiheng.services.use.keep_totals import keep_totals
    from shuiheng.services.warnings.watch_warnings import watch_allowances

    officer, *_ = fill(count)
    newest = SettledMonth.objects.order_by("-month").values_list("month", flat=True)[0]
    give(officer, newest.year)
    on = newest.replace(day=28)
    now = datetime(on.year, on.month, on.day, tzinfo=UTC)
    timed("watched, totals not kept", count, lambda: watch_allowances(on, now=now))
    while keep_totals():
        pass
    timed("watched again, totals kept", count, lambda: watch_allowances(on, now=now))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {UseWarning.objects.count()} warnings, {most} MB")


def give(officer: Any, year: int) -> None:
    """Publish an allowance for each user: a factor times what it used in the months of the year before."""
    from shuiheng.adapters.records import models as tables
    from shuiheng.adapters.records.queries_use import Grouping, use_by_month
    from shuiheng.services.warnings.worker_sight import WorkerSight

    now = datetime(year, 1, 2, tzinfo=UTC)
    office = officer.memberships.get().organisation
    round_ = tables.AllowanceRound.objects.create(
        place=office.place,
        authority=office,
        year=year,
        opened_by=officer,
        opened_at=now,
        state="published",
        published_at=now,
    )
    allowances = tables.PlannedAllowance.objects.bulk_create(
        [
            tables.PlannedAllowance(round=round_, user=user, published_at=now)
            for user in tables.WaterUser.objects.order_by("pk")
        ],
        batch_size=AT_ONCE,
    )
    entries = tables.AllowanceEntry.objects.bulk_create(
        [
            tables.AllowanceEntry(
                allowance=allowance,
                kind="initial",
                state="approved",
                asked_at=now,
                effective_on=date(year, 1, 1),
            )
            for allowance in allowances
        ],
        batch_size=AT_ONCE,
    )
    for month in MONTHS:
        before = date(year - 1, month, 1)
        used = {
            key: use.litres or 0
            for (key, _), use in use_by_month(WorkerSight(), Grouping.USER, [before]).items()
        }
        tables.AllowanceMonth.objects.bulk_create(
            [
                tables.AllowanceMonth(
                    entry=entry,
                    month=date(year, month, 1),
                    volume_m3=Decimal(used.get(entry.allowance.user_id, 0))
                    / 1000
                    * FACTORS[at % len(FACTORS)],
                )
                for at, entry in enumerate(entries)
            ],
            batch_size=AT_ONCE,
        )


def timed(what: str, count: int, work: Callable[[], Any]) -> None:
    """Print how long some work takes."""
    begun = time.perf_counter()
    done = work()
    taken = time.perf_counter() - begun
    print(
        f"  {what}: {count} allowances in {taken:.1f} s, {count / taken:,.0f} a second; "
        f"{len(done.raised)} raised, {done.gone} gone",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
