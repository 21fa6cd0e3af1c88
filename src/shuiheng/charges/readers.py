"""Ladders, tiers and price lists read from dated values of the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from shuiheng.charges.model import (
    Band,
    HouseholdTariff,
    Ladder,
    Measure,
    Mode,
    Period,
    Persons,
    PriceBase,
    PriceList,
    Reach,
    Tier,
)
from shuiheng.charges.record import Record
from shuiheng.charges.steps import FEN
from shuiheng.rules.parameter import DatedValue

COMPONENTS = ("supply", "sewage", "resource")
ALL = "all"


def ladder_of(value: DatedValue) -> Ladder:
    """Return the ladder that a value of `charges/over_plan_ladder` states (超计划累进加价).

    The multiples of the resource tax and of the resource fee over plan have the same form.

    Raises:
        BadRuleError: A field is missing or its bands do not rise to an open one.
    """
    record = Record(value, value.value)
    dead_band = record.number_or_none("dead_band") or Decimal(0)
    mode = record.choice("mode", Mode)
    return Ladder(
        period=record.choice("period", Period),
        measure=record.choice("measure", Measure),
        mode=mode,
        price_base=record.choice("price_base", PriceBase),
        dead_band=dead_band,
        reach=record.choice("reach", Reach, Reach.SLICES),
        rounding=rounding_of(record),
        bands=bands_of(record, above=dead_band, mode=mode),
        citation=value.citation,
    )


def bands_of(record: Record, *, above: Decimal, mode: Mode) -> tuple[Band, ...]:
    """Return the bands of a record, which must rise from a first edge to an open band.

    Raises:
        BadRuleError: They do not, or a multiple would make water over the plan cheaper.
    """
    if above < 0:
        raise record.refuse("dead_band", "must not be below 0")
    least = Decimal(1) if mode is Mode.TOTAL else Decimal(0)
    items = record.each("bands")
    bands = tuple(
        Band(up_to=each.number_or_none("up_to"), multiple=each.number("multiple")) for each in items
    )
    for band, each in zip(bands, items, strict=True):
        if band.multiple < least:
            raise each.refuse("multiple", f"must be at least {least} in mode {mode.value}")
    _check_edges(items, tuple(band.up_to for band in bands), above)
    return bands


def household_tariff_of(value: DatedValue) -> HouseholdTariff:
    """Return the tariff that a value of `charges/household_tiers` states (居民阶梯水价).

    A tier has its edge and its prices: `{up_to: "17", supply: "2.40", sewage: "1.00"}`. `shared` names the
    tier whose prices hold (`{tier: "1"}`) or gives prices of its own.

    Raises:
        BadRuleError: A field is missing, the tiers do not rise to an open one, or components differ.
    """
    record = Record(value, value.value)
    items = record.each("tiers")
    tiers = tuple(Tier(up_to=each.number_or_none("up_to"), prices=_prices(each)) for each in items)
    _check_edges(items, tuple(tier.up_to for tier in tiers), Decimal(0))
    for tier, each in zip(tiers, items, strict=True):
        if tier.prices.keys() != tiers[0].prices.keys():
            raise each.refuse("prices", "must have the components of the first tier")
    period = record.choice("period", Period)
    if period not in (Period.MONTH, Period.TWO_MONTHS, Period.YEAR):
        raise record.refuse("period", "must be month, two_months or year")
    return HouseholdTariff(
        period=period,
        tiers=tiers,
        persons=_persons(record),
        shared=_shared(record, tiers),
        rounding=rounding_of(record),
        citation=value.citation,
    )


def price_list_of(value: DatedValue) -> PriceList:
    """Return the prices by class that a value states (价目); one number alone is for all classes.

    Raises:
        BadRuleError: It is neither a number nor numbers by class, or a number is below 0.
    """
    record = Record(value, {ALL: value.value} if isinstance(value.value, Decimal) else value.value)
    prices = record.numbers()
    for name, price in prices.items():
        if price < 0:
            raise record.refuse(name, "must not be below 0")
    return PriceList(by_class=prices, citation=value.citation)


def number_of(value: DatedValue, *, most: Decimal | None = None) -> Decimal:
    """Return the one number of a value, from 0.

    Args:
        value: The value.
        most: What it cannot exceed, such as 1 for a share.

    Raises:
        BadRuleError: It is no number, below 0 or above what it can be.
    """
    record = Record(value, {"value": value.value})
    found = record.number("value")
    if found < 0 or (most is not None and found > most):
        raise record.refuse("value", "must not be below 0" if most is None else f"must be from 0 to {most}")
    return found


def rounding_of(record: Record) -> Decimal:
    """Return the power of ten to which amounts are rounded; the fen where the rule does not say.

    Raises:
        BadRuleError: It is no power of ten.
    """
    unit = record.number_or_none("rounding")
    if unit is None:
        return FEN
    if unit <= 0 or unit.normalize().as_tuple().digits != (1,):
        raise record.refuse("rounding", "must be a power of ten such as 0.01")
    return unit.normalize()


def _check_edges(items: tuple[Record, ...], edges: tuple[Decimal | None, ...], above: Decimal) -> None:
    *closed, last = edges
    if last is not None:
        raise items[-1].refuse("up_to", "must be left open in the last one, so that nothing lies above")
    below = above
    for edge, each in zip(closed, items, strict=False):
        if edge is None:
            raise each.refuse("up_to", "is missing; only the last one is open")
        if edge <= below:
            raise each.refuse("up_to", f"must lie above {below}")
        below = edge


def _prices(record: Record) -> Mapping[str, Decimal]:
    prices = record.numbers(*COMPONENTS)
    if "supply" not in prices:
        raise record.refuse("supply", "must be a number")
    for name, price in prices.items():
        if price < 0:
            raise record.refuse(name, "must not be below 0")
    return prices


def _persons(record: Record) -> Persons | None:
    if not record.has("persons"):
        return None
    persons = record.inner("persons")
    extra = persons.number("extra_m3")
    if extra < 0:
        raise persons.refuse("extra_m3", "must not be below 0")
    return Persons(included=persons.whole_number("included"), extra_m3=extra)


def _shared(record: Record, tiers: tuple[Tier, ...]) -> Mapping[str, Decimal] | None:
    if not record.has("shared"):
        return None
    shared = record.inner("shared")
    if not shared.has("tier"):
        return _prices(shared)
    place = shared.whole_number("tier")
    if not 1 <= place <= len(tiers):
        raise shared.refuse("tier", f"must be from 1 to {len(tiers)}")
    return tiers[place - 1].prices
