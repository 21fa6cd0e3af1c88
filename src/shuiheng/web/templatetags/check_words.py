"""Words of checks."""

from __future__ import annotations

from typing import Any

from django import template

from shuiheng.adapters.records.models import CheckFile
from shuiheng.programmes.evidence import why_not
from shuiheng.services.inspections.review_check_file import evidence_of
from shuiheng.web import words
from shuiheng.web.words_checks import TABLES, WHY_NOT

register = template.Library()


@register.filter
def check_word(code: Any, table: str) -> str:
    """Return the word for a code of checks, for example `{{ row.state|check_word:"state" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def unsupported(file: CheckFile) -> str:
    """Return why a file supports nothing by itself, or nothing when it does."""
    reason = why_not(evidence_of(file))
    return "" if reason is None else words.word(WHY_NOT, reason.value)
