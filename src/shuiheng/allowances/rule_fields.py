"""Fields of a record of the rulebook, read strictly: what is missing or of another form is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from shuiheng.allowances.errors import BadRuleError
from shuiheng.rules.parameter import DatedValue, Value


def name_of(value: DatedValue) -> str:
    """Return how an error names a value: its rule, place, first day and source."""
    place = value.area or "CN"
    return f"{value.rule} of {place} from {value.valid_from} ({value.source}, {value.clause})"


def record_of(value: DatedValue) -> Mapping[str, Value]:
    """Return the fields of a rule that is a record.

    Raises:
        BadRuleError: It is something else.
    """
    if not isinstance(value.value, Mapping):
        raise BadRuleError(name_of(value), "it needs fields by name")
    return value.value


def check_names(record: Mapping[str, Value], *, known: Iterable[str], rule: str) -> None:
    """Refuse a record with a field that its rule does not know.

    Raises:
        BadRuleError: There is one.
    """
    unknown = sorted(set(record) - set(known))
    if unknown:
        raise BadRuleError(rule, f"it does not know {', '.join(unknown)}")


def number_field(
    record: Mapping[str, Value], name: str, *, rule: str, default: Decimal | None = None
) -> Decimal:
    """Return a number of a record, or the default when it is not there.

    Raises:
        BadRuleError: It is no number, or is missing without a default.
    """
    held = record.get(name, default)
    if isinstance(held, str):
        raise BadRuleError(rule, f"{name} must be a number in quotes, not {held!r}")
    if not isinstance(held, Decimal):
        raise BadRuleError(rule, f"it needs the number {name}")
    return held


def text_field(record: Mapping[str, Value], name: str, *, rule: str, default: str | None = None) -> str:
    """Return a word of a record, or the default when it is not there.

    Raises:
        BadRuleError: It is no word, or is missing without a default.
    """
    held = record.get(name, default)
    if not isinstance(held, str):
        raise BadRuleError(rule, f"it needs the word {name}")
    return held


def records_field(record: Mapping[str, Value], name: str, *, rule: str) -> tuple[Mapping[str, Value], ...]:
    """Return a list of records; empty when it is not there.

    Raises:
        BadRuleError: It is something else.
    """
    held = record.get(name, ())
    found = tuple(each for each in held if isinstance(each, Mapping)) if isinstance(held, tuple) else ()
    if not isinstance(held, tuple) or len(found) != len(held):
        raise BadRuleError(rule, f"{name} must be a list of records")
    return found


def texts_field(record: Mapping[str, Value], name: str, *, rule: str) -> tuple[str, ...]:
    """Return a list of words; empty when it is not there.

    Raises:
        BadRuleError: It is something else.
    """
    held = record.get(name, ())
    found = tuple(each for each in held if isinstance(each, str)) if isinstance(held, tuple) else ()
    if not isinstance(held, tuple) or len(found) != len(held):
        raise BadRuleError(rule, f"{name} must be a list of words")
    return found
