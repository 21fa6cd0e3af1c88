"""Words of schemes and awards."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from shuiheng.web import words
from shuiheng.web.words_awards import CHOICES_OF_FACT, IN_PERCENT, TABLES

register = template.Library()
SHOWN = Decimal("0.01")


@register.filter
def award_word(code: Any, table: str) -> str:
    """Return the word for a code of awards, for example `{{ row.state|award_word:"state" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def fact_text(value: Any, fact: str) -> str:
    """Return what a fact is, or must be: words, or a number in the unit of its name; of None nothing."""
    if value is None:
        return ""
    if fact in CHOICES_OF_FACT:
        known = CHOICES_OF_FACT[fact]
        codes = sorted(_listed(value), key=lambda code: ([*known, code].index(code), code))
        return _comma().join(words.word(known, each) for each in codes)
    return number_text(Decimal(str(value)) * 100 if fact in IN_PERCENT else Decimal(str(value)))


@register.filter
def number_text(value: Any) -> str:
    """Return a number with two places at most and marks of thousands; `≈` marks one that was rounded."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    near = exact.quantize(SHOWN)
    text = f"{near:,f}".rstrip("0").rstrip(".")
    return text if near == exact else f"≈{text}"


def _listed(value: Any) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value)


def _comma() -> str:
    return ", " if (get_language() or "").startswith("en") else "、"
