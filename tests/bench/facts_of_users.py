"""A ledger of so many users, and what it costs to know their facts and who is eligible."""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

KIND, ONE_FACT = "saving_school", "site_type"
T = TypeVar("T")


def main(count: int) -> None:
    """Fill the ledger, then ask for every fact alone, for all of them, and for who is eligible."""
    import django

    django.setup()
    from large_ledger import fill

    from shuiheng.adapters.records.models import SettledMonth
    from shuiheng.adapters.rulebook.programmes import shipped_programmes
    from shuiheng.services.cases.candidates import candidates
    from shuiheng.services.cases.eligibility import run_eligibility
    from shuiheng.services.cases.facts import READERS, facts_for
    from shuiheng.services.use.keep_totals import keep_totals
    from shuiheng.services.warnings.worker_sight import WorkerSight

    officer, *_ = fill(count)
    city = officer.memberships.get().organisation.place
    newest = SettledMonth.objects.order_by("-month").values_list("month", flat=True)[0]
    on = newest.replace(day=28)
    while keep_totals():
        pass
    kind, seen = shipped_programmes()[KIND], WorkerSight()
    subjects = candidates(seen, city, kind, on)
    for name in (ONE_FACT, "use_year_m3", "per_capita_ratio", "norm_grade", "use_to_allowance"):
        timed(name, lambda name=name: facts_for(city, subjects, [name], on))
    timed("all facts", lambda: facts_for(city, subjects, [*READERS, "member:balance_test"], on))
    found = timed("eligibility run", lambda: run_eligibility(seen, city, kind, on))
    print(f"  {dict(Counter(each.standing.value for each in found))}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {len(subjects)} subjects, {most} MB", flush=True)


def timed(said: str, work: Callable[[], T]) -> T:
    """Do some work, and print how long it took and how many queries it sent."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        found = work()
    print(f"  {said}: {time.perf_counter() - begun:.2f} s, {len(asked)} queries", flush=True)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]))
