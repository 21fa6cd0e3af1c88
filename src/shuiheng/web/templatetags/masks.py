"""People on pages: their names and numbers as the reader of the page may read them."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from shuiheng.adapters.records.models import Account
from shuiheng.services import masking

register = template.Library()


@register.filter
def masked(row: Model, column: str) -> str:
    """Return a column of a row with most of its signs hidden: `{{ unit|masked:"contact_phone" }}`."""
    return masking.masked_value(row, column)


@register.simple_tag(takes_context=True)
def person(context: Any, account: Account | None, nobody: str = "") -> str:
    """Return the name of who did something as the reader may read it: `{% person report.filed_by %}`."""
    return masking.person_name(context["request"].user, account) if account else nobody
