"""Words of the pages of rules."""

from __future__ import annotations

from django import template

from shuiheng.web.words import word
from shuiheng.web.words_rules import NORM_GRADES, PROPOSAL_STATES, SOURCE_KINDS

register = template.Library()


@register.filter
def source_kind(code: str) -> str:
    """Return the word for a kind of document."""
    return word(SOURCE_KINDS, code)


@register.filter
def proposal_state(code: str) -> str:
    """Return the word for how far a proposed value has come."""
    return word(PROPOSAL_STATES, code)


@register.filter
def norm_grade(code: str) -> str:
    """Return the word for how a user stands to its norms."""
    return word(NORM_GRADES, code)
