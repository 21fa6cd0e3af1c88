"""What a year costs each user under the rules of one side of a replay, in whole fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from shuiheng.adapters.records.models import Place
from shuiheng.charges import Figure, Ladder, Use, base_price, household_tariff_of, ladder_of, surcharge
from shuiheng.charges.errors import NoPriceError
from shuiheng.charges.kernels import UNKNOWN, Fen, class_bills, household_bills, prices_of, surcharges
from shuiheng.charges.ladder import MONTHS_OF
from shuiheng.charges.model import HouseholdTariff, Period, PriceBase
from shuiheng.kernel.derivation import Derived
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.charges.kinds import RunKind, last_day
from shuiheng.services.charges.run_figures import LITRES_OF_A_M3, Payable
from shuiheng.services.charges.run_rules import LADDER, TIERS, Lookup, PriceDays, payer_of, prices_on

FEN = 100
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Amounts = tuple[Ints, Bools]
"""Fen of the year by user, and whether each is known."""
Priced = Sequence[Derived | None]
"""Price of each user; None for one that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The rules of one side of a replay.

    Args:
        value: The value of the changed rule; None where there is none, and nothing is charged.
        months: First days of the months of the year.
        prices: Prices of the last day of each month.
        ladder: The surcharge, for a replay of surcharges.
        tiers: Tiers of households, for a replay of their bills.
    """

    value: DatedValue | None
    months: Sequence[date]
    prices: Mapping[date, PriceDays] = field(default_factory=dict)
    ladder: Ladder | None = None
    tiers: HouseholdTariff | None = None


def side_of(city: Place, kind: RunKind, months: Sequence[date], book: Rulebook, rule: str) -> Side:
    """Return the rules of a side as they are in force at the end of the year, with the prices of each month.

    Raises:
        ServiceError: `charges.bad_rule`.
    """
    lookup = Lookup(city)
    lookup.book = book
    last = last_day(months[-1])
    ladder = lookup.value_or_none(LADDER, last) if kind is RunKind.OVER_PLAN else None
    tiers = lookup.value_or_none(TIERS, last) if kind is RunKind.HOUSEHOLD else None
    is_priced = kind is not RunKind.HOUSEHOLD
    return Side(
        value=lookup.value_or_none(rule, last),
        months=months,
        prices={month: prices_on(lookup, last_day(month)) for month in months if is_priced},
        ladder=None if ladder is None else _of_whole_years(ladder_of(ladder)),
        tiers=None if tiers is None else household_tariff_of(tiers),
    )


def _of_whole_years(ladder: Ladder) -> Ladder:
    """Return a ladder whose year to date is the year: all parts of the former come to that of the latter."""
    return replace(ladder, period=Period.YEAR) if ladder.period is Period.YEAR_TO_DATE else ladder


def year_amounts(
    kind: RunKind, side: Side, payables: Sequence[Payable], volumes: Ints, plans: Ints
) -> Amounts:
    """Return the fen of the year of each payable, and whether each is known.

    Args:
        kind: What is charged.
        side: By which rules.
        payables: Who pays.
        volumes: Litres, one row per payable and one column per month.
        plans: Litres allowed, likewise.
    """
    if kind is RunKind.HOUSEHOLD:
        return _households(side, payables, volumes)
    if kind is RunKind.NON_HOUSEHOLD:
        return _bills(side, payables, volumes)
    return _surcharges(side, payables, volumes, plans)


def _nothing(count: int) -> Amounts:
    return np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)


def _households(side: Side, payables: Sequence[Payable], volumes: Ints) -> Amounts:
    if side.tiers is None:
        return _nothing(len(payables))
    homes = [each.home(side.months[-1]) for each in payables]
    persons = np.array([UNKNOWN if home.persons is None else home.persons for home in homes], dtype=np.int64)
    is_shared = np.array([not home.is_single for home in homes], dtype=np.bool_)
    amount, known = _of_year(household_bills(volumes, persons, side.tiers, is_shared))
    return amount, known if side.tiers.shared is not None else known & ~is_shared


def _bills(side: Side, payables: Sequence[Payable], volumes: Ints) -> Amounts:
    amount, known = _nothing(len(payables))
    for place, month in enumerate(side.months):
        priced = _priced(side, payables, month, PriceBase.DELIVERED)
        found = class_bills(volumes[:, [place]], prices_of([_value(price) for price in priced]))
        amount, known = amount + found.amount[:, 0], known & found.is_known[:, 0] & _has_price(priced)
    return amount, known


def _surcharges(side: Side, payables: Sequence[Payable], volumes: Ints, plans: Ints) -> Amounts:
    """Return the surcharges of the year."""
    amount, known = _nothing(len(payables))
    if side.ladder is None:
        return amount, known
    ladder, length = side.ladder, MONTHS_OF[side.ladder.period]
    for start in range(0, len(side.months), length):
        part = slice(start, start + length)
        priced = [_priced(side, payables, month, ladder.price_base) for month in side.months[part]]
        last = prices_of([_value(price) for price in priced[-1]])
        found = surcharges(volumes[:, part], plans[:, part], last, ladder)
        fen, is_known = found.amount[:, 0], found.is_known[:, 0]
        for prices in priced:
            is_known &= _has_price(prices)
        for row in _moved(priced) & set(np.flatnonzero(is_known).tolist()):
            fen[row] = _by_steps(
                ladder, [prices[row] for prices in priced], volumes[row, part], plans[row, part]
            )
        amount, known = amount + fen, known & is_known
    return amount, known


def _moved(priced: Sequence[Priced]) -> set[int]:
    """Return the rows whose price changes inside a period."""
    return {
        row for row, prices in enumerate(zip(*priced, strict=True)) if len({_value(p) for p in prices}) > 1
    }


def _by_steps(ladder: Ladder, prices: Priced, volumes: Ints, plans: Ints) -> int:
    """Return the fen of a period in which the price changes, layer by layer."""
    uses = [
        Use(volume=_figure(volume), allowed=_figure(plan), price=price)
        for price, volume, plan in zip(prices, volumes.tolist(), plans.tolist(), strict=True)
        if price is not None
    ]
    return int(surcharge(ladder, uses).amount.value * FEN)


def _figure(litres: int) -> Figure:
    return Figure(value=Decimal(litres) / LITRES_OF_A_M3)


def _priced(side: Side, payables: Sequence[Payable], month: date, base: PriceBase) -> Priced:
    """Return the price of each payable at the end of a month."""
    by_class: dict[tuple[str, str], Derived | None] = {}
    found = []
    for each in payables:
        classes = each.price_class or "", each.credit_class
        if classes not in by_class:
            by_class[classes] = _price(side.prices[month], classes, base) if classes[0] else None
        found.append(by_class[classes])
    return found


def _price(prices: PriceDays, classes: tuple[str, str], base: PriceBase) -> Derived | None:
    tariff = prices.tariff(classes[0])
    if tariff is None:
        return None
    try:
        return base_price(base, tariff, payer_of(*classes))
    except NoPriceError:
        return None


def _value(price: Derived | None) -> Decimal:
    return Decimal(0) if price is None else price.value


def _has_price(priced: Priced) -> Bools:
    return np.array([price is not None for price in priced], dtype=np.bool_)


def _of_year(found: Fen) -> Amounts:
    known: Bools = np.logical_and.reduce(found.is_known, axis=1)
    return found.amount.sum(axis=1), known
