"""Points and amounts of cases: exact, without needless digits; bounds where not all is known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

register = template.Library()
PLACES = Decimal("0.001")


@register.filter
def figure(value: Decimal | None) -> str:
    """Return a number without zeros after its last digit; of None nothing, never 0."""
    if value is None:
        return ""
    shown = f"{value.quantize(PLACES):,f}"
    return shown.rstrip("0").rstrip(".")


@register.simple_tag
def bounds(least: Decimal | None, most: Decimal | None) -> str:
    """Return points, or between what they lie: `{% bounds line.least line.most %}`."""
    if least is None or most is None:
        return ""
    return figure(least) if least == most else f"{figure(least)}–{figure(most)}"


@register.simple_tag
def kept(typed: Mapping[str, str], field: str, value: str) -> str:
    """Return what was typed into a field of a form that was refused, else its value."""
    return typed.get(field, value)
