"""What the forms of the ledger ask, and how a fact shows the answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import DatedFact
from shuiheng.adapters.rulebook import Mask, column_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.masking import masked_value
from shuiheng.web import words
from shuiheng.web.fields import FieldError, day_of, words_of
from shuiheng.web.words import Words
from shuiheng.web.words_ledger import YES_NO

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,12})?")
_MOMENT_LENGTH = 30


class Form(StrEnum):
    """How a field is asked."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    KEY = "key"
    TRI = "tri"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One field of a form.

    Args:
        name: Its name, that of the field of the service.
        label: What the page calls it.
        form: How it is asked.
        table: Words of its codes, of a `choice`.
        choices: Keys and names of the rows to choose from, of a `key`.
        is_needed: Whether it must be filled.
        hint: What to know when filling it.
        limit: Most characters of a text.
        most: Greatest number.
        least: Least number.
        places: Digits after the point of a number.
        is_long: Whether it takes a whole line.
        is_kept_blank: Whether it is shown empty, and left empty stays as it was.
        is_quoted: Whether its choices are words of a document, shown in the language of the document.
        nothing: What stands for no choice where one is not needed.
    """

    name: str
    label: Promise | str
    form: Form = Form.TEXT
    table: Words | None = None
    choices: Sequence[tuple[int, str]] = ()
    is_needed: bool = False
    hint: Promise | str = ""
    limit: int = 200
    most: Decimal = Decimal(2_000_000_000)
    least: Decimal = Decimal(0)
    places: int = 0
    is_long: bool = False
    is_kept_blank: bool = False
    is_quoted: bool = False
    nothing: Promise | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field as the page shows it: its value as typed, its choices, whether it was refused."""

    ask: Ask
    value: str
    choices: Sequence[tuple[str, str]]
    is_wrong: bool


def answers(asks: Iterable[Ask], posted: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed as values by name; what is not filled is None, or an empty text.

    Raises:
        ServiceError: `ledger.field` names the first field that cannot be so.
    """
    return {ask.name: _answer(ask, posted) for ask in asks}


def lines(asks: Iterable[Ask], given: Mapping[str, str], wrong: str = "") -> list[Line]:
    """Return the fields as the page shows them."""
    return [
        Line(ask=ask, value=given.get(ask.name, ""), choices=_choices(ask), is_wrong=ask.name == wrong)
        for ask in asks
    ]


def typed(asks: Iterable[Ask], fact: Model) -> dict[str, str]:
    """Return what a fact holds as it would be typed; what is kept blank is empty."""
    return {ask.name: "" if ask.is_kept_blank else _typed(ask, fact) for ask in asks}


def said(asks: Iterable[Ask], fact: DatedFact) -> list[tuple[Ask, str]]:
    """Return what a fact says, field by field, as people read it; what it does not say is left out."""
    found = [(ask, _said(ask, fact)) for ask in asks if hasattr(fact, ask.name)]
    return [(ask, text) for ask, text in found if text]


def since(asks: Iterable[Ask], beliefs: Iterable[DatedFact], fact: DatedFact) -> dict[str, date]:
    """Return since which day each field has held its value without a break.

    Args:
        asks: The fields.
        beliefs: The facts that stand beside `fact`, before and after it.
        fact: The one that holds now.
    """
    by_end = {each.valid_to: each for each in beliefs if each.valid_to is not None}
    found = {}
    for ask in asks:
        name, first = _column(ask), fact
        while (before := by_end.get(first.valid_from)) is not None and (
            getattr(before, name, None) == getattr(fact, name, None)
        ):
            first = before
        found[ask.name] = first.valid_from
    return found


def _answer(ask: Ask, posted: Mapping[str, str]) -> Any:
    text = words_of(posted, ask.name, limit=ask.limit + 1)
    if ask.form is Form.FLAG:
        return text == "1"
    if not text:
        if ask.is_needed:
            raise ServiceError("ledger.field", field=ask.name)
        return "" if ask.form in (Form.TEXT, Form.CHOICE) else None
    value = _value(ask, text, posted)
    if value is None:
        raise ServiceError("ledger.field", field=ask.name)
    return value


def _value(ask: Ask, text: str, posted: Mapping[str, str]) -> Any:
    """Return the value of a field that is filled, or None when it cannot be so."""
    readers: dict[Form, Callable[[], Any]] = {
        Form.TEXT: lambda: text if len(text) <= ask.limit else None,
        Form.DAY: lambda: _day(posted, ask.name),
        Form.MOMENT: lambda: _moment(text),
        Form.CHOICE: lambda: text if text in (ask.table or {}) else None,
        Form.KEY: lambda: next((key for key, _name in ask.choices if str(key) == text), None),
        Form.TRI: lambda: {"yes": True, "no": False}.get(text),
    }
    return readers.get(ask.form, lambda: _number(ask, text))()


def _number(ask: Ask, text: str) -> Decimal | int | None:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain)
    if not ask.least <= value <= ask.most or value != round(value, ask.places):
        return None
    return int(value) if ask.form is Form.WHOLE else value


def _day(posted: Mapping[str, str], name: str) -> date | None:
    try:
        return day_of(posted, name)
    except FieldError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text[:_MOMENT_LENGTH])
    except ValueError:
        return None
    return found if found.tzinfo else timezone.make_aware(found)


def _choices(ask: Ask) -> list[tuple[str, str]]:
    if ask.form is Form.KEY:
        return [(str(key), name) for key, name in ask.choices]
    if ask.form is Form.TRI:
        return [(code, str(word)) for code, word in YES_NO.items()]
    return [(code, str(word)) for code, word in (ask.table or {}).items()]


def _column(ask: Ask) -> str:
    return f"{ask.name}_id" if ask.form is Form.KEY else ask.name


def _typed(ask: Ask, fact: Model) -> str:
    value = getattr(fact, _column(ask), None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("1" if value else "") if ask.form is Form.FLAG else ("yes" if value else "no")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _said(ask: Ask, fact: DatedFact) -> str:
    rule = column_rules().get((type(fact).__name__, ask.name))
    if rule is not None and rule.mask is not Mask.PLAIN:
        return masked_value(fact, ask.name)
    value = getattr(fact, ask.name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Model):
        return str(getattr(value, "name", "") or getattr(value, "number", ""))
    if ask.form is Form.CHOICE:
        return words.word(ask.table or {}, str(value))
    return _typed(ask, fact)
