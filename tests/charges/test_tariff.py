"""Users who are no households: price by class, factors by conduct, components, changes of price."""

from __future__ import annotations

from decimal import Decimal

import pytest

from charges.made import dated
from shuiheng.charges.errors import BadFigureError, NoPriceError, UnknownFigureError
from shuiheng.charges.model import PriceBase, PriceList
from shuiheng.charges.readers import price_list_of
from shuiheng.charges.steps import Figure
from shuiheng.charges.tariff import (
    Payer,
    Tariff,
    TariffPart,
    base_price,
    listed_price,
    non_household_bill,
    non_household_bill_over_change,
    price_components,
)


def prices(rule: str, **by_class: str) -> PriceList:
    return price_list_of(dated({name: Decimal(price) for name, price in by_class.items()}, rule=rule))


SUPPLY = prices("charges/non_household_price", ordinary="4.32", heavy="5.12")
SEWAGE = prices("charges/sewage_fee", all="1.80", heavy="2.60")
RESOURCE = prices("charges/resource_fee", all="0.20")
TARIFF = Tariff(
    supply=SUPPLY,
    sewage=SEWAGE,
    resource=RESOURCE,
    supply_factors=prices("charges/credit_price_factor", good="1", poor="1.5"),
    sewage_factors=prices("charges/credit_sewage_factor", good="0.9", poor="2"),
)
ORDINARY = Payer(use_class="ordinary")


def volume(m3: str) -> Figure:
    return Figure(value=Decimal(m3), origin="settled_month:1")


def test_a_class_without_a_price_of_its_own_has_that_of_all() -> None:
    assert listed_price(SEWAGE, "ordinary") == Decimal("1.80")
    assert listed_price(SEWAGE, "heavy") == Decimal("2.60")
    with pytest.raises(NoPriceError, match="no price for 'golf'; it has heavy, ordinary"):
        listed_price(SUPPLY, "golf")


def test_a_bill_is_the_sum_of_its_components() -> None:
    bill = non_household_bill(TARIFF, ORDINARY, volume("100"))
    assert bill.total.value == 632
    assert bill.components == {"supply": 432, "sewage": 180, "resource": 20}
    assert not bill.total.is_trial


def test_conduct_moves_price_and_sewage_fee_alone() -> None:
    poor = Payer(use_class="ordinary", credit_class="poor")
    found = price_components(TARIFF, poor)
    assert {name: price.value for name, price in found.items()} == {
        "supply": Decimal("6.48"), "sewage": Decimal("3.60"), "resource": Decimal("0.20")
    }  # fmt: skip
    assert found["supply"].steps[-1].formula == "4.32 × 1.5"
    assert [cited.rule for cited in found["supply"].citations] == [
        "charges/non_household_price", "charges/credit_price_factor"
    ]  # fmt: skip


def test_sewage_may_have_a_class_of_its_own() -> None:
    payer = Payer(use_class="ordinary", sewage_class="heavy")
    assert price_components(TARIFF, payer)["sewage"].value == Decimal("2.60")


@pytest.mark.parametrize(
    ("base", "expected"),
    [(PriceBase.DELIVERED, "10.28"), (PriceBase.WATER_ONLY, "6.48"), (PriceBase.SAME_USE, "4.32")],
)
def test_a_surcharge_multiplies_the_price_that_its_rule_names(base: PriceBase, expected: str) -> None:
    found = base_price(base, TARIFF, Payer(use_class="ordinary", credit_class="poor"))
    assert found.value == Decimal(expected)
    assert found.unit == "yuan_m3"


def test_lists_that_are_not_charged_leave_no_component() -> None:
    bare = Tariff(supply=SUPPLY)
    assert non_household_bill(bare, ORDINARY, volume("1")).components == {"supply": Decimal("4.32")}
    assert base_price(PriceBase.DELIVERED, bare, ORDINARY).value == Decimal("4.32")


def test_a_change_of_price_splits_the_volume_by_days() -> None:
    dearer = Tariff(supply=prices("charges/non_household_price", ordinary="5"))
    parts = [TariffPart(tariff=Tariff(supply=SUPPLY), days=10), TariffPart(tariff=dearer, days=20)]
    bill = non_household_bill_over_change(parts, ORDINARY, volume("100"))
    assert bill.total.value == Decimal("477.33")  # 33.333 × 4.32 + 66.667 × 5 = 477.33356
    assert [step.formula for step in bill.total.steps if step.name == "supply_amount"] == [
        "33.333 × 4.32", "66.667 × 5"
    ]  # fmt: skip


def test_an_unknown_or_negative_volume_is_refused() -> None:
    with pytest.raises(UnknownFigureError):
        non_household_bill(TARIFF, ORDINARY, None)
    with pytest.raises(BadFigureError):
        non_household_bill(TARIFF, ORDINARY, volume("-1"))
