"""Words of the pages of use and the map."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.use.use_totals import is_comparable
from shuiheng.web import words
from shuiheng.web.words_use import CLASSES, MAP_FIGURES

register = template.Library()
_TABLES = {"figure": MAP_FIGURES, "class": CLASSES}


@register.filter
def use_word(code: Any, table: str) -> str:
    """Return the word for a code, for example `{{ figure|use_word:"figure" }}`."""
    return words.word(_TABLES[table], str(code))


@register.filter
def comparable(use: Use) -> bool:
    """Return whether enough of the water is known to hold it against other water."""
    return is_comparable(use)
