"""The gap of prices between special trades and others over time, and whether household tiers cover enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.sight import Grain
from shuiheng.charges import household_tariff_of, narrowed_gaps, price_gaps, price_list_of
from shuiheng.charges.errors import NoPriceError
from shuiheng.charges.model import HouseholdTariff, Period, PriceList
from shuiheng.charges.price_gap import PriceGap
from shuiheng.charges.quantiles import TierCover, check_price_ratios, check_tiers_cover, tier_covers
from shuiheng.kernel.finding import Finding
from shuiheng.metering.civil_time import months_before
from shuiheng.rules.in_force import areas_of
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.charges.kinds import RunKind, months_of_run
from shuiheng.services.charges.run_figures import gather
from shuiheng.services.charges.run_rules import ORDINARY, SPECIAL, SPECIAL_CLASS, TIERS, Lookup, read_rule
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.rules.rulebook_now import area_of_city
from shuiheng.services.scope import row_for, sight

QUANTILES, RATIOS = "charges/tier_quantiles", "charges/tier_price_ratios"
ORDINARY_CLASS = "non_residential"
MOST_LINES, MOST_M3, LITRES = 1_000_000, Decimal(1_000_000), 1000
_BREAKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """Gaps by day with what is doubtful of them."""

    gaps: Sequence[PriceGap]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierReport:
    """How many households each tier covers, and whether prices rise enough (阶梯核验).

    Args:
        tariff: The tiers.
        covers: The tiers that have a share to cover.
        findings: What they fail.
        households: Households that were counted.
        wanted: The shares that are asked for.
        unknown: Households whose water is not known in full; they are not counted.
        months: Months of the water where it comes from the ledger.
    """

    tariff: HouseholdTariff
    covers: Sequence[TierCover]
    findings: Sequence[Finding]
    households: int
    wanted: DatedValue
    unknown: int = 0
    months: Sequence[date] = ()


def gap_report(actor: Actor, city: int) -> GapReport:
    """Return the gap of prices of a city on each day on which one of them changed.

    Raises:
        ServiceError: `charges.bad_rule`.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.RULES_LOOK)
    lookup = Lookup(row_for(account, Action.RULES_LOOK, Place, pk=city))
    try:
        gaps = price_gaps(
            _lists(lookup, SPECIAL), _lists(lookup, ORDINARY), trade=SPECIAL_CLASS, use_class=ORDINARY_CLASS
        )
    except NoPriceError:
        gaps = ()
    return GapReport(gaps=gaps, findings=narrowed_gaps(gaps, trade=SPECIAL_CLASS))


def tier_report(actor: Actor, city: int, *, on: date, volumes: str) -> TierReport:
    """Return how the tiers in force on a day cover the households of a list.

    Args:
        actor: Who asks.
        city: Key of the city.
        on: Day on which the tiers hold.
        volumes: Use of each household in one period of the tiers, m³, one a line.

    Raises:
        ServiceError: `charges.list_unread`, `charges.no_volumes`, `charges.no_rule`, `charges.bad_rule`.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.RULES_LOOK)
    lookup = Lookup(row_for(account, Action.RULES_LOOK, Place, pk=city))
    tariff = read_rule(household_tariff_of, lookup.value(TIERS, on))
    return _report(lookup, on, tariff, litres_of(volumes))


def ledger_tier_report(actor: Actor, city: int, *, on: date) -> TierReport:
    """Return how the tiers in force on a day cover the households of the ledger, in the last whole period.

    Households are the users whose ledger says that one has its meter for itself.

    Raises:
        ServiceError: `charges.no_volumes`, `charges.no_rule`, `charges.bad_rule`.
        NotThereError, NotPermittedError: The city is not the actor's, or not as a whole.
    """
    account = require(actor, Action.CHARGES_LOOK)
    seen = sight(account, Action.CHARGES_LOOK)
    if seen.grain is not Grain.CITY:
        raise NotPermittedError(Action.CHARGES_LOOK)
    place = row_for(account, Action.CHARGES_LOOK, Place, pk=city)
    lookup = Lookup(place)
    tariff = read_rule(household_tariff_of, lookup.value(TIERS, on))
    months = _last_period(tariff.period, on)
    payables = gather(seen, place, RunKind.HOUSEHOLD, months).payables
    totals = [each.total(months) for each in payables if each.home(months[-1]).is_single]
    known = [int(total * LITRES) for total in totals if total is not None]
    if not known:
        raise ServiceError("charges.no_volumes")
    report = _report(lookup, on, tariff, np.array(known, dtype=np.int64))
    return replace(report, unknown=len(totals) - len(known), months=months)


def _last_period(period: Period, on: date) -> Sequence[date]:
    """Return the months of the last period that was over before a day."""
    month = on.replace(day=1)
    while True:
        month = months_before(month, 1)
        months = months_of_run(period, month)
        if months:
            return months


def _report(lookup: Lookup, on: date, tariff: HouseholdTariff, litres: npt.NDArray[np.int64]) -> TierReport:
    wanted = lookup.value(QUANTILES, on)
    covers = read_rule(lambda value: tier_covers(tariff, litres, value), wanted)
    findings = list(check_tiers_cover(covers))
    ratios = lookup.value_or_none(RATIOS, on)
    if ratios is not None:
        findings += read_rule(lambda value: check_price_ratios(tariff, value), ratios)
    return TierReport(tariff=tariff, covers=covers, findings=findings, households=len(litres), wanted=wanted)


def litres_of(volumes: str) -> npt.NDArray[np.int64]:
    """Return a list of volumes in m³ as whole litres; a heading and blank lines are left out.

    Raises:
        ServiceError: `charges.list_unread`, `charges.no_volumes`.
    """
    lines = [line.strip() for line in _BREAKS.split(volumes)]
    if len(lines) > MOST_LINES:
        raise ServiceError("charges.list_unread", line=str(MOST_LINES + 1), text="")
    found: list[int] = []
    for place, line in enumerate(lines, 1):
        cell = line.rpartition(",")[2].strip().strip('"')
        if not cell:
            continue
        number = _number(cell)
        if number is None and found:
            raise ServiceError("charges.list_unread", line=str(place), text=line[:40])
        if number is not None:
            found.append(number)
    if not found:
        raise ServiceError("charges.no_volumes")
    return np.array(found, dtype=np.int64)


def _number(cell: str) -> int | None:
    try:
        value = Decimal(cell)
    except ArithmeticError:
        return None
    if not value.is_finite() or not 0 <= value <= MOST_M3:
        return None
    return int(value * LITRES)


def _lists(lookup: Lookup, rule: str) -> list[PriceList]:
    """Return the price lists of a rule of the nearest place that has any, as believed now."""
    values = lookup.book[rule].values if rule in lookup.book else ()
    for area in areas_of(area_of_city(lookup.city)):
        own = [each for each in values if each.area == area and each.withdrawn_on is None]
        if own:
            return [read_rule(price_list_of, each) for each in own]
    return []
