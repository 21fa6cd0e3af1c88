"""What is known of a part of a place, told with its name beside the facts of the whole."""

from __future__ import annotations

from collections.abc import Collection

from shuiheng.indicators.facts import FactBook, FactKey


def book_of_part(book: FactBook, part: str, *, common: Collection[str] = ()) -> FactBook:
    """Return what is known of a part of a place, such as its built-up area, as a book of its own.

    Facts that are told by class, such as irrigation, have none for a part: their member names the class.

    Args:
        book: What is known of the place.
        part: The name of the part, which its facts bear as their member.
        common: Facts that hold for every place alike, such as the days of a year.
    """

    def own(key: FactKey) -> FactKey | None:
        if key.fact in common:
            return key
        is_part = key.member == part and not book.kinds[key.fact].is_by_member
        return FactKey(key.fact, key.year) if is_part else None

    return FactBook(
        kinds=book.kinds,
        figures={found: figure for key, figure in book.figures.items() if (found := own(key)) is not None},
        parts={found: parts for key, parts in book.parts.items() if (found := own(key)) is not None},
    )
