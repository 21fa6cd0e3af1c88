"""Words and numbers of statistics."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import WHOLE_YEAR
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.web import words
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.words_statistics import TABLES

register = template.Library()


@register.filter
def statistic_word(code: Any, table: str) -> str:
    """Return the word for a code of statistics, for example `{{ row.state|statistic_word:"state" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def fact_name(fact: str) -> str:
    """Return the name of a fact in the language of the page; one that is no longer known is its id."""
    kind = indicator_book().facts.get(fact)
    return kind.names[language()] if kind else fact


@register.filter
def fact_unit(fact: str) -> str:
    """Return the unit of a fact in the language of the page; nothing for a plain number."""
    kind = indicator_book().facts.get(fact)
    return kind.unit.names[language()] if kind else ""


@register.filter
def through_month(month: int | None) -> str:
    """Return of which months of a year a value speaks; nothing for the whole year (年内累计)."""
    if month in (None, WHOLE_YEAR):
        return ""
    return _("1—%(month)d月") % {"month": month} if month != 1 else _("1月")


@register.filter
def exact(value: Decimal | str | None) -> str:
    """Return a number with all its digits, without zeros after the last one; of None nothing, never 0."""
    if value is None or value == "":
        return ""
    shown = f"{Decimal(value):,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
