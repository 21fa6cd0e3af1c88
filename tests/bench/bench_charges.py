"""What billing a city costs: 100,000 users and a year under three rule sets, and a replay.

Beside the kernels stand the derivations that print each step, on a sample of the same users, and a bare loop
that multiplies each volume by its price, all in one session. Fen of kernels and derivations must be equal.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from time import perf_counter
from typing import Any

import numpy as np

from charges.made import bands, dated, ladder, use
from shuiheng.charges.household import HouseholdUse, household_bill_to_date
from shuiheng.charges.kernels import Fen, class_bills, household_bills, in_chunks, prices_of, surcharges
from shuiheng.charges.ladder import months_charged, surcharge
from shuiheng.charges.model import Ladder, Period
from shuiheng.charges.readers import household_tariff_of, ladder_of, price_list_of
from shuiheng.charges.steps import Figure
from shuiheng.charges.tariff import Payer, Tariff, non_household_bill
from tests.places import ROOT

USERS, MONTHS, SAMPLE = 100_000, 12, 1_000
PRICE = Decimal("4.32")
TARIFF, PAYER = Tariff(supply=price_list_of(dated(PRICE))), Payer(use_class="all")
RULES = ("bill and monthly ladder", "bill and ladder of the year to date", "household tiers of the year")


def run(full: bool) -> None:
    """Print the figures of 100,000 users, in full of 1,000,000, each step in a process of its own."""
    users = 1_000_000 if full else USERS
    bare = _step("bare", users)
    print(f"{users:,} users × {MONTHS} months; load {os.getloadavg()[0]:.1f}; NumPy {np.__version__}")
    print(f"bare loop of multiplications: {bare['seconds']:.2f} s, {bare['mib']:.0f} MiB")
    for name in RULES:
        found = _step(name, users)
        print(
            f"{name}: {found['seconds']:.2f} s, {users / found['seconds']:,.0f} users/s, "
            f"{found['seconds'] / bare['seconds']:.2f} × the bare loop, {found['mib']:.0f} MiB "
            f"(arrays {found['arrays_mib']:.0f}); derivations {SAMPLE / found['derived']:,.0f} users/s, "
            f"{found['derived'] / SAMPLE * users / found['seconds']:,.0f} × slower; equal: {found['equal']}"
        )
        if not found["equal"]:
            raise SystemExit("kernel and derivation disagree")
    again = _step("replay", users)
    print(
        f"replay under a changed ladder, both years and who pays more: {again['seconds']:.2f} s, "
        f"{users / again['seconds']:,.0f} users/s, {again['mib']:.0f} MiB; {again['more']:,} pay more"
    )


def _step(name: str, users: int) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_charges", name, str(users)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), str(ROOT)]),
        },
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def _city(users: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return litres used, litres allowed and persons of users who do not exist."""
    chance = np.random.default_rng(5)
    plans = chance.integers(5_000, 2_000_000, (users, 1), dtype=np.int64) // 1000 * 1000
    used = (plans * chance.uniform(0.6, 1.5, (users, MONTHS))).astype(np.int64)
    return used, np.repeat(plans, MONTHS, axis=1), chance.integers(1, 8, users, dtype=np.int64)


def _monthly() -> Ladder:
    return ladder(("0.10", "1"), ("0.30", "2"), ("", "3"))


def _to_date() -> Ladder:
    return ladder(
        ("0.20", "2"), ("0.50", "3"), ("", "4"), mode="total", dead_band="0.05", period="year_to_date"
    )


def _charged(used: np.ndarray, plans: np.ndarray, rule: Ladder) -> Iterator[np.ndarray]:
    """Yield base bill and surcharge of some users at a time, fen of the year."""

    def charged(left: np.ndarray, right: np.ndarray) -> Fen:
        prices = prices_of([PRICE] * len(left))
        more, base = surcharges(left, right, prices, rule), class_bills(left, prices)
        return Fen(amount=more.amount + base.amount, is_known=more.is_known & base.is_known)

    for part in in_chunks(charged, used, plans):
        yield part.amount


