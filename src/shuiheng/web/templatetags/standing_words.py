"""Words and marks of how targets stand."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.web import words
from shuiheng.web.words_standings import CAUSES, FITS, GRADES, MARKS, NOTES, PROBLEMS, SERVED, STANDINGS, WHYS

register = template.Library()
_TABLES = {
    "standing": STANDINGS,
    "why": WHYS,
    "problem": PROBLEMS,
    "served": SERVED,
    "note": NOTES,
    "cause": CAUSES,
    "fit": FITS,
    "grade": GRADES,
}


@register.filter
def standing_word(code: Any, table: str) -> str:
    """Return the word for a code of standings, for example `{{ row.why|standing_word:"why" }}`."""
    return words.word(_TABLES[table], str(code))


@register.filter
def standing_mark(code: Any) -> str:
    """Return the sign that stands beside the word of a verdict."""
    return MARKS.get(str(code), "")
