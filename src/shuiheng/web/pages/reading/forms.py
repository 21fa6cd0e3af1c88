"""Forms by which a person corrects, splits or adds an item, and what they ask for as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from shuiheng.web import words

Json = dict[str, Any]
SEPARATORS = re.compile(r"[、；;，,\n]+")
YEAR = re.compile(r"\d{4}")
FORMS: dict[str, tuple[tuple[str, str], ...]] = {
    "task": (
        ("text", "long"),
        ("path", "lines"),
        ("lead", "names"),
        ("participants", "names"),
        ("due", "day"),
    ),
    "target": (
        ("metric", "text"),
        ("scope", "optional"),
        ("kind", "kind"),
        ("op", "op"),
        ("value", "number"),
        ("value_max", "number"),
        ("unit", "optional"),
        ("baseline_year", "year"),
        ("deadline", "day"),
        ("annual", "flag"),
    ),
    "duty": (
        ("what", "text"),
        ("frequency", "frequency"),
        ("due", "optional"),
        ("by", "names"),
        ("to", "names"),
    ),
    "threshold": (
        ("applies_to", "text"),
        ("quantity", "text"),
        ("op", "op"),
        ("value", "number"),
        ("unit", "text"),
        ("effect", "text"),
    ),
}
CHOICES: dict[str, words.Words] = {
    "kind": words.TARGET_KINDS,
    "op": words.OPERATORS,
    "frequency": words.FREQUENCIES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form: its name, its form, what it shows and what is wrong with it."""

    name: str
    form: str
    label: str
    shown: str
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""


class FormError(ValueError):
    """Some fields do not hold what they must; `errors` says which and why."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in errors.items()))
        self.errors = dict(errors)


def form_fields(
    kind: str,
    item: Any,
    *,
    prefix: str = "",
    posted: Mapping[str, str] | None = None,
    errors: Mapping[str, str] = {},
) -> list[FormField]:
    """Return the fields of the form for an item, filled from it or from what was posted."""
    fields = []
    for name, form in FORMS[kind]:
        key = prefix + name
        shown = posted.get(key, "") if posted is not None else _shown(getattr(item, name, None))
        fields.append(
            FormField(
                name=key,
                form=form,
                label=words.word(words.FIELDS, name),
                shown=shown,
                choices=tuple((code, str(label)) for code, label in CHOICES.get(form, {}).items()),
                error=errors.get(key, ""),
            )
        )
    return fields


def changes_from(kind: str, posted: Mapping[str, str], *, prefix: str = "", item: Any = None) -> Json:
    """Return the changes that a posted form asks for, only those that differ from `item`.

    Raises:
        FormError: A field has the wrong form.
    """
    changes: Json = {}
    errors: dict[str, str] = {}
    for name, form in FORMS[kind]:
        key = prefix + name
        text = posted.get(key, "").strip()
        if item is not None and text == _shown(getattr(item, name, None)).strip():
            continue
        try:
            changes[name] = field_value(form, text)
        except ValueError as error:
            errors[key] = str(error)
    if errors:
        raise FormError(errors)
    return changes


def form_of(kind: str, field: str) -> str:
    """Return the form of a field, `optional` for one without its own."""
    return dict(FORMS.get(kind, ())).get(field, "optional")


def field_value(form: str, text: str) -> Any:
    """Return the JSON value of what stands in a field.

    Raises:
        ValueError: It has the wrong form; the message says what is expected.
    """
    if form in CHOICES:
        return _choice(form, text)
    return _READERS[form](text)


def _choice(form: str, text: str) -> str:
    if text not in CHOICES[form] and form != "frequency":
        raise ValueError(_("请选择其中一项"))
    return text


def _needed(text: str) -> str:
    if not text:
        raise ValueError(_("不能为空"))
    return text


def _year(text: str) -> int | None:
    if text and not YEAR.fullmatch(text):
        raise ValueError(_("请填四位数的年份"))
    return int(text) if text else None


def _number(text: str) -> int | float | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise ValueError(_("请填数字")) from None
    if not value.is_finite() or abs(value) > Decimal(10) ** 18:
        raise ValueError(_("请填数字"))
    return int(value) if value == value.to_integral_value() else float(value)


def _day(text: str) -> str | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(_("请填日期，如 2025-12-31")) from None


def _listed(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


_READERS: dict[str, Callable[[str], Any]] = {
    "text": _needed,
    "long": _needed,
    "optional": lambda text: text or None,
    "names": lambda text: _listed(SEPARATORS.split(text)),
    "lines": lambda text: _listed(text.split("\n")),
    "number": _number,
    "year": _year,
    "day": _day,
    "flag": lambda text: text in ("1", "on", "true"),
}


def _shown(value: Any) -> str:
    """Return what a field shows for a value of an item."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, tuple | list):
        texts = [str(getattr(part, "text", part)) for part in value]
        is_path = any(hasattr(part, "text") for part in value)
        return ("\n" if is_path else "、").join(texts)
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)
