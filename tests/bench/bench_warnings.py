"""Back-test of the ladder on the fictitious city, and what it costs to watch many allowances.

Two years of the city: the first gives the season and, times a factor, the allowance; in the second some
users take more from some day on, some meters fall silent or stop, and the ladder is judged every week.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
from demo.city_faults import Fault
from demo.metering_city import City, daily_litres, invented_city

from shuiheng.adapters.rulebook import load_workdays
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.forecast import ToldMonth
from shuiheng.allowances.warning_levels import ladder_of
from shuiheng.cli.backtest_printing import lines_of
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked
from shuiheng.services.warnings.backtest import PastUser, backtest, looks_of

FIRST, YEAR, MONTHS, EVERY_DAYS = date(2024, 1, 1), 2025, 24, 7
USERS, MORE_SHARE = 300, 0.2
LITRES_OF_A_M3 = Decimal(1000)
WATCHED, FULL_WATCHED = 1_000, 20_000
BENCH = Path(__file__).resolve().parent
SPREAD = (0.85, 1.30)  # allowances are so many times the use of the year before
RISE = (1.1, 1.8)  # some users take so many times as much from some day on


def run(full: bool) -> None:
    """Print the figures; all users of the city with --full, else 300 of them."""
    begun = time.perf_counter()
    city = invented_city(calendar=load_workdays(), first_on=FIRST, month_count=MONTHS)
    users = list(past_users(city, None if full else USERS))
    print(f"{len(users)} users, made in {time.perf_counter() - begun:.0f} s")
    ladder = ladder_of(
        Rulebook(dict(shipped_rulebook())).value(
            "allowances/warning_levels", Asked(area="", on=date(YEAR, 6, 1))
        )
    )
    begun = time.perf_counter()
    told = backtest(
        users,
        year=YEAR,
        ladder=ladder,
        rules=warning_policy().forecast,
        looks=looks_of(YEAR, every_days=EVERY_DAYS),
    )
    for line in lines_of(told):
        print(line)
    taken = time.perf_counter() - begun
    count = told.users * told.looks
    print(f"judged {count} times in {taken:.0f} s, {count / taken:,.0f} a second", flush=True)
    _watch(FULL_WATCHED if full else WATCHED)


def _watch(count: int) -> None:
    """Print what it costs to watch so many allowances in an installation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"PYTHONPATH": str(BENCH), "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        site = [sys.executable, str(BENCH / "watched_allowances.py"), str(count)]
        subprocess.run(site, env=environment, check=True)


def past_users(city: City, most: int | None, *, seed: int = 7) -> Iterator[PastUser]:
    """Yield the users of the city that have a meter at their entrance, with two years of their use."""
    rng = np.random.default_rng(seed)
    used, counted = (
        np.concatenate(parts) for parts in zip(*((u, c) for _, u, c in daily_litres(city)), strict=True)
    )
    is_told = _told_days(city, len(used))
    first = (date(YEAR, 1, 1) - city.first_on).days
    meters = city.meters
    owners = sorted({int(user) for user in meters.user[meters.level == 1] if user >= 0})
    for user in owners[:most]:
        own = np.flatnonzero((meters.user == user) & (meters.level == 1))
        real, read = used[:, own].sum(axis=1).astype(float), counted[:, own].sum(axis=1).astype(float)
        if rng.random() < MORE_SHARE:
            since, times = int(rng.integers(first + 20, len(real) - 40)), rng.uniform(*RISE)
            real[since:] *= times
            read[since:] *= times
        told = [
            _m3(litres) if heard else None
            for litres, heard in zip(read, is_told[:, own].all(axis=1), strict=True)
        ]
        before = list(_months(told[:first], city.first_on))
        factor = Decimal(str(round(float(rng.uniform(*SPREAD)), 3)))
        plan = {month.month.month: month.m3 / max(month.told_share, Decimal("0.1")) for month in before}
        if len(plan) < 12 or not sum(plan.values()):
            continue
        yield PastUser(
            before=before,
            told=told[first:],
            used=[_m3(litres) for litres in real[first:]],
            allowances=tuple((plan[month] * factor).quantize(Decimal(1)) for month in range(1, 13)),
        )


def _told_days(city: City, count: int) -> np.ndarray:
    """Return on which days each meter told anything: neither silent nor in a gap."""
    is_told = np.ones((count, len(city.meters.user)), dtype=bool)
    for fault in city.faults:
        if fault.kind in (Fault.SILENT, Fault.GAP):
            is_told[fault.from_hour // 24 : -(-fault.to_hour // 24), fault.meter] = False
    return is_told


def _months(days: list[Decimal | None], first_on: date) -> Iterator[ToldMonth]:
    months: dict[date, list[Decimal | None]] = {}
    for place, each in enumerate(days):
        months.setdefault((first_on + timedelta(days=place)).replace(day=1), []).append(each)
    for month, held in months.items():
        known = [each for each in held if each is not None]
        if known:
            share = Decimal(len(known)) / len(held)
            yield ToldMonth(month=month, m3=sum(known, Decimal(0)), told_share=share)


def _m3(litres: float) -> Decimal:
    return Decimal(round(litres)) / LITRES_OF_A_M3
