"""Words of reports by the public."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from shuiheng.adapters.records.models import PublicReport
from shuiheng.adapters.rulebook.public_policy import public_policy
from shuiheng.web import words
from shuiheng.web.words_public import TABLES

OPEN = ("new", "triaged", "assigned")
register = template.Library()


@register.filter
def public_word(code: Any, table: str) -> str:
    """Return the word for a code of reports by the public, as in `{{ row.state|public_word:"state" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def matter(kind: str) -> str:
    """Return the name of what is reported in the language of the page."""
    known = public_policy().matters.get(kind)
    language = "en" if (get_language() or "zh").startswith("en") else "zh"
    return known.name[language] if known is not None else kind


@register.filter
def is_late(row: PublicReport) -> bool:
    """Return whether a report should have been sorted or answered by now."""
    today = timezone.localdate()
    return row.state in OPEN and (row.due_on < today or (row.state == "new" and row.triage_by < today))
