"""What 20,000 allowances of a year cost: worked out with steps, shared under caps, laid over months."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from shuiheng.allowances.methods import method_of, planned_allowance
from shuiheng.allowances.model import Account, Activity, AllowanceInputs, YearUse
from shuiheng.allowances.months import split_year
from shuiheng.allowances.shortage import Cap, Claim, SharingRule, Way, share_caps, shared_allowance
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.kernel.derivation import Derived
from shuiheng.rules.parameter import DatedValue

T = TypeVar("T")
FIRST = date(2024, 1, 1)
CLASSES = ("residential", "industry", "services", "construction")
NORM = UseNorm(
    id="made_up",
    standard="made-up",
    area="",
    valid_from=FIRST,
    product="机关",
    unit="m³/(人·a)",
    general=Decimal(25),
    advanced=Decimal(10),
    recorded_on=FIRST,
)
RECORD: dict[str, Any] = {
    "method": "minimum",
    "if_missing": "leave_out",
    "of": ({"method": "norm"}, {"method": "several_year_mean", "years": Decimal(3)}, {"method": "permit"}),
}


def run(full: bool) -> None:
    """Print the figures; 100,000 users with --full, else 20,000."""
    users = 100_000 if full else 20_000
    inputs = [_inputs(number) for number in range(users)]
    value = DatedValue(
        rule="allowances/method",
        area="",
        valid_from=FIRST,
        value=RECORD,
        source="made-up",
        clause="1",
        recorded_on=FIRST,
    )
    method = method_of(value)
    outcomes = _timed("computed", users, lambda: [planned_allowance(method, each) for each in inputs])
    plans = [each for each in outcomes if isinstance(each, Derived)]
    bare = time.process_time()
    for each in inputs:
        _bare(each)
    bare = time.process_time() - bare
    print(f"  {len(plans):,} figures; the same with bare decimals and no steps: {bare:.2f} s CPU")
    claims = [
        Claim(key=f"u{number:06d}", m3=plan.value, use_class=CLASSES[number % 4], district=str(number % 10))
        for number, plan in enumerate(plans)
    ]
    total = sum((each.m3 for each in claims), Decimal(0))
    _share(plans, claims, total)
    _timed(
        "laid over months", users, lambda: [split_year(plan.value, last_year=SHAPE).months for plan in plans]
    )
    print(f"highest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


SHAPE = [Decimal(80 + 7 * month) for month in range(12)]


def _share(plans: list[Derived], claims: list[Claim], total: Decimal) -> None:
    caps = [Cap(m3=total / 12, district=str(place)) for place in range(10)]
    caps.append(Cap(m3=(total * Decimal("0.7")).quantize(Decimal(1))))
    for way in Way:
        rule = SharingRule(
            way=way,
            order=("residential", "services"),
            floors={"residential": Decimal("0.9")},
            step_m3=Decimal(1),
        )
        sharing = _timed(f"shared, {way}", len(claims), lambda rule=rule: share_caps(claims, caps, rule=rule))
        given = sum(sharing.shares.values(), Decimal(0))
        print(f"  asked {total:,} m³, cap of the city {caps[-1].m3:,}, given {given:,}")
    _timed(
        "with their steps",
        len(claims),
        lambda: [
            shared_allowance(plan, sharing.cutbacks.get(claim.key, ()), rule=rule)
            for plan, claim in zip(plans, claims, strict=True)
        ],
    )


def _timed(name: str, count: int, work: Callable[[], T]) -> T:
    began = time.process_time()
    found = work()
    spent = time.process_time() - began
    each, speed = spent / count * 1e6, count / spent
    print(f"{name}: {spent:.2f} s CPU for {count:,}, {each:.1f} µs each, {speed:,.0f} a second")
    return found


def _inputs(number: int) -> AllowanceInputs:
    chance = random.Random(number)  # noqa: S311  # made-up users
    level = chance.randint(1_000, 200_000)
    uses = tuple(YearUse(year=2024 + n, m3=Decimal(level + chance.randint(-900, 900))) for n in range(3))
    activity = Activity(norm=NORM, amount=Decimal(level // 25 + chance.randint(-20, 20)))
    return AllowanceInputs(
        account=Account(user=f"u{number}", source="s", year=2027),
        uses=uses,
        activities=(activity,),
        has_permit=number % 3 == 0,
        permit_m3=Decimal(level) if number % 3 == 0 else None,
    )


def _bare(each: AllowanceInputs) -> Decimal:
    """Return the same figure by plain arithmetic, to know what steps and checks cost."""
    uses = [use.m3 or Decimal(0) for use in each.uses]
    growth = (uses[1] / uses[0] - 1 + uses[2] / uses[1] - 1) / 2
    mean = sum(uses, Decimal(0)) / 3 * (1 + growth)
    norm = (each.activities[0].amount or Decimal(0)) * NORM.general
    return min(mean, norm, each.permit_m3 or norm).quantize(Decimal(1))
