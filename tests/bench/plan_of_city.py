"""Makes a city of water users with three settled years, plans a year of it under a cap, prints the times."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import django

FIRST, BELIEVED, MONTH_SECONDS = date(2020, 1, 1), datetime(2020, 1, 1, tzinfo=UTC), 30 * 86_400
LITRES_OF_A_MONTH, CAP_SHARE, ROWS = 1_000_000, Decimal("0.8"), 2_000
KIB_OF_MIB = 1024


def main(count: int) -> None:
    """Make the city and time the steps of its year."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    city = _city(count)
    _plan(city, count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB_OF_MIB
    print(f"greatest memory: {peak} MiB", flush=True)


def _city(count: int) -> Any:
    from shuiheng.adapters.records import models as tables
    from shuiheng.services.create_first_users import ensure_user
    from shuiheng.services.found_city import found_city

    office = found_city("量城市", slug="bench", is_synthetic=True)
    roles = (("li", "office_clerk"), ("fu", "office_reviewer"), ("zhang", "office_leader"))
    for name, role in roles:
        ensure_user(name, display_name=name, roles=((office, tables.Role(role)),))
    add_users(office, count)
    return office.place


def add_users(office: Any, count: int) -> None:
    """Add users with a source, a meter and three settled years each to the city of an office."""
    from django.utils import timezone

    from shuiheng.adapters.records import models as tables

    place, believed = office.place, {"valid_from": FIRST, "recorded_at": BELIEVED}

    def made(table: Any, rows: Any) -> Any:
        return table.objects.bulk_create(rows, batch_size=ROWS)

    numbers = [f"B{number:06}" for number in range(count)]
    units = made(
        tables.Organisation,
        [
            tables.Organisation(slug=f"u{each}", name=f"用水户{each}", kind="water_user", place=place)
            for each in numbers
        ],
    )
    users = made(
        tables.WaterUser,
        [
            tables.WaterUser(organisation=unit, city=place, number=each)
            for unit, each in zip(units, numbers, strict=True)
        ],
    )
    made(
        tables.UserFact,
        [
            tables.UserFact(subject=user, name=each, use_class="industry", **believed)
            for user, each in zip(users, numbers, strict=True)
        ],
    )
    sources = made(
        tables.WaterSource, [tables.WaterSource(user=user, number="1", kind="supply") for user in users]
    )
    made(
        tables.SourceFact, [tables.SourceFact(subject=each, water_kind="tap", **believed) for each in sources]
    )
    meters = made(
        tables.Meter,
        [tables.Meter(city=place, keeper=office, user=user, number=f"M{user.number}") for user in users],
    )
    made(
        tables.MeterFact,
        [
            tables.MeterFact(subject=meter, source=source, **believed)
            for meter, source in zip(meters, sources, strict=True)
        ],
    )
    last = timezone.localdate().year
    months = [date(year, month, 1) for year in range(last - 3, last) for month in range(1, 13)]
    for month in months:
        made(
            tables.SettledMonth,
            [
                tables.SettledMonth(
                    meter=meter,
                    month=month,
                    by_time_litres=LITRES_OF_A_MONTH + 1000 * (place_of % 97),
                    measured_seconds=MONTH_SECONDS,
                )
                for place_of, meter in enumerate(meters)
            ],
        )


def _plan(city: Any, count: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from shuiheng.adapters.records.models import Account, Job, LocalRule, PlannedAllowance
    from shuiheng.services.allowances.compute_round import ask_computation
    from shuiheng.services.allowances.keep_cap import CapFields, set_cap
    from shuiheng.services.allowances.open_round import open_round
    from shuiheng.services.allowances.publish_round import ask_publication
    from shuiheng.services.allowances.review_round import review_round
    from shuiheng.services.allowances.round_jobs import work_on_round

    settings.JOBS_INLINE = False
    clerk, reviewer, leader = (Account.objects.get(username=name) for name in ("li", "fu", "zhang"))
    year = timezone.localdate().year
    for rule, value in (
        ("allowances/covered", {"all_non_household": "covered"}),
        ("allowances/shortage_sharing", {"way": "proportional", "step": "1"}),
    ):
        LocalRule.objects.create(
            place=city,
            rule=rule,
            valid_from=date(2025, 1, 1),
            value=value,
            clause="1",
            reason="bench",
            state="accepted",
            proposed_by=clerk,
            proposed_at=BELIEVED,
            decided_at=BELIEVED,
        )
    cap = (Decimal(count) * 12_000 * CAP_SHARE).to_integral_value()
    set_cap(clerk, city.pk, CapFields(year=year, volume_m3=cap, basis="bench"))
    round_ = open_round(clerk, city.pk, year=year)

    def timed(name: str, work: Callable[[], Any]) -> None:
        started, busy = time.perf_counter(), time.process_time()
        work()
        seconds, own = time.perf_counter() - started, time.process_time() - busy
        print(
            f"{name}: {seconds:.1f} s, {own:.1f} s of the processor, {count / own:,.0f} users a second of it"
        )

    timed("compute", lambda: work_on_round(ask_computation(clerk, round_.pk).pk))
    shared = sum(PlannedAllowance.objects.values_list("volume_m3", flat=True), Decimal(0))
    print(f"cap {cap:,} m³, planned {shared:,.0f} m³", flush=True)
    review_round(reviewer, round_.pk)
    job = ask_publication(leader, round_.pk, mark="量节计", with_unchecked=True)
    timed("publish with numbered notices and their archive", lambda: work_on_round(job.pk))
    print(f"job: {Job.objects.get(pk=job.pk).state} {Job.objects.get(pk=job.pk).result}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
