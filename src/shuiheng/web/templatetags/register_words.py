"""Words of the register and of organisations."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_register import TABLES

register = template.Library()


@register.filter
def register_word(code: Any, table: str) -> str:
    """Return the word for a code of the register, for example `{{ kind|register_word:"step_kind" }}`."""
    return words.word(TABLES[table], str(code))
