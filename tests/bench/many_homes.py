"""Makes a city that has worked for five years and prints what the first page of each role costs.

Usage: `PYTHONPATH=tests python tests/bench/many_homes.py COUNT [TIMES]`, on the database of the settings:
COUNT water users with a meter and 60 settled months each, a tenth of so many units that report twice a
year, a tenth of so many cases, and every target of the plan as it was judged.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from statistics import median, quantiles
from typing import Any

import django

YEARS, MONTHS, FIRST = 5, 60, date(2021, 12, 1)
SHARE, MOST_BOXES = 10, 3


def main(count: int, times: int) -> None:
    """Make the city, open the first page of each role, print queries and times of the processor."""
    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment
    from many_cases import _open

    from shuiheng.web.warm import load_and_freeze

    setup_test_environment()
    begun = time.perf_counter()
    people = make(count)
    load_and_freeze()  # as a server process does before its first request
    print(f"{count} users, {YEARS} years, made in {time.perf_counter() - begun:.0f} s")
    print(f"{'role':26s}{'queries':>8s}{'p50 ms':>8s}{'p95 ms':>8s}  slowest boxes")
    for role, account in people.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(account)
        if client.get("/").status_code != 200:
            continue
        queries, took = _open(client, "/", times)
        low, high = median(took) * 1e3, quantiles(took, n=20)[-1] * 1e3
        print(f"{role:26s}{queries:8d}{low:8.0f}{high:8.0f}  {slowest(account)}", flush=True)


def make(count: int) -> dict[str, Any]:
    """Make the city; return an account of each role, held where such a role is held."""
    import large_ledger
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone
    from grown_site import plan_text
    from many_cases import _case

    from access.rows import HEAD
    from access.world import OFFICE, UNIT_OF_ROLE, make_city
    from shuiheng.adapters.records import models as tables
    from shuiheng.services.found_city import join
    from shuiheng.services.indicators.keep_standings import keep_standings
    from web.grown_city import grow

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        city = make_city("a", "青禾市", text=plan_text("青禾市"))
        grow(city, units=count // SHARE, years=YEARS)
    large_ledger.METERS_A_USER, large_ledger.MONTHS, large_ledger.FIRST = 1, MONTHS, FIRST
    officer, *_ = large_ledger.fill(count, slug=f"{HEAD}a")
    place, today = officer.memberships.get().organisation.place, timezone.localdate()
    districts = list(tables.Place.objects.filter(parent=place))
    tables.ProgrammeCase.objects.bulk_create(
        [_case(place, districts, officer, each, today) for each in range(count // SHARE)]
    )
    tables.KeptStanding.objects.all().delete()
    keep_standings(place, today)
    people = {}
    for role in tables.Role:
        people[str(role)] = account = tables.Account.objects.create(username=f"bench-{role}")
        join(account, city.row(tables.Organisation, UNIT_OF_ROLE.get(role, OFFICE)), role)  # type: ignore[arg-type]
    return people


def slowest(account: Any) -> str:
    """Return the boxes of somebody's first page that take longest, with their milliseconds."""
    from django.http import HttpRequest
    from django.utils import timezone

    from shuiheng.web.pages.home.box import Box, Desk
    from shuiheng.web.pages.home.boxes import BOXES
    from shuiheng.web.pages.home.waits import counted

    request = HttpRequest()
    request.user = account
    desk = Desk(request=request, today=timezone.localdate())
    took = {"counts": _milliseconds(lambda: counted(desk))}
    for rule in BOXES:
        if desk.may(*rule.rights) and not (rule.unless and desk.may(*rule.unless)):
            took[rule.key] = _milliseconds(lambda rule=rule: len(Box(rule, desk).lines))
    worst = sorted(took.items(), key=lambda each: -each[1])[:MOST_BOXES]
    return ", ".join(f"{name} {spent:.0f}" for name, spent in worst)


def _milliseconds(act: Any) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1e3


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
