"""Words of projects, gates and permits for templates."""

from __future__ import annotations

from decimal import Decimal

from django import template

from shuiheng.web.words import word
from shuiheng.web.words_gates import EVALUATED, NOTE_KINDS, OUTCOMES, PERMIT_STATES

register = template.Library()


@register.filter
def gate_outcome(code: str) -> str:
    """Return the word for how a project stands to a gate."""
    return word(OUTCOMES, code)


@register.filter
def evaluated(code: str) -> str:
    """Return the word for how the saving evaluation of a project stands."""
    return word(EVALUATED, code)


@register.filter
def permit_state(code: str) -> str:
    """Return the word for how a permit stands."""
    return word(PERMIT_STATES, code)


@register.filter
def permit_note(code: str) -> str:
    """Return the word for what came in for a permit."""
    return word(NOTE_KINDS, code)


@register.filter
def exact_number(value: Decimal) -> str:
    """Return an exact number with its thousands apart and no needless digits."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
