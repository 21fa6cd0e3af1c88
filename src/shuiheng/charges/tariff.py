"""What a user who is no household pays: price of its class, sewage fee and resource fee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.charges.by_days import day_steps
from shuiheng.charges.errors import NoPriceError
from shuiheng.charges.model import Bill, PriceBase, PriceList
from shuiheng.charges.readers import ALL
from shuiheng.charges.steps import (
    FEN,
    Figure,
    exactly,
    given_term,
    listed_step,
    product_step,
    rounded_step,
    sum_step,
    term_of,
    whole_fen,
)
from shuiheng.kernel.derivation import Derived, Step, Term

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """The price lists that hold for users who are no households (非居民水价).

    Args:
        supply: Price of water by class of use; that of special trades for a special trade.
        sewage: Sewage fee by class, or None where it is not charged with the bill.
        resource: Resource fee by class, or None.
        supply_factors: Factor on the price by credit class (差别水价), or None.
        sewage_factors: Factor on the sewage fee by credit class (差别化污水处理费), or None.
    """

    supply: PriceList
    sewage: PriceList | None = None
    resource: PriceList | None = None
    supply_factors: PriceList | None = None
    sewage_factors: PriceList | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """The classes by which a user finds its prices (用户分类).

    Args:
        use_class: Class in the price list of water.
        sewage_class: Class in the list of sewage fees; empty for that of use.
        credit_class: Class in the lists of factors; empty for a user who has none, whose factor is 1.
    """

    use_class: str
    sewage_class: str = ""
    credit_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffPart:
    """The price lists of some days of a period."""

    tariff: Tariff
    days: int


def listed_price(prices: PriceList, use_class: str) -> Decimal:
    """Return the price of a class; a list for all classes has one for every class.

    Raises:
        NoPriceError: The list has none for the class.
    """
    found = prices.by_class.get(use_class, prices.by_class.get(ALL))
    if found is None:
        raise NoPriceError(prices.citation.rule, use_class, tuple(sorted(prices.by_class)))
    return found


@exactly
def price_components(tariff: Tariff, payer: Payer) -> Mapping[str, Derived]:
    """Return what a cubic metre costs a user by component, yuan/m³, each with its steps.

    Raises:
        NoPriceError: A list has no price for a class of the user.
    """
    found = {
        "supply": _price("supply", tariff.supply, payer.use_class, _factor(tariff.supply_factors, payer))
    }
    if tariff.sewage is not None:
        name = payer.sewage_class or payer.use_class
        found["sewage"] = _price("sewage", tariff.sewage, name, _factor(tariff.sewage_factors, payer))
    if tariff.resource is not None:
        found["resource"] = _price("resource", tariff.resource, payer.use_class, None)
    return found


@exactly
def base_price(base: PriceBase, tariff: Tariff, payer: Payer) -> Derived:
    """Return the price that a surcharge multiplies (加价基数), yuan/m³.

    `delivered` is the sum of all components (到户综合水价), `water_only` the price of water as this user
    pays it, and `same_use` the price of its class in the list.

    Raises:
        NoPriceError: A list has no price for a class of the user.
    """
    if base is PriceBase.SAME_USE:
        return _price("supply", tariff.supply, payer.use_class, None)
    components = price_components(tariff, payer)
    if base is PriceBase.WATER_ONLY:
        return components["supply"]
    steps = [step for each in components.values() for step in each.steps]
    terms = [term_of(each.steps[-1]) for each in components.values()]
    whole = sum_step("delivered_price", terms, unit="yuan_m3")
    return Derived(value=whole.value, unit="yuan_m3", steps=(*steps, whole))


@exactly
def non_household_bill(tariff: Tariff, payer: Payer, volume: Figure | None) -> Bill:
    """Return what a user who is no household pays for a volume (非居民水费).

    Raises:
        UnknownFigureError: The volume is not known.
        BadFigureError: It is below 0.
        NoPriceError: A list has no price for a class of the user.
    """
    used = given_term("volume", volume)
    steps = volume.steps if volume else ()
    return _bill([(used, price_components(tariff, payer))], steps, used.value)


@exactly
def non_household_bill_over_change(parts: Sequence[TariffPart], payer: Payer, volume: Figure | None) -> Bill:
    """Return what a user pays for a period inside which prices changed; the volume is split by days.

    Raises:
        UnknownFigureError: The volume is not known.
        BadFigureError: The volume or the days are below 0.
        NoPriceError: A list has no price for a class of the user.
    """
    used = given_term("volume", volume)
    labels = [part.tariff.supply.citation.since.isoformat() for part in parts]
    split = day_steps(used, [part.days for part in parts], labels)
    priced = [
        (term_of(step), price_components(part.tariff, payer)) for step, part in zip(split, parts, strict=True)
    ]
    return _bill(priced, (*(volume.steps if volume else ()), *split), used.value)


def _factor(factors: PriceList | None, payer: Payer) -> tuple[PriceList, str] | None:
    return (factors, payer.credit_class) if factors is not None and payer.credit_class else None


def _price(
    component: str, prices: PriceList, use_class: str, factor: tuple[PriceList, str] | None
) -> Derived:
    """Return a listed price, times the factor of a credit class where there is one."""
    value = listed_price(prices, use_class)
    listed = listed_step(
        f"{component}_price", value, unit="yuan_m3", citation=prices.citation, label=use_class
    )
    if factor is None:
        return Derived(value=value, unit="yuan_m3", steps=(listed,))
    factors, credit_class = factor
    times = Term(
        name="credit_factor", value=listed_price(factors, credit_class), unit="times", label=credit_class
    )
    step = product_step(
        f"{component}_price_of_credit",
        [term_of(listed), times],
        unit="yuan_m3",
        citation=factors.citation,
        label=credit_class,
    )
    return Derived(value=step.value, unit="yuan_m3", steps=(listed, step))


def _bill(
    parts: Sequence[tuple[Term, Mapping[str, Derived]]], steps: Sequence[Step], volume_m3: Decimal
) -> Bill:
    done = list(steps)
    products: dict[str, list[Step]] = {}
    for volume, prices in parts:
        for name, price in prices.items():
            done += [step for step in price.steps if step not in done]
            product = product_step(
                f"{name}_amount", [volume, term_of(price.steps[-1])], unit="yuan", label=volume.label
            )
            done.append(product)
            products.setdefault(name, []).append(product)
    every = [term_of(step) for steps_of in products.values() for step in steps_of]
    total = sum_step("bill_sum", every, unit="yuan")
    bill = rounded_step("bill", total, FEN)
    exact = {name: sum((step.value for step in of_one), ZERO) for name, of_one in products.items()}
    return Bill(
        volume_m3=volume_m3,
        components=whole_fen(exact, bill.value),
        total=Derived(value=bill.value, unit="yuan", steps=(*done, total, bill)),
    )
