"""How much dearer special trades pay than other users who are no households, over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from shuiheng.charges.model import PriceList
from shuiheng.charges.steps import exactly, listed_step, plain, term_of
from shuiheng.charges.tariff import listed_price
from shuiheng.kernel.derivation import Derived, Step
from shuiheng.kernel.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceGap:
    """The gap from one day on (特种用水价差).

    Args:
        since: First day on which it holds.
        special: Price of the special trade, yuan/m³.
        ordinary: Price of other users, yuan/m³.
        gap: The difference with its steps.
    """

    since: date
    special: Decimal
    ordinary: Decimal
    gap: Derived


@exactly
def price_gaps(
    special: Sequence[PriceList], ordinary: Sequence[PriceList], *, trade: str, use_class: str
) -> tuple[PriceGap, ...]:
    """Return the gap of prices on each day on which one of them changed (特种用水价差).

    Days before both have a price have no gap.

    Args:
        special: Price lists of special trades, each from the first day of its citation.
        ordinary: Price lists of other users, likewise.
        trade: Special trade.
        use_class: Class of the others.

    Raises:
        NoPriceError: A list has no price for its class.
    """
    days = sorted({prices.citation.since for prices in (*special, *ordinary)})
    gaps = []
    for day in days:
        high, low = _on(special, day), _on(ordinary, day)
        if high is not None and low is not None:
            gaps.append(
                _gap(day, _listed("special_price", high, trade), _listed("ordinary_price", low, use_class))
            )
    return tuple(gaps)


def narrowed_gaps(gaps: Sequence[PriceGap], *, trade: str) -> tuple[Finding, ...]:
    """Return a finding for each day from which the gap is narrower than before.

    Plans ask for a wider gap, so a narrower one wants a look.
    """
    return tuple(
        Finding(
            code="charges.price_gap_narrowed",
            severity=Severity.WARN,
            subject=trade,
            evidence=f"{plain(before.gap.value)} → {plain(after.gap.value)}",
            values=(
                ("trade", trade),
                ("since", after.since.isoformat()),
                ("before", plain(before.gap.value)),
                ("after", plain(after.gap.value)),
            ),
        )
        for before, after in pairwise(gaps)
        if after.gap.value < before.gap.value
    )


def _on(lists: Sequence[PriceList], day: date) -> PriceList | None:
    held = [prices for prices in lists if prices.citation.since <= day]
    return max(held, key=lambda prices: prices.citation.since, default=None)


def _listed(name: str, prices: PriceList, use_class: str) -> Step:
    price = listed_price(prices, use_class)
    return listed_step(name, price, unit="yuan_m3", citation=prices.citation, label=use_class)


def _gap(day: date, special: Step, ordinary: Step) -> PriceGap:
    gap = Step(
        name="price_gap",
        terms=(term_of(special), term_of(ordinary)),
        formula=f"{plain(special.value)} − {plain(ordinary.value)}",
        value=special.value - ordinary.value,
        unit="yuan_m3",
        label=day.isoformat(),
    )
    derived = Derived(value=gap.value, unit="yuan_m3", steps=(special, ordinary, gap))
    return PriceGap(since=day, special=special.value, ordinary=ordinary.value, gap=derived)
