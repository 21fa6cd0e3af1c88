"""Words and small pictures of warnings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import UseWarning
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.web import words
from shuiheng.web.pages.warnings.pictures import Bar, warning_bar
from shuiheng.web.words_warnings import BASES, LEVELS, TABLES

register = template.Library()
QUARTER, YEAR = 3, 12


@register.filter
def warning_word(code: Any, table: str) -> str:
    """Return the word for a code of a warning, for example `{{ row.certainty|warning_word:"certainty" }}`."""
    return words.word(TABLES[table], str(code))


@register.filter
def level_word(row: UseWarning | str) -> str:
    """Return the name of the level of a warning; one that a place named itself by what it is held against."""
    if isinstance(row, str):
        return words.word(LEVELS, row)
    if row.level in LEVELS:
        return words.word(LEVELS, row.level)
    return words.word(BASES, str(row.basis.get("basis", ""))) or row.level


@register.filter
def warned_period(row: UseWarning) -> str:
    """Return the month, quarter or year of a warning."""
    return period_word(row.first, row.last)


@register.filter
def whole_m3(volume: Decimal | None) -> str:
    """Return m³ without fractions; what is not known is nothing."""
    return "" if volume is None else f"{volume:,.0f}"


@register.filter
def in_percent(ratio: Decimal | str | None) -> str:
    """Return a ratio in percent with one digit."""
    return "" if ratio in (None, "") else f"{Decimal(str(ratio)) * 100:.1f} %"


@register.filter
def over_percent(row: UseWarning) -> str:
    """Return by how much use, or its forecast, passes the allowance."""
    amount = row.forecast_m3 if row.basis.get("basis") == "forecast" else row.used_m3
    return "" if amount is None or not row.limit_m3 else f"{(amount / row.limit_m3 - 1) * 100:+.1f} %"


@register.filter
def picture_of(row: UseWarning) -> Bar:
    """Return use, forecast and allowance of a warning as a bar."""
    return warning_bar(row)


@register.filter
def hint_says(hint: Mapping[str, Any]) -> str:
    """Return a possible cause in words."""
    kind = hint.get("kind")
    if kind == "finding":
        return sentence_of(str(hint["code"]), {}, language=get_language() or "zh").name
    if kind == "night":
        said = {"now": hint["now"], "before": hint["before"], "share": in_percent(hint["share"])}
        return _("夜间 2 至 4 时流量 %(now)s m³/h，此前 %(before)s，为平均流量的 %(share)s，可能漏水") % said
    if kind == "activity":
        said = {name: hint[name] for name in ("code", "unit", "before", "now")}
        return _("%(code)s由 %(before)s 增至 %(now)s %(unit)s") % said
    if kind == "profile":
        return _("自 %(since)s 起用水曲线有变化") % {"since": hint["since"]}
    return str(kind)


def period_word(first: date, last: date) -> str:
    """Return the name of a month, a quarter or a year."""
    months = (last.year - first.year) * YEAR + last.month - first.month + 1
    if months == YEAR:
        return str(first.year)
    if months == QUARTER:
        number = (first.month + 2) // QUARTER
        return _("%(year)d 年第 %(quarter)d 季度") % {"year": first.year, "quarter": number}
    return f"{first:%Y-%m}"
