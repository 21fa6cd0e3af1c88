"""Makes a city that has worked for five years, and prints what the first page of each role costs.

With `PYTHONPATH=tests`, on the database of the settings, `python tests/bench/many_homes.py make COUNT` makes
COUNT water users with a meter and 60 settled months each, a tenth of so many units that report twice a
year, a tenth of so many cases, and every target of the plan as it was judged; `… open [TIMES]` opens the
first pages in this process as a server does, which was started after the city was made.
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
HEAD_OF_NAME = "bench-"
TIMES, PATIENCE_SECONDS, OK = 60, 30.0, 200


def main(verb: str, number: int) -> None:
    """Make the city of so many users, or open its first pages so many times."""
    django.setup()
    begun = time.perf_counter()
    if verb == "make":
        make(number)
        print(f"{number} users, {YEARS} years, made in {time.perf_counter() - begun:.0f} s", flush=True)
    else:
        open_homes(number)


def open_homes(times: int) -> None:
    """Open the first page of each role, print queries and times of the processor."""
    from asked_site import cookie_of, page, queries_of, seconds_of, watched

    from shuiheng.adapters.records.models import Account

    people = {
        each.username.removeprefix(HEAD_OF_NAME): each
        for each in Account.objects.filter(username__startswith=HEAD_OF_NAME)
    }
    print(f"{'role':26s}{'queries':>8s}{'p50 ms':>8s}{'p95 ms':>8s}{'most ms':>8s}{'n':>4s}  slowest boxes")
    pauses = watched()
    for role, account in people.items():
        cookie = cookie_of(account)
        if page("/", cookie)[0] != OK:
            continue
        queries = queries_of("/", cookie)
        took = seconds_of("/", cookie, times=times, patience=PATIENCE_SECONDS)
        cuts = [median(took), quantiles(took, n=20)[-1], max(took)]
        print(
            f"{role:26s}{queries:8d}"
            + "".join(f"{each * 1e3:8.0f}" for each in cuts)
            + f"{len(took):4d}  {slowest(account)}",
            flush=True,
        )
    most = max(pauses.seconds, default=0.0)
    print(f"the collector walked all objects {len(pauses.seconds)} times, {most * 1e3:.0f} ms at most")


def make(count: int) -> None:
    """Make the city, with an account of each role, held where such a role is held."""
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
    for role in tables.Role:
        account = tables.Account.objects.create(username=f"{HEAD_OF_NAME}{role}")
        join(account, city.row(tables.Organisation, UNIT_OF_ROLE.get(role, OFFICE)), role)  # type: ignore[arg-type]


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
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else TIMES)
