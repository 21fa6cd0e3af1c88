"""How values are shown: words for codes, numbers, days, targets, units."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import get_language, gettext

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
}
_CODED = {
    "kind": words.TARGET_KINDS,
    "op": words.OPERATORS,
    "frequency": words.FREQUENCIES,
    "role": words.ROLES,
}
_UNITS = {"m3": "m³", "m2": "m²", "系数": ""}


@register.filter
def word(code: Any, table: str) -> str:
    """Return the word for a code of a table, for example `{{ state|word:"state" }}`."""
    return words.word(_TABLES[table], str(code))


@register.filter
def number(value: Any) -> str:
    """Return a number without needless zeros, with 万 or 亿 in Chinese where it stays exact."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    if not (get_language() or "zh").startswith("en"):
        for multiple, name in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
            part = exact / multiple
            if abs(exact) >= multiple and part == part.quantize(Decimal("0.0001")):
                return f"{_plain(part)} {name}"
    return _plain(exact)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def unit(code: Any) -> str:
    """Return a unit as it is printed."""
    return _UNITS.get(str(code or ""), str(code or ""))


@register.filter
def goal(target: Any) -> str:
    """Return the demand of a target or threshold: `≤ 9 %，力争 ≤ 8 %`; of a milestone nothing."""
    if target.value is None:
        return ""
    sign = str(words.OPERATORS.get(str(target.op), target.op))
    printed = unit(target.unit)
    upper = getattr(target, "value_max", None)
    if upper is not None:
        text = f"{number(target.value)}–{number(upper)} {printed}"
    else:
        text = f"{'' if sign == '=' else sign + ' '}{number(target.value)} {printed}"
    better = _stretch(target)
    if better:
        text += gettext("，力争 %(op)s %(value)s") % {
            "op": words.OPERATORS.get(better[0], better[0]),
            "value": f"{number(better[1])} {printed}".strip(),
        }
    if getattr(target, "annual", False):
        text += " " + gettext("（每年）")
    return text.strip()


def _stretch(target: Any) -> tuple[str, Any] | None:
    pair = getattr(target, "stretch", None)
    if pair:
        return str(pair[0]), pair[1]
    value = getattr(target, "stretch_value", None)
    return (target.stretch_op, value) if value is not None else None


@register.filter
def field_text(value: Any, field: str) -> str:
    """Return the value of a field as people read it: codes as words, lists joined."""
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if value is None or value == "":
        return "—"
    return words.word(_CODED.get(field, {}), str(value))


@register.filter
def day(value: date | None) -> str:
    """Return a day as 2026-05-01, or nothing."""
    return value.isoformat() if value else ""


@register.filter
def reading(alternative: Any) -> str:
    """Return what another reading of a field says."""
    if alternative.reason == "each_or_total":
        return gettext("每个地区各自达到")
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
    shown = {name: words.word(words.VERSION_STATES, str(value)) for name, value in dict(values).items()}
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


@register.filter
def token(item: Any, kind: str) -> str:
    """Return the short name of an item for an address."""
    return item_token(kind, str(item))


@register.filter
def code_name(code: str) -> str:
    """Return the name of a finding in the language of the page."""
    return sentence_of(code, {}, language=get_language() or "zh").name
