"""Kernels: a year of volumes of many users to whole fen, in exact integers. Arrays in, arrays out.

One row per user, one column per month. They give the same fen as the derivations of `ladder`, `household`
and `tariff`, which print the steps of one amount; a test holds both together. Volumes and plans are litres;
`UNKNOWN` stands for what nobody knows, and what rests on it is not known either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shuiheng.charges.errors import BadFigureError
from shuiheng.charges.ladder import MONTHS_OF
from shuiheng.charges.model import HouseholdTariff, Ladder, Mode, Period, Reach

UNKNOWN = -1
LITRE_PLACES, FEN_PLACES = 3, 2
WIDEST = 2**62
ROWS = 20_000

Ints = NDArray[Any]
"""Whole numbers: 64 bits, or Python's own where 64 bits would not hold a product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fen:
    """Amounts of many users (批量金额).

    Args:
        amount: Fen, one row per user and one column per charge of the year; 0 where it is not known.
        is_known: Whether each amount is known.
    """

    amount: NDArray[np.int64]
    is_known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Prices of users as whole numbers: `of_user` counts 10 to the power of -`places` yuan/m³."""

    of_user: NDArray[np.int64]
    places: int


def prices_of(prices: Sequence[Decimal]) -> Prices:
    """Return prices of users, yuan/m³, as whole numbers of one fineness."""
    places = places_of(prices)
    scaled = [scaled_by(price, places) for price in prices]
    return Prices(of_user=np.array(scaled, dtype=np.int64), places=places)


def class_bills(volumes: NDArray[np.int64], prices: Prices) -> Fen:
    """Return what each month costs at the price of each user (非居民水费).

    Args:
        volumes: Litres, one row per user and one column per month.
        prices: Delivered price of each user.
    """
    known = volumes != UNKNOWN
    work = _work(volumes, int(prices.of_user.max(initial=0)))
    exact = np.where(known, volumes, 0).astype(work) * prices.of_user.astype(work)[:, None]
    return _fen(_rounded(exact, LITRE_PLACES + prices.places - FEN_PLACES), known)


def surcharges(volumes: NDArray[np.int64], plans: NDArray[np.int64], prices: Prices, ladder: Ladder) -> Fen:
    """Return the surcharges of a year (超计划累进加价), one column per charge of the ladder's period.

    A user has one price in the year; a year in which prices change is reckoned charge by charge.

    Args:
        volumes: Litres, one row per user and one column per month.
        plans: Litres allowed, likewise.
        prices: Price of each user at the price base of the ladder.
        ladder: The rule.

    Raises:
        BadFigureError: The months do not fill whole periods, or amounts are rounded finer than the fen.
    """
    known = _by_period((volumes != UNKNOWN) & (plans != UNKNOWN), ladder.period, np.logical_and)
    used = _by_period(np.where(volumes == UNKNOWN, 0, volumes), ladder.period, np.add)
    allowed = _by_period(np.where(plans == UNKNOWN, 0, plans), ladder.period, np.add)
    bands = _bands(ladder)
    top = max(1, bands.most * int(prices.of_user.max(initial=0))) * max(10**bands.places, *bands.edges, 1)
    work = _work(np.maximum(used, allowed), top)
    excess = np.maximum(used - allowed, 0).astype(work) * 10**bands.places
    units = _band_units(excess, allowed.astype(work), bands, is_whole=ladder.reach is Reach.WHOLE)
    exact = units * prices.of_user.astype(work)[:, None]
    places = LITRE_PLACES + bands.places + bands.multiple_places + prices.places
    amount = _to_unit(exact, places, ladder.rounding)
    return _fen(_due(amount) if ladder.period is Period.YEAR_TO_DATE else amount, known)


def household_bills(
    volumes: NDArray[np.int64],
    persons: NDArray[np.int64],
    tariff: HouseholdTariff,
    is_shared: NDArray[np.bool_] | None = None,
) -> Fen:
    """Return the bills of a year in tiers (居民阶梯水价), one column per bill.

    Tiers of a month or of two give a bill for each; tiers of a year are filled from month to month, and each
    bill is what the year to date costs less the bills before it.

    Args:
        volumes: Litres, one row per household and one column per month.
        persons: Persons of each household, or `UNKNOWN`, which moves no edge.
        tariff: The tiers.
        is_shared: Which rows are meters that several households share.

    Raises:
        BadFigureError: The months do not fill whole periods, or bills are rounded finer than the fen.
    """
    period = Period.YEAR_TO_DATE if tariff.period is Period.YEAR else tariff.period
    known = _by_period(volumes != UNKNOWN, period, np.logical_and)
    used = _by_period(np.where(volumes == UNKNOWN, 0, volumes), period, np.add)
    totals = [sum(tier.prices.values(), Decimal(0)) for tier in tariff.tiers]
    shared = sum((tariff.shared or {}).values(), Decimal(0))
    places = places_of([*totals, shared])
    rates = [scaled_by(total, places) for total in totals]
    fine = max(0, places_of(_edges_of(tariff)) - LITRE_PLACES)
    work = _work(used, max(*rates, scaled_by(shared, places)) * 10**fine)
    volume = used.astype(work) * 10**fine
    exact = _tiered(volume, _edges(tariff, persons, LITRE_PLACES + fine), rates)
    if tariff.shared is not None and is_shared is not None:
        exact = np.where(is_shared[:, None], volume * scaled_by(shared, places), exact)
    amount = _to_unit(exact, LITRE_PLACES + fine + places, tariff.rounding)
    return _fen(_due(amount) if period is Period.YEAR_TO_DATE else amount, known)


def in_chunks(kernel: Callable[..., Fen], *arrays: Ints, rows: int = ROWS) -> Iterable[Fen]:
    """Yield the amounts of some users at a time, so that memory does not grow with their number.

    Args:
        kernel: Takes parts of the arrays, in their order.
        arrays: Arrays with one row per user.
        rows: How many users at a time.
    """
    for start in range(0, len(arrays[0]), rows):
        yield kernel(*(array[start : start + rows] for array in arrays))


def places_of(numbers: Iterable[Decimal]) -> int:
    """Return how many decimal places the finest of some numbers has."""
    exponents = (number.normalize().as_tuple().exponent for number in numbers)
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def scaled_by(number: Decimal, places: int) -> int:
    """Return a number as a whole number of 10 to the power of -`places`, which must hold it exactly."""
    return int(number.scaleb(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bands:
    """The bands of a ladder as whole numbers; the dead band is the first, with a multiple of 0."""

    edges: tuple[int, ...]
    multiples: tuple[int, ...]
    places: int
    multiple_places: int

    @property
    def most(self) -> int:
        return max(self.multiples)


def _bands(ladder: Ladder) -> _Bands:
    closed = [band.up_to for band in ladder.bands if band.up_to is not None]
    base = Decimal(1) if ladder.mode is Mode.TOTAL else Decimal(0)
    multiples = [band.multiple - base for band in ladder.bands]
    if ladder.dead_band > 0:
        closed, multiples = [ladder.dead_band, *closed], [Decimal(0), *multiples]
    places, fine = places_of(closed), places_of(multiples)
    return _Bands(
        edges=tuple(scaled_by(edge, places) for edge in closed),
        multiples=tuple(scaled_by(multiple, fine) for multiple in multiples),
        places=places,
        multiple_places=fine,
    )


def _band_units(excess: Ints, allowed: Ints, bands: _Bands, *, is_whole: bool) -> Ints:
    """Return the sum of slices times multiples; with a plan of 0 all of it lies in the last band."""
    edges = [allowed * edge for edge in bands.edges]
    last = excess * bands.multiples[-1]
    if is_whole:
        units = last
        for edge, multiple in reversed(list(zip(edges, bands.multiples, strict=False))):
            units = np.where(excess <= edge, excess * multiple, units)
    else:
        units, low = np.zeros_like(excess), np.zeros_like(excess)
        for edge, multiple in zip(edges, bands.multiples, strict=False):
            top = np.minimum(excess, edge)
            units = units + (top - low) * multiple
            low = top
        units = units + (excess - low) * bands.multiples[-1]
    found: Ints = np.where(allowed == 0, last, units)
    return found


def _edges_of(tariff: HouseholdTariff) -> list[Decimal]:
    extra = [tariff.persons.extra_m3] if tariff.persons else []
    return [tier.up_to for tier in tariff.tiers if tier.up_to is not None] + extra


def _edges(tariff: HouseholdTariff, persons: NDArray[np.int64], places: int) -> list[Ints]:
    """Return the edges of each household, moved by its persons."""
    moved: Ints = np.zeros((len(persons), 1), dtype=np.int64)
    if tariff.persons is not None:
        more = np.where(persons == UNKNOWN, 0, np.maximum(persons - tariff.persons.included, 0))
        moved = more[:, None] * scaled_by(tariff.persons.extra_m3, places)
    return [moved + scaled_by(tier.up_to, places) for tier in tariff.tiers if tier.up_to is not None]


def _tiered(volume: Ints, edges: Sequence[Ints], rates: Sequence[int]) -> Ints:
    exact, low = np.zeros_like(volume), np.zeros_like(volume)
    for edge, rate in zip(edges, rates, strict=False):
        top = np.minimum(volume, edge.astype(volume.dtype))
        exact = exact + (top - low) * rate
        low = top
    found: Ints = exact + (volume - low) * rates[-1]
    return found


def _by_period(months: NDArray[Any], period: Period, join: np.ufunc) -> NDArray[Any]:
    """Return months joined to the charges of a period: side by side, or from the first month on."""
    if period is Period.YEAR_TO_DATE:
        found: NDArray[Any] = join.accumulate(months, axis=1)
        return found
    length = MONTHS_OF[period]
    if months.shape[1] % length:
        raise BadFigureError("months", Decimal(months.shape[1]), f"a charge covers {length} months")
    joined: NDArray[Any] = join.reduce(months.reshape(len(months), -1, length), axis=2)
    return joined


def _work(volumes: NDArray[Any], factor: int) -> type[Any]:
    """Return the sort of number that holds a volume times a factor, twice."""
    most = int(volumes.max(initial=0)) * max(1, factor) * 2
    return np.int64 if most < WIDEST else object


def _to_unit(exact: Ints, places: int, unit: Decimal) -> Ints:
    """Return amounts of 10 to the power of -`places` yuan as fen, rounded half up to the unit of a rule."""
    fine = -int(unit.normalize().as_tuple().exponent)
    if fine > FEN_PLACES:
        raise BadFigureError("rounding", unit, "whole fen cannot hold it")
    found: Ints = _rounded(exact, places - fine) * 10 ** (FEN_PLACES - fine)
    return found


def _rounded(exact: Ints, places: int) -> Ints:
    """Return exact amounts as whole numbers of a coarser unit, half up."""
    whole = 10 ** max(0, places)
    found: Ints = exact * 10**-places if places <= 0 else (exact * 2 + whole) // (2 * whole)
    return found


def _due(to_date: Ints) -> Ints:
    """Return what each charge adds to those before it."""
    found: Ints = np.diff(to_date, axis=1, prepend=np.zeros((len(to_date), 1), dtype=to_date.dtype))
    return found


def _fen(amount: Ints, known: NDArray[np.bool_]) -> Fen:
    return Fen(amount=np.where(known, amount, 0).astype(np.int64), is_known=known)
