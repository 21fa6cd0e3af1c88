"""Words of what counts for targets."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_counts import TABLES

register = template.Library()


@register.filter
def count_word(code: Any, table: str) -> str:
    """Return the word for a code of counts, for example `{{ stage|count_word:"stage" }}`."""
    return words.word(TABLES[table], str(code))
