"""Values taken apart into their numbers and words, and two values beside each other (差异)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from shuiheng.rules.parameter import Value

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A part in which two values differ; None where one of them has no such part.

    Args:
        path: Names of the fields from the outside in; items of a list are counted from 1.
        old: The part of the first value.
        new: The part of the second value.
    """

    path: Path
    old: Decimal | str | None
    new: Decimal | str | None


def value_parts(value: Value) -> Mapping[Path, Decimal | str]:
    """Return each number and word of a value by its path, in the order of the value."""
    return dict(_parts(value, ()))


def value_differences(old: Value, new: Value) -> tuple[Difference, ...]:
    """Return in which parts two values differ (差异); `0.10` and `0.1` are the same number."""
    left, right = value_parts(old), value_parts(new)
    return tuple(
        Difference(path=path, old=left.get(path), new=right.get(path))
        for path in dict.fromkeys((*left, *right))
        if left.get(path) != right.get(path)
    )


def _parts(value: Value, path: Path) -> Iterator[tuple[Path, Decimal | str]]:
    if isinstance(value, Decimal | str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _parts(part, (*path, name))
    else:
        for place, part in enumerate(value, 1):
            yield from _parts(part, (*path, str(place)))
