"""Words and figures of the water-user ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from shuiheng.adapters.records.models import DatedFact
from shuiheng.web import words
from shuiheng.web.words_ledger import TABLES

register = template.Library()
LITRES_OF_A_M3 = 1000


@register.filter
def ledger_word(code: Any, table: str) -> str:
    """Return the word for a code of the ledger, for example `{{ kind|ledger_word:"source_kind" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def m3(litres: int | None) -> str:
    """Return litres in m³ with all their digits, or nothing: `1,234.500`; whole m³ stay whole."""
    if litres is None:
        return ""
    value = Decimal(litres) / LITRES_OF_A_M3
    return f"{value:,.0f}" if litres % LITRES_OF_A_M3 == 0 else f"{value:,.3f}"


@register.filter
def signed_percent(rate: float | None) -> str:
    """Return a change as percent with its sign, or nothing."""
    return "" if rate is None else f"{rate * 100:+.1f} %"


@register.filter
def plain_amount(value: Decimal | None) -> str:
    """Return an amount with all its digits and no needless zeros, or nothing."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def has_gone(fact: DatedFact) -> bool:
    """Return whether a belief stands no longer."""
    return fact.superseded_at is not None
