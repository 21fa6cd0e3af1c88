"""Words of credit records."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from shuiheng.adapters.records.models import CreditRecord
from shuiheng.web import words
from shuiheng.web.words_credit import TABLES

register = template.Library()


@register.filter
def credit_word(code: Any, table: str) -> str:
    """Return the word for a code of credit records, for example `{{ row.kind|credit_word:"kind" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def state_now(row: CreditRecord) -> str:
    """Return how far a record has come today; one whose term has ended is over."""
    is_over = row.shown_until is not None and row.shown_until <= timezone.localdate()
    return "over" if row.state == "shown" and is_over else row.state
