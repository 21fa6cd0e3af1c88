"""Words of the pages of kinds of programmes."""

from __future__ import annotations

from django import template

from shuiheng.services.kinds.kinds_now import FIRST_LOCAL
from shuiheng.web import words_kinds
from shuiheng.web.words import word

register = template.Library()


@register.filter
def kind_state(code: str) -> str:
    """Return the word for how far a proposed version has come."""
    return word(words_kinds.STATES, code)


@register.filter
def kind_mark(code: str) -> str:
    """Return the word for a mark of a kind."""
    return word(words_kinds.MARKS, code)


@register.filter
def local_number(version: int) -> int:
    """Return the number of a version among those of its city, from 1."""
    return version - FIRST_LOCAL + 1
