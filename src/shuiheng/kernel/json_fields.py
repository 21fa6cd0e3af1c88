"""Reading JSON values strictly, with errors that name the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from shuiheng.kernel.span import Span

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)


class JsonFormatError(ValueError):
    """JSON does not have the form it must have.

    Args:
        place: Where in the JSON, for example `plan.targets[3].op`.
        reason: What is wrong there.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"kernel.bad_json: {place}: {reason}.")
        self.place = place
        self.reason = reason


class Fields:
    """A JSON value with the place where it stands, for errors that say where.

    Every reader raises JsonFormatError when the value is not of the form asked for.
    """

    def __init__(self, source: object, place: str) -> None:
        self.source = source
        self.place = place

    def itself(self, kind: type[T]) -> T:
        """Return the value when it is of `kind`."""
        if not isinstance(self.source, kind) or (kind is int and isinstance(self.source, bool)):
            raise JsonFormatError(self.place, f"expected {kind.__name__}")
        return self.source

    def at(self, name: str) -> Fields:
        """Return the field `name` with its place."""
        values = self.source
        if not isinstance(values, Mapping):
            raise JsonFormatError(self.place, "expected an object")
        return Fields(values.get(name), f"{self.place}.{name}")

    def take(self, name: str, kind: type[T]) -> T:
        """Return the field `name`, which must be of `kind`."""
        return self.at(name).itself(kind)

    def get(self, name: str, kind: type[T]) -> T | None:
        """Return the field `name`, or None when it is null or absent."""
        found = self.at(name)
        return None if found.source is None else found.itself(kind)

    def number(self, name: str) -> Decimal | None:
        """Return the field `name` as an exact number, or None."""
        found = self.at(name)
        if found.source is None:
            return None
        if isinstance(found.source, bool) or not isinstance(found.source, (int, float, Decimal)):
            raise JsonFormatError(found.place, "expected a number")
        return Decimal(str(found.source))

    def day(self, name: str) -> date | None:
        """Return the field `name` as a day, or None."""
        text = self.get(name, str)
        try:
            return date.fromisoformat(text) if text is not None else None
        except ValueError as error:
            raise JsonFormatError(f"{self.place}.{name}", "expected YYYY-MM-DD") from error

    def word(self, name: str, words: type[W]) -> W:
        """Return the field `name` as one of `words`."""
        text = self.take(name, str)
        try:
            return words(text)
        except ValueError as error:
            raise JsonFormatError(f"{self.place}.{name}", f"unknown word {text!r}") from error

    def span(self, name: str) -> Span:
        """Return the field `name` as a span."""
        return self.at(name).itself_span()

    def itself_span(self) -> Span:
        """Return the value as a span, from `[start, end]`."""
        pair = self.itself(list)
        if len(pair) != 2 or not all(isinstance(offset, int) for offset in pair):
            raise JsonFormatError(self.place, "expected [start, end]")
        return Span(pair[0], pair[1])

    def each(self, name: str, read: Callable[[Fields], T]) -> list[T]:
        """Return the items of the list `name`, each read with `read`; none when absent."""
        found = self.at(name)
        items = [] if found.source is None else found.itself(list)
        return [read(Fields(item, f"{found.place}[{index}]")) for index, item in enumerate(items)]
