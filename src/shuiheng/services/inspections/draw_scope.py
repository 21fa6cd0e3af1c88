"""Who can be drawn in a random inspection (抽查范围): a kind of objects with conditions, or a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

MOST_NUMBERS = 5_000


class ObjectKind(StrEnum):
    """What can be inspected; the first letter of a number in the register says which."""

    USER = "user"
    PERMIT = "permit"
    PROJECT = "project"


LETTERS: Mapping[ObjectKind, str] = {ObjectKind.USER: "U", ObjectKind.PERMIT: "P", ObjectKind.PROJECT: "J"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawScope:
    """Who can be drawn; what is empty does not limit.

    Args:
        kind: What is inspected.
        districts: Keys of districts in which it lies.
        classes: Classes of use of the water user whose it is.
        use_m3: Least use of the last full year; who has no known year is left out and counted.
        source_kind: `abstraction` or `supply`: only users with such a source.
        numbers: Numbers of the ledger; where there are any, only these.
    """

    kind: ObjectKind = ObjectKind.USER
    districts: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    use_m3: Decimal | None = None
    source_kind: str = ""
    numbers: tuple[str, ...] = ()


def scope_json(scope: DrawScope) -> dict[str, Any]:
    """Return a scope as a draw keeps it."""
    return {
        "kind": scope.kind.value,
        "districts": list(scope.districts),
        "classes": list(scope.classes),
        "use_m3": None if scope.use_m3 is None else str(scope.use_m3),
        "source_kind": scope.source_kind,
        "numbers": list(scope.numbers),
    }


def scope_of(kept: Mapping[str, Any]) -> DrawScope:
    """Return the scope that a draw keeps."""
    least = kept.get("use_m3")
    return DrawScope(
        kind=ObjectKind(kept.get("kind", ObjectKind.USER)),
        districts=tuple(kept.get("districts", ())),
        classes=tuple(kept.get("classes", ())),
        use_m3=None if least is None else Decimal(least),
        source_kind=kept.get("source_kind", ""),
        numbers=tuple(kept.get("numbers", ())),
    )


def object_number(kind: ObjectKind, key: int) -> str:
    """Return under which number an object stands in registers and records, which hold no names."""
    return f"{LETTERS[kind]}{key}"


def object_key(number: str) -> tuple[ObjectKind, int]:
    """Return the kind and the key of an object by its number.

    Raises:
        ValueError: It is no number of an object.
    """
    kinds = {letter: kind for kind, letter in LETTERS.items()}
    if number[:1] not in kinds:
        raise ValueError(number)
    return kinds[number[0]], int(number[1:])


def typed_numbers(text: str) -> Sequence[str]:
    """Return the numbers of the ledger in a text, each once, parted by blanks, commas or lines."""
    for sign in ",，;；、":
        text = text.replace(sign, " ")
    return list(dict.fromkeys(text.split()))[:MOST_NUMBERS]
