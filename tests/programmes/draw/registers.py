"""Registers of made-up objects and inspectors, and seeds for them."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from decimal import Decimal

from shuiheng.programmes.draw import (
    DrawItem,
    DrawObject,
    DrawRules,
    PublicNumber,
    PublicNumberPlan,
    Recusal,
    Register,
)

AS_OF, KNOWN_ON, COMMITTED_ON = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 4)
WEIGHTS = {"A": Decimal("0.5"), "B": Decimal(1), "C": Decimal("2.5"), "D": Decimal(40)}
RULES = DrawRules(team=2, weights=WEIGHTS, spared_after=date(2026, 5, 2), never_spared=("D",))
PLAN = PublicNumberPlan(what="某日公布的号码，由小到大，每个两位", digits=14, known_on=KNOWN_ON)
ITEMS = (DrawItem(id="S1"), DrawItem(id="S2", groups=("industry",)), DrawItem(id="S3", groups=("service",)))


def dice(seed: int) -> random.Random:
    """Return chance that falls the same way each time; it keeps no secret."""
    return random.Random(seed)  # noqa: S311  a test wants the same register again


def some_register(
    chance: random.Random, *, objects: int = 30, inspectors: int = 8, size: int = 9
) -> Register:
    """Return a register whose lists stand in a random order; every object can be served."""
    numbers = [f"J{number:02}" for number in range(inspectors)]
    listed, recusals = [], []
    for number in range(objects):
        name = f"D{number:03}"
        listed.append(
            DrawObject(
                id=name,
                group=chance.choice(["industry", "service"]),
                credit=chance.choice("AABBBBCCD" if number else "D"),
                checked_on=chance.choice([None, None, AS_OF - timedelta(days=chance.randrange(1, 700))]),
            )
        )
        barred = chance.sample(numbers, chance.choice([0, 0, 1, 2, inspectors - 2]))
        recusals += [Recusal(each, name) for each in barred]
    for each in (listed, numbers, recusals):
        chance.shuffle(each)
    return Register(
        id="2026-11",
        as_of=AS_OF,
        size=size,
        rules=RULES,
        seed_plan=PLAN,
        objects=tuple(listed),
        inspectors=tuple(numbers),
        items=ITEMS,
        recusals=tuple(recusals),
    )


def public_number(number: int) -> PublicNumber:
    """Return the announced number with digits that follow from a count."""
    digits = str(int(hashlib.sha256(str(number).encode()).hexdigest(), 16))[-PLAN.digits :]
    return PublicNumber(digits=digits, source="某公告", read_on=KNOWN_ON)
