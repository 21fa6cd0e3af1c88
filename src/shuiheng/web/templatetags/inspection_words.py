"""Words and figures of random inspections."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_inspections import TABLES

register = template.Library()


@register.filter
def inspection_word(code: Any, table: str) -> str:
    """Return the word for a code of inspections, for example `{{ row.state|inspection_word:"state" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def share_text(share: Any) -> str:
    """Return a share in percent; nothing for none."""
    return "" if share in (None, "") else f"{float(share):.2%}"


@register.filter
def chance_text(chance: str) -> str:
    """Return a chance that a record states as a fraction, in percent with the fraction: `40.00%（2/5）`."""
    value = Fraction(chance)
    return f"{float(value):.2%}" + (f"（{value}）" if value != 1 else "")
