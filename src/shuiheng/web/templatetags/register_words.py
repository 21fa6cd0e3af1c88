"""Words of the register and of organisations, and contacts with most of their signs hidden."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_register import TABLES

register = template.Library()
HIDDEN = "****"


@register.filter
def register_word(code: Any, table: str) -> str:
    """Return the word for a code of the register, for example `{{ kind|register_word:"step_kind" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def masked(text: Any, form: str) -> str:
    """Return a name, telephone number or address of mail with most of its signs hidden."""
    shown = str(text or "")
    if not shown:
        return ""
    if form == "email":
        name, at, domain = shown.partition("@")
        return f"{name[:1]}{HIDDEN}{at}{domain}"
    if form == "phone":
        return f"{shown[:3]}{HIDDEN}{shown[-4:]}" if len(shown) > 8 else f"{HIDDEN}{shown[-2:]}"
    return f"{shown[:1]}*"
