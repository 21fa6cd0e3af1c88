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
from shuiheng.web.pages.reading.references import REFERENCES, References, shown_reference

Json = dict[str, Any]
SEPARATORS = re.compile(r"[、；;，,\n]+")
YEAR = re.compile(r"\d{4}")
Fields = tuple[tuple[str, str], ...]
FORMS: dict[str, Fields] = {
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
MORE: dict[str, Fields] = {
    "target": (
        ("task", "task"),
        ("part_of", "part_of"),
        ("indicator", "indicator"),
        ("stretch", "stretch"),
        ("is_binding", "binding"),
        ("cumulative", "yes_no"),
        ("annual", "flag"),
        ("is_hedged", "flag"),
    ),
    "duty": (("task", "task"),),
    "threshold": (("task", "task"),),
}
CHOICES: dict[str, words.Words] = {
    "kind": words.TARGET_KINDS,
    "op": words.OPERATORS,
    "frequency": words.FREQUENCIES,
    "binding": words.BINDING,
    "yes_no": words.YES_NO,
}
ANSWERS = {"": None, "yes": True, "no": False}
SIGNS = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", "＞": ">", "＜": "<", ">": ">", "<": "<", "=": "="}
STRETCH = re.compile(r"(≥|≤|>=|<=|＞|＜|>|<|=)?\s*([0-9.,，]{1,24})\s*%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form: its name, its form, what it shows and what is wrong with it."""

    name: str
    form: str
    label: str
    shown: str
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A form as it was posted, and what is wrong with which field."""

    posted: Mapping[str, str]
    errors: Mapping[str, str]


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
    answer: Answer | None = None,
    references: References | None = None,
) -> list[FormField]:
    """Return the fields of the form for an item, filled from it or from what was posted.

    The fields that name other items come only with `references`, which knows those items.
    """
    fields = []
    for name, form in _asked(kind, references):
        key = prefix + name
        value = getattr(item, name, None)
        shown = answer.posted.get(key, "") if answer is not None else shown_value(form, value)
        fields.append(
            FormField(
                name=key,
                form=form,
                label=words.word(words.FIELDS, name),
                shown=shown,
                choices=_choices(form, item, references),
                error=answer.errors.get(key, "") if answer is not None else "",
                is_more=(name, form) in MORE.get(kind, ()),
            )
        )
    return fields


def _asked(kind: str, references: References | None) -> Fields:
    return (*FORMS[kind], *(MORE.get(kind, ()) if references is not None else ()))


def _choices(form: str, item: Any, references: References | None) -> tuple[tuple[str, str], ...]:
    if references is not None and form in REFERENCES:
        return references.choices(form, item)
    return tuple((code, str(label)) for code, label in CHOICES.get(form, {}).items())


def changes_from(
    kind: str,
    posted: Mapping[str, str],
    *,
    prefix: str = "",
    item: Any = None,
    references: References | None = None,
) -> Json:
    """Return the changes that a posted form asks for, only those that differ from `item`.

    Raises:
        FormError: A field has the wrong form.
    """
    changes: Json = {}
    errors: dict[str, str] = {}
    has_more = prefix + "task" in posted
    for name, form in _asked(kind, references if has_more else None):
        key = prefix + name
        text = posted.get(key, "").strip()
        if item is not None and text == shown_value(form, getattr(item, name, None)).strip():
            continue
        try:
            if form in REFERENCES:
                changes[name] = references.value(form, text) if references is not None else None
            else:
                changes[name] = field_value(form, text)
        except ValueError as error:
            errors[key] = str(error)
    if errors:
        raise FormError(errors)
    return changes


def form_of(kind: str, field: str) -> str:
    """Return the form of a field, `optional` for one without its own."""
    return dict((*FORMS.get(kind, ()), *MORE.get(kind, ()))).get(field, "optional")


def field_value(form: str, text: str) -> Any:
    """Return the JSON value of what stands in a field.

    Raises:
        ValueError: It has the wrong form; the message says what is expected.
    """
    return _READERS[form](text) if form in _READERS else _choice(form, text)


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


def _stretch(text: str) -> Json | None:
    if not text:
        return None
    found = STRETCH.fullmatch(text.strip())
    if found is None or not found.group(1):
        raise ValueError(_("请填比较和数值，如 ≤8"))
    return {"op": SIGNS[found.group(1)], "value": _number(found.group(2))}


def _answer(text: str) -> bool | None:
    if text not in ANSWERS:
        raise ValueError(_("请选择其中一项"))
    return ANSWERS[text]


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
    "stretch": _stretch,
    "binding": _answer,
    "yes_no": _answer,
}


def shown_value(form: str, value: Any) -> str:
    """Return what a field of this form shows for a value of an item."""
    if form in ("binding", "yes_no"):
        return {None: "", True: "yes", False: "no"}[value]
    if form == "stretch":
        return f"{words.word(words.OPERATORS, str(value[0]))}{_shown(value[1])}" if value else ""
    if form in REFERENCES:
        return shown_reference(form, value)
    return _shown(value)


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
