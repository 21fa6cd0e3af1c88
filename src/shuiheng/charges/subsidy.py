"""The subsidy for irrigation water that was spared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shuiheng.charges.errors import UnknownFigureError
from shuiheng.charges.model import PriceList
from shuiheng.charges.readers import ALL
from shuiheng.charges.record import Record
from shuiheng.charges.steps import (
    FEN,
    Figure,
    exactly,
    given_term,
    plain,
    product_step,
    rounded_step,
    term_of,
)
from shuiheng.charges.tariff import listed_price
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.rules.parameter import DatedValue


class Metered(StrEnum):
    """How a volume of irrigation is known: by a water meter, by electricity, or by estimate."""

    METER = "meter"
    POWER = "power"
    ESTIMATE = "estimate"


class NeedsMeter(StrEnum):
    """Whether an estimate is no ground for a subsidy; a rule that does not say so means yes."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyRule:
    """How irrigation that stays below its norm is rewarded (农业用水精准补贴).

    Args:
        rates: Yuan per m³ spared, by crop.
        cap: The most that one field gets, yuan; None where the rule has no cap.
        needs_meter: Whether only volumes that were metered count.
    """

    rates: PriceList
    cap: Decimal | None
    needs_meter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Irrigation:
    """What a field or group of fields took (灌溉用水).

    Args:
        crop: Crop in the rule.
        area_mu: Area, mu; None when it is not known.
        norm_m3_mu: Norm, m³/mu; None when there is none.
        volume: Volume, m³; None when it is not known.
        metered: How the volume is known.
    """

    crop: str
    area_mu: Figure | None
    norm_m3_mu: Figure | None
    volume: Figure | None
    metered: Metered


def subsidy_rule_of(value: DatedValue) -> SubsidyRule:
    """Return the rule that a value of `charges/agriculture_subsidy` states (农业用水精准补贴).

    `rate` is one number or numbers by crop; `needs_meter` is `"yes"` unless it says `"no"`.

    Raises:
        BadRuleError: A field is missing or below 0, or `needs_meter` is another word.
    """
    record = Record(value, value.value)
    rate, cap = record.fields().get("rate"), record.number_or_none("cap")
    rates = {ALL: rate} if isinstance(rate, Decimal) else record.inner("rate").numbers()
    if not rates or min(rates.values()) < 0:
        raise record.refuse("rate", "must be there and not below 0")
    if cap is not None and cap < 0:
        raise record.refuse("cap", "must not be below 0")
    return SubsidyRule(
        rates=PriceList(by_class=rates, citation=value.citation),
        cap=cap,
        needs_meter=record.choice("needs_meter", NeedsMeter, NeedsMeter.YES) is NeedsMeter.YES,
    )


@exactly
def agricultural_subsidy(rule: SubsidyRule, field: Irrigation) -> Derived:
    """Return what a field gets for the water that it spared (农业用水精准补贴), yuan.

    Raises:
        UnknownFigureError: Area, norm or volume is not known, or the volume is an estimate and the rule
            rewards only what was metered.
        BadFigureError: One of them is below 0.
        NoPriceError: The rule has no rate for the crop.
    """
    if rule.needs_meter and field.metered is Metered.ESTIMATE:
        raise UnknownFigureError("metered_volume", field.crop)
    area = given_term("area", field.area_mu, unit="mu", label=field.crop)
    norm = given_term("norm", field.norm_m3_mu, unit="m3_mu", label=field.crop)
    used = given_term("volume", field.volume, label=field.crop)
    given = [each for each in (field.area_mu, field.norm_m3_mu, field.volume) if each is not None]
    cited = rule.rates.citation
    allowed = product_step("norm_volume", [area, norm], unit="m3", label=field.crop)
    spared = Step(
        name="spared",
        terms=(term_of(allowed), used),
        formula=f"max(0, {plain(allowed.value)} − {plain(used.value)})",
        value=max(Decimal(0), allowed.value - used.value),
        unit="m3",
        citation=cited,
        label=field.crop,
    )
    rate = Term(
        name="subsidy_rate", value=listed_price(rule.rates, field.crop), unit="yuan_m3", label=field.crop
    )
    amount = product_step("subsidy_sum", [term_of(spared), rate], unit="yuan", citation=cited)
    steps = [*(step for each in given for step in each.steps), allowed, spared, amount]
    if rule.cap is not None:
        steps.append(
            Step(
                name="subsidy_capped",
                terms=(term_of(amount), Term(name="subsidy_cap", value=rule.cap, unit="yuan")),
                formula=f"min({plain(amount.value)}, {plain(rule.cap)})",
                value=min(amount.value, rule.cap),
                unit="yuan",
                citation=cited,
            )
        )
    steps.append(rounded_step("subsidy", steps[-1], FEN))
    return Derived(value=steps[-1].value, unit="yuan", steps=tuple(steps))
