"""Words of the register and of organisations, and contacts with most of their signs hidden."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.adapters.rulebook import Mask
from shuiheng.services import masking
from shuiheng.web import words
from shuiheng.web.words_register import TABLES

register = template.Library()


@register.filter
def register_word(code: Any, table: str) -> str:
    """Return the word for a code of the register, for example `{{ kind|register_word:"step_kind" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def masked(text: Any, form: str) -> str:
    """Return a name, telephone number or address of mail with most of its signs hidden."""
    return masking.masked(str(text or ""), Mask(form))
