"""The nouns of charges: ladders, tiers, price lists and what they are applied to.

`readers` makes them from dated values of the rulebook; each keeps the citation of the value it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived


class Period(StrEnum):
    """Over which time use is held against a plan or against tiers."""

    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    YEAR_TO_DATE = "year_to_date"
    YEAR = "year"


class Measure(StrEnum):
    """What use is held against: the allowance given to the user, or norm times activity."""

    PLAN = "plan"
    NORM = "norm"


class Mode(StrEnum):
    """What a multiple means: so many times on top of the price, or so many times in all."""

    ADDITIONAL = "additional"
    TOTAL = "total"


class Reach(StrEnum):
    """To what a multiple applies: each slice at its own, or the whole excess at the one it reaches."""

    SLICES = "slices"
    WHOLE = "whole"


class PriceBase(StrEnum):
    """Which price is multiplied.

    `delivered`: all that a cubic metre costs the user. `water_only`: the price of water without sewage and
    resource fee. `same_use`: the listed price of the class of use, without what is special to the user.
    """

    DELIVERED = "delivered"
    WATER_ONLY = "water_only"
    SAME_USE = "same_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One band of a ladder (加价档次).

    Args:
        up_to: Upper edge as excess over plan; the edge belongs to this band. None for the last one.
        multiple: The multiple of the price.
    """

    up_to: Decimal | None
    multiple: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A progressive surcharge (超计划累进加价).

    Args:
        period: Over which time it is formed.
        measure: What use is held against.
        mode: What a multiple means.
        price_base: Which price is multiplied.
        dead_band: Excess over plan up to which nothing is charged; the first band begins there.
        reach: To what a multiple applies.
        rounding: The power of ten to which the amount is rounded, once.
        bands: In rising order; only the last one is open.
        citation: The value of the rulebook.
    """

    period: Period
    measure: Measure
    mode: Mode
    price_base: PriceBase
    dead_band: Decimal = Decimal(0)
    reach: Reach = Reach.SLICES
    rounding: Decimal
    bands: tuple[Band, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier of household prices (阶梯).

    Args:
        up_to: Upper edge in m³ of the period, which belongs to this tier. None for the last one.
        prices: Price by component (`supply`, `sewage`, `resource`), yuan/m³.
    """

    up_to: Decimal | None
    prices: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """How a larger household shifts the edges (多人口).

    Args:
        included: Persons for whom the edges are made.
        extra_m3: By how much each further person shifts every edge, m³ of the period.
    """

    included: int
    extra_m3: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdTariff:
    """Household prices in tiers (居民阶梯水价).

    Args:
        period: `month`, `two_months` or `year`, for which the edges are made.
        tiers: In rising order; only the last one is open.
        persons: How more persons shift the edges, or None where they do not.
        shared: Prices of a meter that several households share, or None where there are none.
        rounding: The power of ten to which a bill is rounded, once.
        citation: The value of the rulebook.
    """

    period: Period
    tiers: tuple[Tier, ...]
    persons: Persons | None = None
    shared: Mapping[str, Decimal] | None = None
    rounding: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Prices or factors by class (价目).

    Args:
        by_class: Price by id of the class; `all` is for every class that is not named.
        citation: The value of the rulebook.
    """

    by_class: Mapping[str, Decimal]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The part of an excess that lies in one band (分档水量).

    Args:
        since: Lower edge as excess over plan; None when there is no plan above 0.
        up_to: Upper edge, or None for the open band.
        volume_m3: The part, m³.
        multiple: Multiple of the rule; None in the dead band.
        amount: What it adds to the charge, yuan, not rounded.
    """

    since: Decimal | None
    up_to: Decimal | None
    volume_m3: Decimal
    multiple: Decimal | None
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge:
    """What an excess costs (加价水费).

    Args:
        excess_m3: By how much use exceeds the plan.
        slices: The bands that it reaches, in their order.
        over_part: What the part over the plan costs in all at the price base: base price and surcharge.
        amount: The surcharge beside the base bill, with its steps; of the year to date less what was
            charged before, so it may be below 0.
    """

    excess_m3: Decimal
    slices: tuple[Slice, ...]
    over_part: Decimal
    amount: Derived


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a volume costs (水费账单).

    Args:
        volume_m3: The volume.
        components: Whole fen by component, which add up to the total.
        total: The amount with its steps.
    """

    volume_m3: Decimal
    components: Mapping[str, Decimal] = field(default_factory=dict)
    total: Derived
