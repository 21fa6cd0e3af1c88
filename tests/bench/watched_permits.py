"""A ledger of so many users with a permit for each source of their own, and what it costs to look at them."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

AT_ONCE, YEARS = 5_000, 5


def main(count: int) -> None:
    """Fill the ledger, give permits, and look at them as the worker, the list and the export do."""
    import django

    django.setup()
    from large_ledger import fill

    officer, *_ = fill(count)
    print(f"  {give()} permits", flush=True)
    measure(officer)


def give() -> int:
    """Give a permit to each abstraction; their ends are spread over five years, every ninth is idle."""
    from shuiheng.adapters.records import models as tables

    sources = list(tables.WaterSource.objects.filter(kind="abstraction").order_by("pk"))
    permits = tables.Permit.objects.bulk_create(
        [tables.Permit(source=source, number=f"取水{at:06}") for at, source in enumerate(sources)],
        batch_size=AT_ONCE,
    )
    first = date(2024, 12, 1)
    tables.PermitFact.objects.bulk_create(
        [
            tables.PermitFact(
                subject=permit,
                volume_m3=Decimal(1_000_000),
                valid_from=first,
                expires_on=date(2026, 11, 1) + timedelta(days=at % (365 * YEARS)),
                recorded_at="2024-12-01T00:00:00Z",
            )
            for at, permit in enumerate(permits)
        ],
        batch_size=AT_ONCE,
    )
    idle = [source.user_id for at, source in enumerate(sources) if at % 9 == 0]
    tables.SettledMonth.objects.filter(meter__user__in=idle).update(as_read_litres=0, by_time_litres=0)
    return len(permits)


def measure(officer: Any) -> None:
    """Print what the worker, the first page and the export take."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    from shuiheng.services.gates.watch_permits import remind_permits

    setup_test_environment()
    client = Client()
    client.force_login(officer)
    for day in (date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 2)):
        timed(f"worker on {day}", lambda day=day: remind_permits(day))
    for path in ("/permits/", "/permits/?ends=near", "/permits/export.csv"):
        timed(path, lambda path=path: client.get(path).content)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {most} MB")


def timed(name: str, work: Callable[[], Any]) -> None:
    """Print how long work took, in seconds of the processor, with the queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        found = work()
    shown = found if isinstance(found, int) else f"{len(found) // 1024} KB"
    print(f"  {name}: {time.process_time() - begun:.1f} s, {len(queries)} queries, {shown}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
