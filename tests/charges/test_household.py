"""Household tiers: both sides of each edge, persons, shared meters, changes of price, billing by year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charges.made import dated
from shuiheng.charges.errors import BadFigureError, UnknownFigureError
from shuiheng.charges.household import (
    HouseholdUse,
    TariffDays,
    household_bill,
    household_bill_over_change,
    household_bill_to_date,
)
from shuiheng.charges.model import HouseholdTariff
from shuiheng.charges.readers import household_tariff_of
from shuiheng.charges.steps import Figure
from shuiheng.rules.parameter import Value


def tariff(*tiers: tuple[str, dict[str, str]], **fields: Value) -> HouseholdTariff:
    record: dict[str, Value] = {
        "period": "month",
        "tiers": tuple(
            {name: Decimal(price) for name, price in prices.items()}
            | ({"up_to": Decimal(edge)} if edge else {})
            for edge, prices in tiers
        ),
    }
    return household_tariff_of(dated(record | fields, rule="charges/household_tiers"))


MONTHLY = tariff(
    ("17", {"supply": "2.40", "sewage": "1.00"}),
    ("30", {"supply": "4.32", "sewage": "1.00"}),
    ("", {"supply": "6.00", "sewage": "1.00"}),
    persons={"included": Decimal(3), "extra_m3": Decimal(5)},
    shared={"tier": Decimal(1)},
)
YEARLY = tariff(
    ("260", {"supply": "3.50"}), ("360", {"supply": "4.22"}), ("", {"supply": "5.90"}), period="year"
)
SLABS = tariff(("10", {"supply": "2"}), ("20", {"supply": "4"}), ("", {"supply": "5"}))


def use(volume: str | None, **fields: object) -> HouseholdUse:
    figure = None if volume is None else Figure(value=Decimal(volume))
    return HouseholdUse(volume=figure, **fields)  # type: ignore[arg-type] # each test names its fields


@pytest.mark.parametrize(
    ("volume", "expected"),
    [("0", "0"), ("17", "57.80"), ("18", "63.12"), ("30", "126.96"), ("31", "133.96"), ("40", "196.96")],
)
def test_each_part_of_a_volume_pays_the_price_of_its_tier(volume: str, expected: str) -> None:
    assert household_bill(MONTHLY, use(volume)).total.value == Decimal(expected)


@pytest.mark.parametrize(("volume", "expected"), [("10", 20), ("20", 60), ("25", 85), ("31", 115)])
def test_slabs_neither_jump_nor_fall_at_their_edges(volume: str, expected: int) -> None:
    assert household_bill(SLABS, use(volume)).total.value == expected


def test_more_persons_move_every_edge() -> None:
    bill = household_bill(MONTHLY, use("40", persons=5))
    assert bill.total.value == Decimal("160.96")  # 27 × 3.40 + 13 × 5.32
    formulas = [step.formula for step in bill.total.steps if step.name == "tier_edge_moved"]
    assert formulas == ["17 + 2 × 5", "30 + 2 × 5"]
    assert household_bill(MONTHLY, use("40", persons=3)) == household_bill(MONTHLY, use("40"))
    assert household_bill(MONTHLY, use("40", persons=1)).total.value == Decimal("196.96")


def test_a_reading_of_two_months_has_edges_of_two_months() -> None:
    two = household_bill(MONTHLY, use("80", periods=2)).total
    assert two.value == 2 * Decimal("196.96")
    assert any(step.formula == "17 × 2" for step in two.steps)
    assert household_bill(MONTHLY, use("80", persons=5, periods=2)).total.value == 2 * Decimal("160.96")


def test_a_shared_meter_pays_one_price() -> None:
    assert household_bill(MONTHLY, use("1000", is_shared=True)).total.value == 3400
    assert household_bill(YEARLY, use("400", is_shared=True)).total.value == 1568  # no price of its own


@pytest.mark.parametrize(
    ("volume", "expected"), [("260", "910.00"), ("261", "914.22"), ("360", "1332.00"), ("400", "1568.00")]
)
def test_yearly_tiers_know_only_the_total_of_the_year(volume: str, expected: str) -> None:
    assert household_bill(YEARLY, use(volume)).total.value == Decimal(expected)


def test_the_components_add_up_to_the_bill() -> None:
    bill = household_bill(MONTHLY, use("40"))
    assert bill.components == {"supply": Decimal("156.96"), "sewage": Decimal("40.00")}
    assert household_bill(MONTHLY, use("0")).components == {"supply": 0, "sewage": 0}


@given(st.lists(st.integers(0, 80_000), min_size=1, max_size=12))
def test_billing_to_date_ends_where_one_bill_of_the_year_ends(months: list[int]) -> None:
    uses = [(YEARLY, use(f"{litres}e-3")) for litres in months]
    billed: dict[str, Decimal] = {}
    for end in range(1, len(uses) + 1):
        bill = household_bill_to_date(uses[:end], billed)
        assert sum(bill.components.values()) == bill.total.value >= 0
        billed = {name: billed.get(name, Decimal(0)) + due for name, due in bill.components.items()}
    whole = household_bill(YEARLY, use(f"{sum(months)}e-3"))
    assert billed == whole.components


def test_in_a_year_each_part_pays_the_price_of_its_time() -> None:
    dearer = tariff(("260", {"supply": "4"}), ("", {"supply": "8"}), period="year")
    bill = household_bill_to_date([(YEARLY, use("200")), (dearer, use("100"))], {"supply": Decimal(700)})
    assert bill.total.value == 60 * 4 + 40 * 8


def test_a_change_of_price_splits_volume_and_edges_by_days() -> None:
    dearer = tariff(("17", {"supply": "3", "sewage": "1"}), ("", {"supply": "6", "sewage": "1"}))
    parts = [TariffDays(tariff=SLABS, days=10), TariffDays(tariff=dearer, days=20)]
    bill = household_bill_over_change(parts, use("30"))
    # 10 m³ with edges 3.333 and 6.667, then 20 m³ with edge 11.333
    first = Decimal("3.333") * 2 + Decimal("3.334") * 4 + Decimal("3.333") * 5
    second = Decimal("11.333") * 3 + Decimal("8.667") * 6 + 20
    assert bill.total.value == (first + second).quantize(Decimal("0.01"))
    assert sum(bill.components.values()) == bill.total.value
    assert [step.formula for step in bill.total.steps[:2]] == ["30 × 10 ÷ 30", "30 × 30 ÷ 30 − 10"]


@given(st.integers(0, 100_000), st.integers(1, 30), st.integers(0, 8))
def test_a_change_to_the_same_prices_changes_next_to_nothing(litres: int, days: int, persons: int) -> None:
    here = use(f"{litres}e-3", persons=persons)
    parts = [TariffDays(tariff=MONTHLY, days=days), TariffDays(tariff=MONTHLY, days=31 - days)]
    split = household_bill_over_change(parts, here)
    assert split.volume_m3 == Decimal(litres) / 1000
    assert abs(split.total.value - household_bill(MONTHLY, here).total.value) <= Decimal("0.02")


def test_an_unknown_volume_is_no_bill() -> None:
    with pytest.raises(UnknownFigureError, match="volume of 2026-03"):
        household_bill(MONTHLY, use(None, label="2026-03"))
    with pytest.raises(UnknownFigureError):
        household_bill_to_date([], {})


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadFigureError, match="volume is -1"):
        household_bill(MONTHLY, use("-1"))
    with pytest.raises(BadFigureError, match="persons"):
        household_bill(MONTHLY, use("1", persons=-1))
    with pytest.raises(BadFigureError, match="periods is 0"):
        household_bill(MONTHLY, use("1", periods=0))


def test_the_steps_of_a_bill_lead_to_it() -> None:
    steps = household_bill(MONTHLY, use("40")).total.steps
    assert [(step.name, step.label, step.formula) for step in steps] == [
        ("tier_volume", "1", "min(40, 17)"),
        ("tier_volume", "2", "min(40, 30) − 17"),
        ("tier_volume", "3", "40 − 30"),
        ("supply_amount", "", "17 × 2.4 + 13 × 4.32 + 10 × 6"),
        ("sewage_amount", "", "17 × 1 + 13 × 1 + 10 × 1"),
        ("bill_sum", "", "156.96 + 40"),
        ("bill", "", "196.96 → 196.96"),
    ]
