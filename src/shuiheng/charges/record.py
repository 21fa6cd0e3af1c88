"""A value of the rulebook read field by field, with an error that names rule, place and field."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from shuiheng.charges.errors import BadRuleError
from shuiheng.rules.parameter import DatedValue, Value

E = TypeVar("E", bound=StrEnum)


class Record:
    """The fields of a value or of a record inside it.

    Every reader raises BadRuleError when a field is not of the form asked for.
    """

    def __init__(self, whole: DatedValue, value: Value, field: str = "") -> None:
        self.whole = whole
        self.value = value
        self.field = field

    def refuse(self, name: str, reason: str) -> BadRuleError:
        """Return the error that says what is wrong with a field."""
        return BadRuleError(self.whole, f"{self.field}.{name}" if self.field else name, reason)

    def fields(self) -> Mapping[str, Value]:
        """Return the fields by name."""
        if not isinstance(self.value, Mapping):
            raise BadRuleError(self.whole, self.field or "value", "must be a record")
        return self.value

    def has(self, name: str) -> bool:
        """Return whether the field is there."""
        return name in self.fields()

    def number(self, name: str) -> Decimal:
        """Return a number that must be there."""
        found = self.fields().get(name)
        if not isinstance(found, Decimal):
            raise self.refuse(name, "must be a number")
        return found

    def number_or_none(self, name: str) -> Decimal | None:
        """Return a number, or None where the field is left out."""
        return self.number(name) if self.has(name) else None

    def whole_number(self, name: str) -> int:
        """Return a whole number from 0 that must be there."""
        found = self.number(name)
        if found != int(found) or found < 0:
            raise self.refuse(name, "must be a whole number from 0")
        return int(found)

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E:
        """Return one of the words of a list; left out it is the default, where there is one."""
        found = self.fields().get(name)
        if found is None and default is not None:
            return default
        words = [each.value for each in kind]
        if not isinstance(found, str) or found not in words:
            raise self.refuse(name, f"must be one of {', '.join(words)}")
        return kind(found)

    def inner(self, name: str) -> Record:
        """Return a record inside."""
        found = self.fields().get(name)
        if not isinstance(found, Mapping):
            raise self.refuse(name, "must be a record")
        return Record(self.whole, found, f"{self.field}.{name}" if self.field else name)

    def each(self, name: str) -> tuple[Record, ...]:
        """Return the records of a list that must not be empty."""
        found = self.fields().get(name)
        if not isinstance(found, tuple) or not found:
            raise self.refuse(name, "must be a list of records")
        return tuple(Record(self.whole, item, f"{name}[{place}]") for place, item in enumerate(found, 1))

    def numbers(self, *names: str) -> dict[str, Decimal]:
        """Return the numbers that are there among the named fields, or among all."""
        wanted = names or tuple(self.fields())
        return {name: self.number(name) for name in wanted if self.has(name)}