def _tariff() -> Any:
    tiers = (
        {"up_to": Decimal(260), "supply": Decimal("2.40"), "sewage": Decimal(1)},
        {"up_to": Decimal(360), "supply": Decimal("3.12"), "sewage": Decimal(1)},
        {"supply": Decimal("4.80"), "sewage": Decimal(1)},
    )
    persons = {"included": Decimal(4), "extra_m3": Decimal(60)}
    return household_tariff_of(dated({"period": "year", "tiers": tiers, "persons": persons}))


def _bare(users: int) -> dict[str, Any]:
    used, _, _ = _city(users)
    rows = used.tolist()
    began = perf_counter()
    total = 0
    for row in rows:
        for litres in row:
            total += litres * 432
    return {"seconds": perf_counter() - began, "total": total}


def _ladder_run(users: int, rule: Ladder) -> dict[str, Any]:
    used, plans, _ = _city(users)
    began = perf_counter()
    amounts = np.concatenate(list(_charged(used, plans, rule)))
    seconds = perf_counter() - began
    began = perf_counter()
    derived = [_derived(rule, used[row], plans[row]) for row in range(SAMPLE)]
    return {
        "seconds": seconds,
        "derived": perf_counter() - began,
        "equal": amounts[:SAMPLE].tolist() == derived,
        "arrays_mib": (used.nbytes + plans.nbytes + amounts.nbytes) / 2**20,
    }


def _derived(rule: Ladder, used: np.ndarray, plans: np.ndarray) -> list[int]:
    uses = [use(f"{v}e-3", f"{p}e-3", str(PRICE)) for v, p in zip(used.tolist(), plans.tolist(), strict=True)]
    before, charges = Decimal(0), []
    for month in range(1, MONTHS + 1):
        parts = [uses[each - 1] for each in months_charged(rule.period, month)]
        is_to_date = rule.period is Period.YEAR_TO_DATE
        due = surcharge(rule, parts, charged_before=Figure(value=before) if is_to_date else None).amount.value
        bill = non_household_bill(TARIFF, PAYER, uses[month - 1].volume).total.value
        charges.append(int((due + bill) * 100))
        before += due
    return charges


def _household_run(users: int) -> dict[str, Any]:
    used, _, persons = _city(users)
    used //= 20  # households use less
    rule = _tariff()
    began = perf_counter()
    parts = in_chunks(lambda left, right: household_bills(left, right, rule), used, persons)
    amounts = np.concatenate([part.amount for part in parts])
    seconds = perf_counter() - began
    began = perf_counter()
    derived = [_household_derived(rule, used[row].tolist(), int(persons[row])) for row in range(SAMPLE)]
    return {
        "seconds": seconds,
        "derived": perf_counter() - began,
        "equal": amounts[:SAMPLE].tolist() == derived,
        "arrays_mib": (used.nbytes + amounts.nbytes) / 2**20,
    }


def _household_derived(rule: Any, used: Sequence[int], persons: int) -> list[int]:
    uses = [(rule, HouseholdUse(volume=Figure(value=Decimal(v).scaleb(-3)), persons=persons)) for v in used]
    before: dict[str, Decimal] = {}
    bills = []
    for end in range(1, len(uses) + 1):
        bill = household_bill_to_date(uses[:end], before)
        before = {name: before.get(name, Decimal(0)) + due for name, due in bill.components.items()}
        bills.append(int(bill.total.value * 100))
    return bills


def _replay(users: int) -> dict[str, Any]:
    used, plans, _ = _city(users)
    changed = ladder_of(dated({
        "period": "month", "measure": "plan", "mode": "additional", "price_base": "delivered",
        "bands": bands(("0.05", "1"), ("0.20", "2"), ("", "4")),
    }))  # fmt: skip
    began = perf_counter()
    more = 0
    for old, new in zip(_charged(used, plans, _monthly()), _charged(used, plans, changed), strict=True):
        more += int((new.sum(axis=1) > old.sum(axis=1)).sum())
    return {"seconds": perf_counter() - began, "more": more}


def main(name: str, users: int) -> None:
    """Run one step and print its figures as JSON."""
    if name == RULES[2]:
        found = _household_run(users)
    elif name in RULES:
        found = _ladder_run(users, _monthly() if name == RULES[0] else _to_date())
    else:
        found = _bare(users) if name == "bare" else _replay(users)
    found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
