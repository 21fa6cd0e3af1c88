"""Words and numbers of figures: exact where it matters, short where one looks first."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_figures import TABLES

register = template.Library()
SHORT, PERCENT = Decimal("0.0001"), Decimal("0.01")


@register.filter
def figure_word(code: Any, table: str) -> str:
    """Return the word for a code of figures, for example `{{ grade|figure_word:"grade" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def short(value: Decimal | None) -> str:
    """Return a value with at most four decimals; the exact one stands beside it."""
    if value is None:
        return ""
    rounded = value.quantize(SHORT, rounding=ROUND_HALF_UP) if abs(value) < Decimal(10) ** 20 else value
    return _plain(rounded)


@register.filter
def exact(value: Decimal | None) -> str:
    """Return all digits of a value."""
    return "" if value is None else _plain(value)


@register.filter
def is_rounded(value: Decimal | None) -> bool:
    """Return whether the short form of a value leaves digits out."""
    return value is not None and Decimal(short(value)) != value


@register.filter
def signed(value: Decimal | None) -> str:
    """Return a difference with its sign."""
    text = short(value)
    return f"+{text}" if text and value is not None and value > 0 else text


@register.filter
def share_words(share: Decimal) -> str:
    """Return a share in percent."""
    return f"{_plain((share * 100).quantize(PERCENT, rounding=ROUND_HALF_UP))}%"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
