"""Whether tiers cover the households that they should, and whether their prices rise as they should."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import numpy as np
import numpy.typing as npt

from shuiheng.charges.model import HouseholdTariff
from shuiheng.charges.record import Record
from shuiheng.charges.steps import EXACT, exactly, plain
from shuiheng.kernel.finding import Finding, Severity
from shuiheng.rules.parameter import DatedValue

LITRES = 1000
PLACES = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCover:
    """How many households stay within a tier (阶梯覆盖率).

    Args:
        place: Place of the tier, from 1.
        edge_m3: Its upper edge.
        within: Households whose use does not exceed the edge.
        households: All households that were counted.
        wanted_share: Share that the tier has to cover.
        wanted_edge_m3: The least edge that would cover that share: a use that a household has.
    """

    place: int
    edge_m3: Decimal
    within: int
    households: int
    wanted_share: Decimal
    wanted_edge_m3: Decimal

    @property
    def share(self) -> Decimal:
        """Return the share that stays within the tier."""
        return EXACT.divide(Decimal(self.within), Decimal(self.households))

    @property
    def is_enough(self) -> bool:
        """Return whether it covers the share that it has to."""
        return self.within >= self.wanted_share * self.households


@exactly
def quantile_m3(litres: npt.NDArray[np.int64], share: Decimal) -> Decimal:
    """Return the least use that covers a share of households (分位数), m³: it is the use of one of them.

    Args:
        litres: Use of each household in the period, at least one.
        share: The share, above 0 and up to 1.
    """
    ordered = np.sort(litres)
    rank = max(1, int((share * len(ordered)).to_integral_value(ROUND_CEILING)))
    return Decimal(int(ordered[rank - 1])) / LITRES


@exactly
def tier_covers(
    tariff: HouseholdTariff, litres: npt.NDArray[np.int64], wanted: DatedValue
) -> tuple[TierCover, ...]:
    """Return how many households each tier covers (阶梯覆盖率), for the tiers that have a share to cover.

    Args:
        tariff: The tiers.
        litres: Use of each household in one period of the tiers, litres; shared meters are left out.
        wanted: The value of `charges/tier_quantiles`: `first`, `second` and so on.

    Raises:
        BadRuleError: A share is no number.
    """
    shares = Record(wanted, wanted.value).numbers()
    covers = []
    for place, (name, tier) in enumerate(zip(PLACES, tariff.tiers, strict=False), 1):
        if name in shares and tier.up_to is not None and len(litres):
            covers.append(
                TierCover(
                    place=place,
                    edge_m3=tier.up_to,
                    within=int((litres <= int(tier.up_to * LITRES)).sum()),
                    households=len(litres),
                    wanted_share=shares[name],
                    wanted_edge_m3=quantile_m3(litres, shares[name]),
                )
            )
    return tuple(covers)


def check_tiers_cover(covers: Sequence[TierCover]) -> tuple[Finding, ...]:
    """Return a finding for each tier that covers fewer households than it should."""
    return tuple(
        Finding(
            code="charges.tier_covers_too_few",
            severity=Severity.WARN,
            subject=f"tier:{cover.place}",
            evidence=f"{cover.within} ÷ {cover.households}",
            values=(
                ("tier", str(cover.place)),
                ("edge", plain(cover.edge_m3)),
                ("share", _percent(cover.share)),
                ("wanted", _percent(cover.wanted_share)),
                ("edge_wanted", plain(cover.wanted_edge_m3)),
            ),
        )
        for cover in covers
        if not cover.is_enough
    )


@exactly
def check_price_ratios(tariff: HouseholdTariff, wanted: DatedValue) -> tuple[Finding, ...]:
    """Return a finding for each tier whose price of water is too small a multiple of the first (阶梯级差).

    The supply price alone is compared: a sewage fee that is the same in all tiers would hide the ratio.

    Raises:
        BadRuleError: A ratio is no number.
    """
    least: Mapping[str, Decimal] = Record(wanted, wanted.value).numbers()
    first = tariff.tiers[0].prices["supply"]
    findings = []
    for place, (name, tier) in enumerate(zip(PLACES, tariff.tiers, strict=False), 1):
        price = tier.prices["supply"]
        if name in least and price < least[name] * first:
            findings.append(
                Finding(
                    code="charges.price_ratio_low",
                    severity=Severity.WARN,
                    subject=f"tier:{place}",
                    evidence=f"{plain(price)} < {plain(least[name])} × {plain(first)}",
                    values=(
                        ("tier", str(place)),
                        ("price", plain(price)),
                        ("first", plain(first)),
                        ("wanted", plain(least[name])),
                    ),
                )
            )
    return tuple(findings)


def _percent(share: Decimal) -> str:
    return f"{plain(EXACT.quantize(share * 100, Decimal('0.01')))}%"
