"""The value of a rule as its file writes it, held against the shape and the fields that the rule declares."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules.parameter import Shape, Value

TEXT, RECORD, LIST = "text", "record", "list"
UNITS = frozenset(
    {
        *("ratio", "times", "days", "workdays", "months", "years", "persons", "count"),
        *("m3", "litres", "mm", "m2", "yuan", "yuan_m3", "yuan_kwh"),
        *("m3_person_year", "litres_bed_day", "m3_m2_year"),
    }
)
FIELD_KINDS = UNITS | {TEXT, RECORD, LIST}


def read_value(entry: Entry, *, shape: Shape, fields: Mapping[str, str]) -> Value:
    """Return a value of the shape of its rule; numbers are quoted, and a null field is left out.

    Args:
        entry: The value as the file writes it.
        shape: The shape of the rule.
        fields: What each field of a record or band holds: a unit, `text`, `record` or `list`.

    Raises:
        RulebookError: It has another shape, an unknown field, or a number without quotes.
    """
    if shape is Shape.NUMBER:
        return _number(entry)
    if shape is Shape.TEXT:
        return _text(entry)
    if shape is Shape.NUMBERS:
        return _numbers(entry)
    return _list(entry, fields) if shape is Shape.BANDS else _record(entry, fields)


def _record(entry: Entry, fields: Mapping[str, str]) -> Value:
    found: dict[str, Value] = {}
    for name in entry.itself(dict):
        field = entry.at(name)
        if name not in fields:
            raise field.refuse(
                f"unknown field `{name}`", f"Use {', '.join(fields)}, or declare it in `fields`."
            )
        if field.value is not None:
            found[name] = _field(field, fields[name], fields)
    if not found:
        raise entry.refuse("a record says nothing", "Give its fields, or leave the value out.")
    return found


def _field(entry: Entry, kind: str, fields: Mapping[str, str]) -> Value:
    if kind == RECORD:
        return _record(entry, fields)
    if kind == LIST:
        return _list(entry, fields)
    if kind == TEXT:
        return tuple(map(_text, entry.items())) if isinstance(entry.value, list) else _text(entry)
    return _numbers(entry) if isinstance(entry.value, dict) else _number(entry)


def _list(entry: Entry, fields: Mapping[str, str]) -> Value:
    found = tuple(_record(each, fields) for each in entry.items())
    if not found:
        raise entry.refuse("a list is empty", "Give its records, or leave the field out.")
    return found


def _numbers(entry: Entry) -> Value:
    names = entry.itself(dict)
    if not names:
        raise entry.refuse("no number is given", "Give numbers by name.")
    return {name: _number(entry.at(name)) for name in names}


def _number(entry: Entry) -> Decimal:
    if not isinstance(entry.value, str):
        raise entry.refuse("a number is missing or has no quotes", 'Write it in quotes, as "0.10".')
    try:
        number = Decimal(entry.value)
    except InvalidOperation as error:
        raise entry.refuse(f"`{entry.value}` is not a number", 'Write it in quotes, as "0.10".') from error
    if not number.is_finite():
        raise entry.refuse(f"`{entry.value}` is not a number that ends", "Write its digits.")
    return number


def _text(entry: Entry) -> str:
    if not isinstance(entry.value, str) or not entry.value:
        raise entry.refuse("a word is missing", "Write a word or a day as 12-31, in quotes.")
    return entry.value
