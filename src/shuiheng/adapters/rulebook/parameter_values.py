"""The value of a rule as its file writes it, held against the shape and the fields that the rule declares."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules.parameter import Parameter, Shape, Value

TEXT, RECORD, LIST = "text", "record", "list"
UNITS = frozenset(
    {
        *("ratio", "times", "days", "workdays", "months", "years", "persons", "count"),
        *("m3", "litres", "mm", "m2", "yuan", "yuan_m3", "yuan_kwh"),
        *("m3_person_year", "litres_bed_day", "m3_m2_year"),
    }
)
FIELD_KINDS = UNITS | {TEXT, RECORD, LIST}


def read_value(entry: Entry, rule: Parameter) -> Value:
    """Return a value of the shape of its rule; numbers are quoted, and a null field is left out.

    Args:
        entry: The value as it is written.
        rule: The rule with its shape, fields and choices; its values do not matter.

    Raises:
        RulebookError: It has another shape, an unknown field or word, or a number without quotes.
    """
    if rule.shape is Shape.NUMBER:
        return _number(entry)
    if rule.shape is Shape.TEXT:
        return _text(entry)
    if rule.shape is Shape.NUMBERS:
        return _numbers(entry)
    return _list(entry, rule) if rule.shape is Shape.BANDS else _record(entry, rule)


def _record(entry: Entry, rule: Parameter) -> Value:
    found: dict[str, Value] = {}
    for name in entry.itself(dict):
        field = entry.at(name)
        if name not in rule.fields:
            known = ", ".join(rule.fields)
            raise field.refuse(f"unknown field `{name}`", f"Use {known}, or declare it in `fields`.")
        if field.value is not None:
            found[name] = _field(field, name, rule)
    if not found:
        raise entry.refuse("a record says nothing", "Give its fields, or leave the value out.")
    return found


def _field(entry: Entry, name: str, rule: Parameter) -> Value:
    kind = rule.fields[name]
    if kind == RECORD:
        return _record(entry, rule)
    if kind == LIST:
        return _list(entry, rule)
    if kind == TEXT:
        known = rule.choices.get(name, ())
        if isinstance(entry.value, list):
            return tuple(_text(each, known) for each in entry.items())
        return _text(entry, known)
    return _numbers(entry) if isinstance(entry.value, dict) else _number(entry)


def _list(entry: Entry, rule: Parameter) -> Value:
    found = tuple(_record(each, rule) for each in entry.items())
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


def _text(entry: Entry, known: tuple[str, ...] = ()) -> str:
    if not isinstance(entry.value, str) or not entry.value:
        raise entry.refuse("a word is missing", "Write a word or a day as 12-31, in quotes.")
    if known and entry.value not in known:
        raise entry.refuse(f"unknown word `{entry.value}`", f"Use {', '.join(known)}.")
    return entry.value
