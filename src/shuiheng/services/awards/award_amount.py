"""The amount of an award with every step, or what keeps it from being known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import AwardScheme, Place
from shuiheng.charges.errors import BadFigureError, BadRuleError, NoPriceError, UnknownFigureError
from shuiheng.charges.steps import (
    FEN,
    Figure,
    exactly,
    plain,
    product_step,
    rounded_step,
    term_of,
)
from shuiheng.charges.subsidy import Irrigation, Metered, agricultural_subsidy, subsidy_rule_of
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, DatedValue
from shuiheng.services.awards.terms import AmountMode, Terms, read_terms
from shuiheng.services.errors import ServiceError
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

RULE = "charges/agriculture_subsidy"
YEAR_END = (12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an applicant states (申报数据).

    Args:
        asked_yuan: The amount that is asked for.
        cost_yuan: What the measure cost.
        crop: Crop, in the words of the rule.
        area_mu: Area, mu.
        norm_m3_mu: Norm of the crop, m³/mu.
        metered: How the irrigation water is known.
        energy_kwh: Electricity of the pump in the year.
        m3_kwh: Water that the pump lifts with one kWh, as it was measured.
    """

    asked_yuan: Decimal | None = None
    cost_yuan: Decimal | None = None
    crop: str = ""
    area_mu: Decimal | None = None
    norm_m3_mu: Decimal | None = None
    metered: Metered = Metered.METER
    energy_kwh: Decimal | None = None
    m3_kwh: Decimal | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return it as an award keeps it; numbers are strings."""
        return {
            "asked_yuan": _text(self.asked_yuan),
            "cost_yuan": _text(self.cost_yuan),
            "crop": self.crop,
            "area_mu": _text(self.area_mu),
            "norm_m3_mu": _text(self.norm_m3_mu),
            "metered": self.metered.value,
            "energy_kwh": _text(self.energy_kwh),
            "m3_kwh": _text(self.m3_kwh),
        }


def read_given(kept: Mapping[str, str | None]) -> Given:
    """Return what an award keeps of what was stated."""
    numbers = {
        name: None if kept.get(name) is None else Decimal(str(kept[name]))
        for name in ("asked_yuan", "cost_yuan", "area_mu", "norm_m3_mu", "energy_kwh", "m3_kwh")
    }
    return Given(crop=kept.get("crop") or "", metered=Metered(kept.get("metered") or "meter"), **numbers)


def award_amount(scheme: AwardScheme, given: Given, *, volume: Figure | None) -> Derived:
    """Return what an award comes to by the terms of its scheme, yuan.

    Args:
        scheme: The scheme.
        given: What the applicant states.
        volume: Metered water of the user in the year of the terms; None when it is not known.

    Raises:
        ServiceError: `awards.unknown_figure`, a figure is missing; `awards.no_rule`, no rule of the
            subsidy holds in the year; `awards.bad_rule`, it cannot be used.
    """
    terms = read_terms(scheme.terms)
    try:
        if terms.mode is AmountMode.IRRIGATION:
            return _irrigation(scheme.place, terms, given, volume)
        return _money(terms, given)
    except UnknownFigureError as error:
        raise ServiceError("awards.unknown_figure", field=error.figure) from error
    except BadFigureError as error:
        raise ServiceError("awards.unknown_figure", field=error.figure) from error
    except (BadRuleError, NoPriceError) as error:
        raise ServiceError("awards.bad_rule", reason=str(error)) from error


@exactly
def _money(terms: Terms, given: Given) -> Derived:
    steps = [_start(terms, given)]
    if terms.most is not None:
        cap = Term(name="award_most", value=terms.most, unit="yuan")
        steps.append(
            Step(
                name="award_capped",
                terms=(term_of(steps[-1]), cap),
                formula=f"min({plain(steps[-1].value)}, {plain(terms.most)})",
                value=min(steps[-1].value, terms.most),
                unit="yuan",
            )
        )
    steps.append(rounded_step("award", steps[-1], FEN))
    return Derived(value=steps[-1].value, unit="yuan", steps=tuple(steps))


def _start(terms: Terms, given: Given) -> Step:
    """Return the step before any cap: the fixed sum, the sum that is asked for, or a share of the cost."""
    if terms.mode is AmountMode.SHARE:
        cost = Term(name="award_cost", value=_wanted("award_cost", given.cost_yuan), unit="yuan")
        share = Term(name="award_share", value=_wanted("award_share", terms.share), unit="ratio")
        return product_step("award_of_cost", [cost, share], unit="yuan")
    is_fixed = terms.mode is AmountMode.FIXED
    name = "award_fixed" if is_fixed else "award_asked"
    value = _wanted(name, terms.yuan if is_fixed else given.asked_yuan)
    return Step(name=name, terms=(), formula=plain(value), value=value, unit="yuan")


def _irrigation(city: Place, terms: Terms, given: Given, volume: Figure | None) -> Derived:
    rule = subsidy_rule_of(_value(city, terms.use_year))
    return agricultural_subsidy(
        rule,
        Irrigation(
            crop=given.crop,
            area_mu=_figure(given.area_mu),
            norm_m3_mu=_figure(given.norm_m3_mu),
            volume=_lifted(given) if given.metered is Metered.POWER else volume,
            metered=given.metered,
        ),
    )


@exactly
def _lifted(given: Given) -> Figure | None:
    """Return the water that was lifted with the electricity of a pump (以电折水), if both are known."""
    if given.energy_kwh is None or given.m3_kwh is None:
        return None
    energy = Term(name="energy", value=given.energy_kwh, unit="kwh", label=given.crop)
    lifts = Term(name="m3_per_kwh", value=given.m3_kwh, unit="m3_kwh")
    step = product_step("power_volume", [energy, lifts], unit="m3", label=given.crop)
    return Figure(value=step.value, steps=(step,))


def _value(city: Place, year: int) -> DatedValue:
    asked = Asked(area=area_of_city(city), on=date(year, *YEAR_END))
    try:
        return rulebook_now(city).value(RULE, asked)
    except (NotInForceError, UnknownRuleError) as error:
        raise ServiceError("awards.no_rule", year=str(year)) from error


def _wanted(name: str, value: Decimal | None) -> Decimal:
    if value is None:
        raise UnknownFigureError(name)
    return value


def _figure(value: Decimal | None) -> Figure | None:
    return None if value is None else Figure(value=value)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
