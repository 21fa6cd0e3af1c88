"""Words for what is published of a city's progress."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_publication import SOURCES, STATES

register = template.Library()
_TABLES = {"state": STATES, "source": SOURCES}


@register.filter
def publication_word(code: Any, table: str) -> str:
    """Return the word for a code, for example `{{ row.state|publication_word:"state" }}`."""
    return words.word(_TABLES[table], str(code))
