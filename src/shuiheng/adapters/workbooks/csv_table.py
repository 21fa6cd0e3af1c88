"""Rows of a CSV file, whatever its encoding and its separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from shuiheng.adapters.containers.cell_safety import rearmed
from shuiheng.adapters.containers.encoding import decoded
from shuiheng.adapters.containers.errors import ContainerRefusedError

_SEPARATORS = (",", "\t", ";", "|", "，", "；")
_SAMPLE_LINES = 30


def csv_rows(content: bytes, *, longest_cell: int) -> Iterator[list[str | None]]:
    """Yield the rows; blank cells are None.

    Raises:
        ContainerRefusedError: `not_text`, or `cell_too_long`.
    """
    text = decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(longest_cell)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator_of(text), strict=False):
            yield [_cell(each) for each in row]
    except csv.Error:
        raise ContainerRefusedError("cell_too_long", limit=str(longest_cell)) from None


def separator_of(text: str) -> str:
    """Return the separator that splits most of the first lines into the same number of cells."""
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    scores = {}
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        filled = [count for count in counts if count]
        usual = max(set(filled), key=lambda count: (filled.count(count), count), default=0)
        scores[separator] = (filled.count(usual) * usual, len(filled))
    return max(_SEPARATORS, key=lambda separator: (scores[separator], -_SEPARATORS.index(separator)))


def _cell(text: str) -> str | None:
    plain = text.strip(" \u3000\t")
    return rearmed(plain) if plain else None
