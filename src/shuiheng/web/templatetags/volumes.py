"""Amounts of water in m³ or 万m³; what is not known is nothing, never zero."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()
LITRES_OF_A_M3, M3_OF_A_WAN = 1000, 10_000
LARGE_M3 = 1_000_000
NOISE = 1e-9
"""Shares that were added up may be so far from nothing or from all."""
WAN, M3 = _("万m³"), "m³"


def in_wan(litres: int | None) -> bool:
    """Return whether amounts beside one of this size are better read in 万m³."""
    return litres is not None and abs(litres) >= LARGE_M3 * LITRES_OF_A_M3


def unit_name(*, wan: bool) -> Promise | str:
    """Return the unit of a column of amounts."""
    return WAN if wan else M3


def shown_volume(litres: int | None, *, wan: bool) -> str:
    """Return litres as an amount of a column, small ones with more digits so that they are not nothing."""
    if litres is None:
        return ""
    m3 = Decimal(litres) / LITRES_OF_A_M3
    if not wan:
        return f"{m3:,.0f}" if litres % LITRES_OF_A_M3 == 0 else f"{m3:,.1f}"
    value = m3 / M3_OF_A_WAN
    return f"{value:,.2f}" if abs(value) >= 1 or not value else f"{value:,.4f}"


@register.filter
def volume(litres: int | None, wan: bool) -> str:
    """Return litres in the unit of a column: `{{ use.litres|volume:is_wan }}`."""
    return shown_volume(litres, wan=wan)


@register.filter
def share(ratio: float | None) -> str:
    """Return a ratio in percent: a small one is `<0.1 %`, one that is not known nothing."""
    if ratio is None:
        return ""
    if 0 < ratio < 0.001:
        return "<0.1 %"
    return f"{ratio * 100:.1f} %"


def whole_percent(ratio: float) -> str:
    """Return a ratio as whole percent; what is there is never 0 %, and what lacks something never 100 %."""
    percent = round(ratio * 100)
    if percent == 0 and ratio > NOISE:
        return "<1 %"
    return ">99 %" if percent == 100 and ratio < 1 - NOISE else f"{percent} %"


@register.filter
def rate_of(plan: Any, use: Any) -> float | None:
    """Return how far a plan is met by some use: `{{ plan|rate_of:group.now }}`; None without a plan."""
    rate: float | None = plan.rate(use) if plan else None
    return rate


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """Return what stands under a key, or nothing: `{{ parts|at:period.label }}`."""
    return values.get(key)
