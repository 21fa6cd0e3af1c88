"""Words and numbers of figures: exact where it matters, short where one looks first."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from shuiheng.services.demand_words import language_of, shown_number
from shuiheng.web import words
from shuiheng.web.words_figures import TABLES
from shuiheng.web.words_publication import FUNCTIONS

register = template.Library()
SHORT, PERCENT, LONG = Decimal("0.0001"), Decimal("0.01"), Decimal(100_000)
_CALL = re.compile(rf"\b({'|'.join(FUNCTIONS)})\(")


@register.filter
def figure_word(code: Any, table: str) -> str:
    """Return the word for a code of figures, for example `{{ grade|figure_word:"grade" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def short(value: Decimal | None) -> str:
    """Return a value with at most four decimals, a long one in 万 or 亿; the exact one stands beside it."""
    if value is None:
        return ""
    rounded = value.quantize(SHORT, rounding=ROUND_HALF_UP) if abs(value) < Decimal(10) ** 20 else value
    if abs(rounded) < LONG:
        return _plain(rounded)
    return shown_number(rounded, language_of(get_language() or "zh"))


@register.filter
def exact(value: Decimal | None) -> str:
    """Return all digits of a value."""
    return "" if value is None else _plain(value)


@register.filter
def signed(value: Decimal | None) -> str:
    """Return a difference with its sign."""
    text = short(value)
    return f"+{text}" if text and value is not None and value > 0 else text


@register.filter
def calculation(arithmetic: Any) -> str:
    """Return an arithmetic with its functions named in words."""
    return _CALL.sub(lambda call: f"{words.word(FUNCTIONS, call[1])}(", str(arithmetic))


@register.filter
def share_words(share: Decimal) -> str:
    """Return a share in percent."""
    return f"{_plain((share * 100).quantize(PERCENT, rounding=ROUND_HALF_UP))}%"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
