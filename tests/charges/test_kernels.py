"""Bulk amounts are those of the derivations, to the fen."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charges.made import ladder, use
from charges.test_household import MONTHLY, SLABS, YEARLY, tariff
from shuiheng.charges.errors import BadFigureError
from shuiheng.charges.household import HouseholdUse, household_bill, household_bill_to_date
from shuiheng.charges.kernels import (
    UNKNOWN,
    class_bills,
    household_bills,
    in_chunks,
    places_of,
    prices_of,
    scaled_by,
    surcharges,
)
from shuiheng.charges.ladder import months_charged, surcharge
from shuiheng.charges.model import HouseholdTariff, Ladder, Period
from shuiheng.charges.steps import Figure

LADDERS = [
    ladder(("0.10", "1"), ("0.30", "2"), ("", "3")),
    ladder(("0.10", "1"), ("0.30", "2"), ("", "3"), reach="whole", dead_band="0.015"),
    ladder(("0.20", "2"), ("0.50", "3"), ("", "4"), mode="total", dead_band="0.05", period="year_to_date"),
    ladder(("0.3", "0.2"), ("0.5", "0.55"), ("", "1"), period="quarter", rounding="0.1"),
    ladder(("", "1.5"), period="year", rounding="1"),
]
TARIFFS = [
    MONTHLY,
    YEARLY,
    SLABS,
    tariff(("12.5", {"supply": "2.155"}), ("", {"supply": "3"}), period="two_months"),
    tariff(("12.0005", {"supply": "2.155"}), ("", {"supply": "3"}), rounding=Decimal("0.1")),
]


def volumes(seed: int, users: int = 40, months: int = 12) -> np.ndarray:
    chance = random.Random(seed)  # noqa: S311 - volumes, no secret
    near = [0, 17_000, 30_000, 30_001, 10_000, 9_999]
    return np.array(
        [[chance.choice(near) if chance.random() < 0.3 else chance.randrange(60_000) for _ in range(months)]
         for _ in range(users)], dtype=np.int64
    )  # fmt: skip


def litres(value: int) -> str:
    return f"{value}e-3"


def fen(value: Decimal) -> int:
    return int(value * 100)


@pytest.mark.parametrize("rule", LADDERS, ids=range(len(LADDERS)))
def test_surcharges_are_those_of_the_derivation(rule: Ladder) -> None:
    used = volumes(1)
    plans = volumes(2)
    plans[0] = 0
    prices = [Decimal(f"{place}.0{place % 7}7") for place in range(len(used))]
    found = surcharges(used, plans, prices_of(prices), rule)
    assert found.is_known.all()
    for row, price in enumerate(prices):
        before, charges = Decimal(0), []
        for month in range(1, 13):
            if not (covered := months_charged(rule.period, month)):
                continue
            parts = [use(litres(used[row, m - 1]), litres(plans[row, m - 1]), str(price)) for m in covered]
            to_date = rule.period is Period.YEAR_TO_DATE
            due = surcharge(
                rule, parts, charged_before=Figure(value=before) if to_date else None
            ).amount.value
            charges.append(fen(due))
            before += due
        assert found.amount[row].tolist() == charges


@pytest.mark.parametrize("rule", TARIFFS, ids=range(len(TARIFFS)))
def test_household_bills_are_those_of_the_derivation(rule: HouseholdTariff) -> None:
    used = volumes(3)
    persons = np.array([UNKNOWN if row % 9 == 0 else row % 8 for row in range(len(used))], dtype=np.int64)
    shared = np.array([row % 5 == 4 for row in range(len(used))])
    found = household_bills(used, persons, rule, shared)
    for row in range(len(used)):
        fields = {
            "persons": None if persons[row] == UNKNOWN else int(persons[row]),
            "is_shared": bool(shared[row]),
        }
        assert found.amount[row].tolist() == _bills(rule, used[row], fields)


def _bills(rule: HouseholdTariff, row: np.ndarray, fields: dict) -> list[int]:
    length = 2 if rule.period is Period.TWO_MONTHS else 1
    sums = [int(row[start : start + length].sum()) for start in range(0, len(row), length)]
    uses = [HouseholdUse(volume=Figure(value=Decimal(litres(each))), **fields) for each in sums]
    if rule.period is not Period.YEAR:
        return [fen(household_bill(rule, each).total.value) for each in uses]
    before: dict[str, Decimal] = {}
    bills = []
    for end in range(1, len(uses) + 1):
        bill = household_bill_to_date([(rule, each) for each in uses[:end]], before)
        before = {name: before.get(name, Decimal(0)) + due for name, due in bill.components.items()}
        bills.append(fen(bill.total.value))
    return bills


def test_class_bills_are_volume_times_price() -> None:
    used = np.array([[1000, 1005], [0, 333]], dtype=np.int64)
    found = class_bills(used, prices_of([Decimal("6.12"), Decimal("4.555")]))
    assert found.amount.tolist() == [[612, 615], [0, 152]]  # 6.1506 and 1.516815 yuan


def test_what_is_unknown_makes_unknown_what_rests_on_it() -> None:
    used = np.full((1, 12), 2000, dtype=np.int64)
    used[0, 4] = UNKNOWN
    plans = np.full((1, 12), 1000, dtype=np.int64)
    prices = prices_of([Decimal(1)])
    monthly = surcharges(used, plans, prices, LADDERS[0])
    assert (~monthly.is_known[0]).nonzero()[0].tolist() == [4]
    assert monthly.amount[0, 4] == 0
    to_date = surcharges(used, plans, prices, LADDERS[2])
    assert to_date.is_known[0].tolist() == [True] * 4 + [False] * 8
    quarters = surcharges(plans, used, prices, LADDERS[3])  # an unknown plan is as bad
    assert quarters.is_known[0].tolist() == [True, False, True, True]
    assert not class_bills(used, prices).is_known[0, 4]
    assert not household_bills(used, np.array([3]), YEARLY).is_known[0, 4:].any()


def test_volumes_beyond_sixty_four_bits_stay_exact() -> None:
    used = np.array([[4 * 10**17 + 1]], dtype=np.int64)
    plans = np.array([[10**17]], dtype=np.int64)
    found = surcharges(used, plans, prices_of([Decimal("0.0001")]), ladder(("0.333", "1.25"), ("", "3")))
    derived = surcharge(
        ladder(("0.333", "1.25"), ("", "3")), [use(litres(used[0, 0]), litres(plans[0, 0]), "0.0001")]
    )
    assert found.amount[0, 0] == fen(derived.amount.value)


def test_users_come_out_the_same_in_chunks_of_any_size() -> None:
    used, plans = volumes(4, users=17), volumes(5, users=17)
    whole = surcharges(used, plans, prices_of([Decimal("4.32")] * 17), LADDERS[2])

    def some(left: np.ndarray, right: np.ndarray) -> object:
        return surcharges(left, right, prices_of([Decimal("4.32")] * len(left)), LADDERS[2])

    parts = [each.amount for each in in_chunks(partial(some), used, plans, rows=5)]
    assert [len(part) for part in parts] == [5, 5, 5, 2]
    assert (np.concatenate(parts) == whole.amount).all()


def test_months_that_fill_no_period_and_too_fine_amounts_are_refused() -> None:
    used = volumes(6, users=2, months=4)
    with pytest.raises(BadFigureError, match="a charge covers 3 months"):
        surcharges(used, used, prices_of([Decimal(1)] * 2), LADDERS[3])
    with pytest.raises(BadFigureError, match="whole fen"):
        surcharges(used, used, prices_of([Decimal(1)] * 2), ladder(("", "1"), rounding="0.001"))


def test_numbers_are_scaled_by_the_finest_of_them() -> None:
    assert places_of([Decimal("4.320"), Decimal("1E+2"), Decimal("0.125")]) == 3
    assert places_of([]) == 0
    assert scaled_by(Decimal("4.32"), 3) == 4320


@given(
    st.lists(st.tuples(st.integers(0, 10**17), st.integers(0, 10**17)), min_size=1, max_size=4),
    st.lists(st.integers(1, 9000), unique=True, max_size=3),
    st.integers(0, 10**7),
    st.sampled_from(["slices", "whole"]),
)
def test_no_product_runs_over(rows: list[tuple[int, int]], edges: list[int], price: int, reach: str) -> None:
    pairs = [(f"{edge}e-3", f"{place}.25") for place, edge in enumerate(sorted(edges), 1)]
    rule = ladder(*pairs, ("", "7.5"), reach=reach)
    yuan = Decimal(price).scaleb(-5)
    used, plans = (np.array([[row[side]] for row in rows], dtype=np.int64) for side in (0, 1))
    try:
        found = surcharges(used, plans, prices_of([yuan] * len(rows)), rule).amount[:, 0].tolist()
    except OverflowError:
        found = []  # more fen than 64 bits hold: said, not cut off
    exact = [fen(surcharge(rule, [use(litres(v), litres(p), str(yuan))]).amount.value) for v, p in rows]
    assert found == exact or (found == [] and max(exact) >= 2**63)
