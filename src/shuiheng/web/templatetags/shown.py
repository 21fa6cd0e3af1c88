"""How values are shown: words for codes, numbers, days, targets, units."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

from shuiheng.services.demand_words import (
    Language,
    demand,
    language_of,
    printed_unit,
    shown_amount,
    shown_number,
    shown_unit,
)
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.web import words
from shuiheng.web.pages.reading.marks import item_token

register = template.Library()
_TABLES = {
    "item": words.ITEM_KINDS,
    "kind": words.TARGET_KINDS,
    "role": words.ROLES,
    "state": words.VERSION_STATES,
    "item_state": words.ITEM_STATES,
    "severity": words.SEVERITIES,
    "frequency": words.FREQUENCIES,
    "rule": words.UNIT_RULES,
    "decision": words.DECISIONS,
    "field": words.FIELDS,
    "reason": words.ALTERNATIVE_REASONS,
    "alignment": words.ALIGNMENT,
    "alignment_reason": words.ALIGNMENT_REASONS,
    "change": words.CHANGES,
    "orphan": words.ORPHAN_REASONS,
    "reading_state": words.READING_STATES,
    "job_state": words.JOB_STATES,
    "job_kind": words.JOB_KINDS,
    "channel": words.CHANNELS,
    "message_state": words.MESSAGE_STATES,
    "rectification_state": words.RECTIFICATION_STATES,
    "accountability": words.ACCOUNTABILITY_KINDS,
    "calendar": words.CALENDAR_KINDS,
    "report_state": words.REPORT_STATES,
}
_CODED = {
    "kind": words.TARGET_KINDS,
    "op": words.OPERATORS,
    "frequency": words.FREQUENCIES,
    "role": words.ROLES,
}


@register.filter
def word(code: Any, table: str) -> str:
    """Return the word for a code of a table, for example `{{ state|word:"state" }}`."""
    return words.word(_TABLES[table], str(code))


@register.filter
def number(value: Any) -> str:
    """Return a number without needless zeros, with 万 or 亿 in Chinese where it stays exact."""
    return "" if value is None or value == "" else shown_number(value, _language())


@register.filter
def unit(code: Any) -> str:
    """Return a unit as it is printed."""
    return shown_unit(code)


@register.filter
def goal(target: Any) -> str:
    """Return the demand of a target or threshold as people say it; of a milestone nothing."""
    return demand(target, language=_language())


@register.filter
def amount(value: Any, target: Any) -> str:
    """Return a value of a target in the unit in which its plan prints it; of None nothing."""
    return "" if value is None else shown_amount(value, target, language=_language())


@register.filter
def typed_number(value: Any, target: Any) -> str:
    """Return a value of a target as it stands in a field, in the unit that `typed_unit` names."""
    return "" if value is None else printed_unit(target, language=_language()).number(value)


@register.filter
def typed_unit(target: Any) -> str:
    """Return the unit in which a field asks for the value of a target."""
    return printed_unit(target, language=_language()).name


def _language() -> Language:
    return language_of(get_language() or "zh")


@register.filter
def field_text(value: Any, field: str) -> str:
    """Return the value of a field as people read it: codes as words, lists joined."""
    if isinstance(value, dict):
        return _of_object(value, field)
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if value is None or value == "":
        return "—"
    return words.word(_CODED.get(field, {}), str(value))


def _of_object(value: dict[str, Any], field: str) -> str:
    """Return what a field holds that names another item, an indicator or a better value."""
    if field == "stretch":
        return f"{words.word(words.OPERATORS, str(value.get('op')))}{number(value.get('value'))}"
    return str(value.get("quote") or value.get("id") or "")


@register.filter
def day(value: date | None) -> str:
    """Return a day as 2026-05-01, or nothing."""
    return value.isoformat() if value else ""


@register.filter
def reading(alternative: Any) -> str:
    """Return what another reading of a field says."""
    if alternative.reason == "each_or_total":
        return gettext("每个地区各自达到")
    if alternative.value == "null":
        return gettext("未注明期限")
    return str(alternative.value)


@register.filter
def percent(value: Any) -> str:
    """Return a ratio as whole percent."""
    return f"{round(float(value) * 100)} %"


@register.filter
def of_role(units: Any, role: str) -> list[Any]:
    """Return the units that have this part in the task, in order."""
    rows = units.all() if hasattr(units, "all") else units
    return [each for each in rows if str(each.role) == role]


@register.simple_tag
def finding_sentence(finding: Any) -> Sentence:
    """Return the sentence and remedy of a finding in the language of the page."""
    return sentence_of(finding.code, dict(finding.values), language=get_language() or "zh")


@register.simple_tag
def error_sentence(code: str, values: Any) -> Sentence:
    """Return the sentence and remedy of an error in the language of the page."""
    given = {"wait": values} if isinstance(values, int) else dict(values)
    shown = {name: words.word(words.VERSION_STATES, str(value)) for name, value in given.items()}
    return sentence_of(code, shown, language=get_language() or "zh")


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of a static file with a mark of its content, so that caches follow changes."""
    return f"{static(path)}?v={_content_mark(path)}"


@cache
def _content_mark(path: str) -> str:
    found = finders.find(path)
    if not isinstance(found, str):
        raise template.TemplateSyntaxError(f"no static file {path}")
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """Return the query of this page with some fields changed; an empty value drops the field."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode() if query else "?"


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """Return the page numbers to offer, with None where some are left out."""
    offered = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [each if isinstance(each, int) else None for each in offered]


@register.filter
def token(item: Any, kind: str) -> str:
    """Return the short name of an item for an address."""
    return item_token(kind, str(item))


@register.filter
def code_name(code: str) -> str:
    """Return the name of a finding in the language of the page."""
    return sentence_of(code, {}, language=get_language() or "zh").name
