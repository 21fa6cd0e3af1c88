"""A ledger of so many users, written straight into the tables of a folder, and what its pages cost."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from http import HTTPStatus
from itertools import islice
from statistics import quantiles
from typing import Any

METERS_A_USER, MONTHS, TIMES = 5, 24, 30
PATIENCE_SECONDS = 10.0
FIRST, BELIEVED = date(2024, 12, 1), datetime(2024, 12, 1, tzinfo=UTC)
DISTRICTS = ("临江区", "云湖区", "澄山区", "安渡市", "北岭县", "青禾县", "东港区")
CLASSES = ("industry", "industry", "services", "services", "residential", "construction", "ecology")
CODES = ("1713", "2822", "8334", "8411", "7010", "4710", "7840")
SECONDS_OF_MONTH = 2_592_000
AT_ONCE = 5_000
LETTERS = "甲乙丙丁戊己庚辛壬癸"
TRADES = ("纺织", "食品", "学校", "医院", "小区", "工地", "公园")
EMPTY = "/account/password/"


def fill(count: int, *, slug: str = "large") -> tuple[Any, Any, Any]:
    """Write the ledger of a city, a new one unless it stands; return its officer, a user and a meter."""
    from django.core.management import call_command
    from django.db import transaction

    from shuiheng.adapters.records import models as tables
    from shuiheng.services.create_first_users import ensure_user
    from shuiheng.services.found_city import found_city

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        office = found_city("青禾市", slug=slug)
        ensure_user("large-officer", display_name="经办", roles=((office, tables.Role.OFFICE_CLERK),))
        city = office.place
        places = [
            tables.Place.objects.create(
                slug=f"large-{order}",
                name=name,
                kind="district",
                parent=city,
                order=order,
                code=f"9901{order:02}",
            )
            for order, name in enumerate(DISTRICTS)
        ]
        keeper = tables.Organisation.objects.create(
            slug="large-keeper", name="青禾市供水有限公司", kind="supplier", place=city
        )
        users = _users(count, city, places)
        meters = _meters(users, city, keeper)
    _months(meters)
    officer = tables.Account.objects.get(username="large-officer")
    return officer, users[len(users) // 2], meters[len(meters) // 2]


def _users(count: int, city: Any, places: Sequence[Any]) -> list[Any]:
    from shuiheng.adapters.records import models as tables

    believed = {"valid_from": FIRST, "recorded_at": BELIEVED}
    units = _made(
        tables.Organisation,
        (
            tables.Organisation(
                slug=f"large-user-{at}", name=_name(at), kind="water_user", place=places[at % len(places)]
            )
            for at in range(count)
        ),
    )
    users = _made(
        tables.WaterUser,
        (tables.WaterUser(organisation=unit, city=city, number=f"{at:06}") for at, unit in enumerate(units)),
    )
    _made(
        tables.UserFact,
        (
            tables.UserFact(
                subject=user,
                name=_name(at),
                initials=f"dw{at:05}",
                credit_code=f"9199010{at:011}",
                district=places[at % len(places)],
                use_class=CLASSES[at // 3 % len(CLASSES)],
                industry_code=CODES[at // 3 % len(CODES)],
                **believed,
            )
            for at, user in enumerate(users)
        ),
    )
    sources = _made(
        tables.WaterSource,
        (
            tables.WaterSource(user=user, number="1", kind="abstraction" if at % 9 == 0 else "supply")
            for at, user in enumerate(users)
        ),
    )
    _made(
        tables.SourceFact,
        (
            tables.SourceFact(
                subject=source,
                water_kind="surface" if at % 9 == 0 else "tap",
                account_number=f"H{at:06}",
                **believed,
            )
            for at, source in enumerate(sources)
        ),
    )
    _made(tables.Site, (tables.Site(user=user, number="1") for user in users))
    return users


def _meters(users: Sequence[Any], city: Any, keeper: Any) -> list[Any]:
    from shuiheng.adapters.records import models as tables

    sources = dict(tables.WaterSource.objects.values_list("user", "pk"))
    meters = _made(
        tables.Meter,
        (
            tables.Meter(city=city, keeper=keeper, user=users[at // METERS_A_USER], number=f"B{at:07}")
            for at in range(len(users) * METERS_A_USER)
        ),
    )
    _made(
        tables.MeterFact,
        (
            tables.MeterFact(
                subject=meter,
                level=1 if at % METERS_A_USER < 2 else 2,
                parent=None if at % METERS_A_USER < 2 else meters[at - at % METERS_A_USER],
                source_id=sources[meter.user_id],
                zone=f"DMA-{at // METERS_A_USER % 60:02}",
                nominal_mm=50,
                register_digits=8,
                grid_minutes=1440,
                valid_from=FIRST,
                recorded_at=BELIEVED,
            )
            for at, meter in enumerate(meters)
        ),
    )
    _made(
        tables.MeterFinding,
        (
            tables.MeterFinding(
                meter=meter,
                rule="V7" if at % 2 else "V2",
                code="metering.stuck" if at % 2 else "metering.silent",
                mark=f"bench:{at}",
                severity="warn",
                at=BELIEVED,
                values={
                    "meter": meter.number,
                    "at": "2024-12-01 08:00",
                    "since": "2024-11-01",
                    "hours": "720",
                    "expected": "9",
                },
                found_at=BELIEVED,
            )
            for at, meter in enumerate(meters)
            if at % 20 == 0 or at % 20 == 7
        ),
    )
    return meters


def _months(meters: Sequence[Any]) -> None:
    """Write two years of settled months by plain SQL: they are millions of rows."""
    from django.db import connection, transaction

    rows = (
        (meter.pk, _month(month), litres, litres, SECONDS_OF_MONTH - missing, missing)
        for at, meter in enumerate(meters)
        for month in range(MONTHS)
        for litres, missing in [(100_000 + (at * 37 + month * 1_013) % 900_000, 3_600 if at % 50 == 0 else 0)]
    )
    asked = (
        "INSERT INTO records_settledmonth (meter_id, month, as_read_litres, by_time_litres, measured_seconds,"
        " missing_seconds, spread_seconds, estimated_seconds, estimated_litres, rung, profile, flags,"
        " generation, settled_at) VALUES (%s, %s, %s, %s, %s, %s, 0, 0, 0, '', '', '[]', 1, '2026-11-01')"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(rows, 100_000)):
            cursor.executemany(asked, some)


def _made(table: Any, rows: Iterator[Any]) -> list[Any]:
    made: list[Any] = []
    while some := list(islice(rows, AT_ONCE)):
        made += table.objects.bulk_create(some)
    return made


def _name(at: int) -> str:
    return f"青禾{LETTERS[at % len(LETTERS)]}{at:05}{TRADES[at // 3 % len(TRADES)]}"


def _month(count: int) -> date:
    months = FIRST.year * 12 + FIRST.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def keep() -> None:
    """Do what the worker does each minute, until there is nothing left to do."""
    from shuiheng.services.use.keep_totals import keep_totals

    started, count = time.perf_counter(), 0
    while done := keep_totals():
        count += done
    print(f"totals of {count} months kept in {time.perf_counter() - started:.1f} s")


def measure(officer: Any, user: Any, meter: Any) -> None:
    """Print the times of each page, beside those of a page without rows."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    client = Client()
    client.force_login(officer)
    pages = (
        EMPTY,
        "/ledger/",
        "/ledger/?page=300",
        "/ledger/?q=青禾甲00010",
        "/ledger/?q=纺织",
        "/ledger/?use_class=industry",
        f"/ledger/{user.pk}/",
        f"/ledger/meters/{meter.pk}/",
        "/ledger/lists/",
        "/use/",
        "/use/?by=sector",
        "/use/?by=user",
        "/use/?by=user&page=200",
        "/use/?by=user&order=change",
        "/quality/",
        "/quality/findings/",
        "/map/",
        "/filings/",
        "/readings/",
    )
    print(f"{'page':40s}{'status':>7s}{'p50 ms':>9s}{'p95 ms':>9s}{'KB':>7s}")
    for path in pages:
        status, size = _open(client, path)
        seconds = []
        for _ in range(TIMES if status == HTTPStatus.OK else 1):
            started = time.perf_counter()
            _open(client, path)
            seconds.append(time.perf_counter() - started)
            if len(seconds) > 1 and sum(seconds) > PATIENCE_SECONDS:
                break  # a slow page is not opened again and again
        cuts = quantiles(seconds, n=100) if len(seconds) > 1 else [seconds[0]] * 99
        print(f"{path:40s}{status:7d}{cuts[49] * 1e3:9.0f}{cuts[94] * 1e3:9.0f}{size / 1e3:7.0f}", flush=True)


def _open(client: Any, path: str) -> tuple[int, int]:
    answer = client.get(path)
    return answer.status_code, len(getattr(answer, "content", b""))


def main(count: int) -> None:
    """Fill and measure."""
    import django

    os.environ["SHUIHENG_JOBS"] = "inline"
    django.setup()
    started = time.perf_counter()
    officer, user, meter = fill(count)
    print(
        f"{count:,} users, {count * METERS_A_USER:,} meters, {MONTHS} months: made in "
        f"{time.perf_counter() - started:.0f} s; load {os.getloadavg()[0]:.1f}"
    )
    keep()
    measure(officer, user, meter)


if __name__ == "__main__":
    main(int(sys.argv[1]))
