"""The values of the rulebook by which a run computes, as they are in force on the days of its months."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from shuiheng.adapters.records.models import Place
from shuiheng.charges import (
    Ladder,
    Payer,
    PriceList,
    Tariff,
    TariffDays,
    TariffPart,
    household_tariff_of,
    ladder_of,
    number_of,
    price_list_of,
)
from shuiheng.charges.errors import BadRuleError
from shuiheng.charges.model import Measure, Period
from shuiheng.kernel.citation import Citation
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, DatedValue
from shuiheng.services.charges.kinds import RunKind, last_day, months_of_run
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

T = TypeVar("T")
LADDER, TIERS = "charges/over_plan_ladder", "charges/household_tiers"
ORDINARY, SPECIAL = "charges/non_household_price", "charges/special_price"
SEWAGE, RESOURCE = "charges/sewage_fee", "charges/resource_fee"
TAX_RATE, TAX_LADDER = "charges/resource_tax_rate", "charges/resource_tax_over_plan"
LOSS, ESTIMATED = "charges/reasonable_loss_rate", "charges/estimated_share_limit"
CREDIT, CREDIT_SEWAGE = "charges/credit_price_factor", "charges/credit_sewage_factor"
PRICES = (ORDINARY, SPECIAL, SEWAGE, RESOURCE, CREDIT, CREDIT_SEWAGE)
SPECIAL_CLASS = "special"


class Lookup:
    """Values of a city's rulebook on days; those that were taken are remembered with their citations.

    Args:
        city: The city.
    """

    def __init__(self, city: Place) -> None:
        self.city = city
        self.book: Rulebook = rulebook_now(city)
        self.taken: dict[Citation, None] = {}

    def value(self, rule: str, on: date) -> DatedValue:
        """Return the value in force on a day.

        Raises:
            ServiceError: `charges.no_rule`, there is none.
        """
        found = self.value_or_none(rule, on)
        if found is None:
            raise ServiceError("charges.no_rule", rule=self.name(rule), day=on.isoformat())
        return found

    def value_or_none(self, rule: str, on: date) -> DatedValue | None:
        """Return the value in force on a day, or None."""
        try:
            found = self.book.value(rule, Asked(area=area_of_city(self.city), on=on))
        except (NotInForceError, UnknownRuleError):
            return None
        self.taken[found.citation] = None
        return found

    def name(self, rule: str) -> str:
        """Return what a rule is called; its id when the rulebook does not know it."""
        return self.book[rule].names.get("zh", rule) if rule in self.book else rule

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What was taken, in the order of taking."""
        return tuple(self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDays:
    """The price lists of some days (价格时段).

    Args:
        days: How many days.
        ordinary: Prices of users who are no households, or None.
        special: Prices of special trades, or None.
    """

    days: int
    ordinary: Tariff | None
    special: Tariff | None

    @property
    def tariffs(self) -> tuple[Tariff, ...]:
        """The lists that there are."""
        return tuple(each for each in (self.ordinary, self.special) if each is not None)

    def tariff(self, price_class: str) -> Tariff | None:
        """Return the lists that hold for a class: those of special trades where they name it."""
        listed = self.special
        if listed is not None and (price_class == SPECIAL_CLASS or price_class in listed.supply.by_class):
            return listed
        return self.ordinary


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRules:
    """What the tax on abstraction rests on (水资源税规则)."""

    rates: Mapping[date, PriceList]
    ladder: Ladder | None
    loss: DatedValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRules:
    """All that a run computes by (核算规则).

    Args:
        period: Over which time it charges.
        months: First days of the months that it covers.
        citations: Every value that was taken.
        prices: Price lists of the days of each month, in order.
        ladder: The surcharge over plan.
        tiers: Tiers of households of the days of each month, in order.
        tax: Rules of the tax on abstraction.
        estimated_limit: Share of estimated water above which a charge is held back; it decides nothing of
            an amount and is not among the citations.
    """

    period: Period
    months: tuple[date, ...]
    citations: tuple[Citation, ...] = ()
    prices: Mapping[date, Sequence[PriceDays]] = field(default_factory=dict)
    ladder: Ladder | None = None
    tiers: Mapping[date, Sequence[TariffDays]] = field(default_factory=dict)
    tax: TaxRules | None = None
    estimated_limit: Decimal = Decimal(0)

    @property
    def measure(self) -> Measure:
        """What a surcharge holds use against."""
        return Measure.PLAN if self.ladder is None else self.ladder.measure

    @property
    def is_trial(self) -> bool:
        """Whether one of the values does not bind, or none was taken."""
        return not self.citations or not all(each.is_binding for each in self.citations)


def run_rules(city: Place, kind: RunKind, last: date) -> RunRules:
    """Return the rules of a run whose last month is that of a day.

    Raises:
        ServiceError: `charges.no_rule`, a value that it needs is not in force; `charges.bad_rule`, one
            cannot be used; `charges.period_not_ended`, no period of the rule ends with this month.
    """
    found = _KINDS[kind](Lookup(city), last)
    return replace(found, estimated_limit=_estimated_limit(city, found.months[-1]))


def _estimated_limit(city: Place, month: date) -> Decimal:
    """Return which share of water may be estimated; nothing where no rule says how much."""
    held = Lookup(city).value_or_none(ESTIMATED, last_day(month))
    return Decimal(0) if held is None else read_rule(lambda value: number_of(value, most=Decimal(1)), held)


def read_rule(reader: Callable[[DatedValue], T], value: DatedValue) -> T:
    """Return what a value of the rulebook states, as the core reads it.

    Raises:
        ServiceError: `charges.bad_rule`.
    """
    try:
        return reader(value)
    except BadRuleError as error:
        raise ServiceError(
            "charges.bad_rule", rule=error.rule, field=error.field, reason=error.reason
        ) from error


def price_days(lookup: Lookup, month: date) -> tuple[PriceDays, ...]:
    """Return the price lists of a month, split where one of them changes.

    Raises:
        ServiceError: `charges.bad_rule`.
    """
    days = [month + timedelta(days=place) for place in range(last_day(month).day)]
    held = [tuple(lookup.value_or_none(rule, day) for rule in PRICES) for day in days]
    return tuple(_price_lists(values, len(list(same))) for values, same in groupby(held))


def prices_on(lookup: Lookup, day: date) -> PriceDays:
    """Return the price lists of one day.

    Raises:
        ServiceError: `charges.bad_rule`.
    """
    return _price_lists([lookup.value_or_none(rule, day) for rule in PRICES], 1)


def _price_lists(values: Sequence[DatedValue | None], days: int) -> PriceDays:
    ordinary, special, *others = (
        None if value is None else read_rule(price_list_of, value) for value in values
    )
    return PriceDays(days=days, ordinary=_tariff(ordinary, others), special=_tariff(special, others))


def _tariff(supply: PriceList | None, others: Sequence[PriceList | None]) -> Tariff | None:
    if supply is None:
        return None
    sewage, resource, factors, sewage_factors = others
    return Tariff(
        supply=supply,
        sewage=sewage,
        resource=resource,
        supply_factors=factors,
        sewage_factors=sewage_factors,
    )


def tariff_parts(prices: Sequence[PriceDays], price_class: str) -> tuple[TariffPart, ...] | None:
    """Return the tariffs of a class over some days, joined where they do not differ; None where one lacks."""
    parts: list[TariffPart] = []
    for each in prices:
        tariff = each.tariff(price_class)
        if tariff is None:
            return None
        if parts and parts[-1].tariff == tariff:
            parts[-1] = TariffPart(tariff=tariff, days=parts[-1].days + each.days)
        else:
            parts.append(TariffPart(tariff=tariff, days=each.days))
    return tuple(parts)


def payer_of(price_class: str, credit_class: str = "") -> Payer:
    """Return the classes by which a user of a price class finds its prices."""
    return Payer(use_class=price_class, credit_class=credit_class)


def _over_plan(lookup: Lookup, last: date) -> RunRules:
    ladder = read_rule(ladder_of, lookup.value(LADDER, last_day(last.replace(day=1))))
    months = _ended(ladder.period, last)
    prices = {month: price_days(lookup, month) for month in months}
    return RunRules(
        period=ladder.period, months=months, citations=lookup.citations, prices=prices, ladder=ladder
    )


def _non_household(lookup: Lookup, last: date) -> RunRules:
    month = last.replace(day=1)
    prices = {month: price_days(lookup, month)}
    if not any(part.ordinary or part.special for part in prices[month]):
        raise ServiceError("charges.no_rule", rule=lookup.name(ORDINARY), day=last_day(month).isoformat())
    return RunRules(period=Period.MONTH, months=(month,), citations=lookup.citations, prices=prices)


def _household(lookup: Lookup, last: date) -> RunRules:
    tariff = read_rule(household_tariff_of, lookup.value(TIERS, last_day(last.replace(day=1))))
    months = _ended(tariff.period, last)
    tiers = {month: _tier_days(lookup, month) for month in months}
    return RunRules(period=tariff.period, months=months, citations=lookup.citations, tiers=tiers)


def _tier_days(lookup: Lookup, month: date) -> tuple[TariffDays, ...]:
    """Return the tiers of a month, split where they change."""
    held = [lookup.value(TIERS, month + timedelta(days=place)) for place in range(last_day(month).day)]
    return tuple(
        TariffDays(tariff=read_rule(household_tariff_of, value), days=len(list(same)))
        for value, same in groupby(held)
    )


def _resource_tax(lookup: Lookup, last: date) -> RunRules:
    months = _ended(Period.YEAR_TO_DATE, last)
    end = last_day(months[-1])
    rates = {month: read_rule(price_list_of, lookup.value(TAX_RATE, last_day(month))) for month in months}
    over = lookup.value_or_none(TAX_LADDER, end)
    tax = TaxRules(
        rates=rates,
        ladder=None if over is None else read_rule(ladder_of, over),
        loss=lookup.value_or_none(LOSS, end),
    )
    return RunRules(period=Period.YEAR_TO_DATE, months=months, citations=lookup.citations, tax=tax)


def _ended(period: Period, last: date) -> tuple[date, ...]:
    months = months_of_run(period, last)
    if not months:
        raise ServiceError("charges.period_not_ended", period=period.value, month=f"{last:%Y-%m}")
    return months


_KINDS: Mapping[RunKind, Callable[[Lookup, date], RunRules]] = {
    RunKind.OVER_PLAN: _over_plan,
    RunKind.NON_HOUSEHOLD: _non_household,
    RunKind.HOUSEHOLD: _household,
    RunKind.RESOURCE_TAX: _resource_tax,
}
