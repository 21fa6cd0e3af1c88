"""Words of cases of programmes."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_cases import TABLES

register = template.Library()


@register.filter
def case_word(code: Any, table: str) -> str:
    """Return the word for a code of cases, for example `{{ row.phase|case_word:"phase" }}`."""
    return words.word(TABLES[table], str(code))
