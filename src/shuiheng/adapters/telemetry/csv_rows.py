"""Rows of cells from lines; a quoted cell may hold line ends, a forgotten quote costs one line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shuiheng.adapters.telemetry.text_lines import Line

_SEPARATORS = (",", "\t", ";", "|", "，", "；")
_LONGEST_CELL_LINES = 20


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row by the line on which it begins; `fault` says why it has no cells."""

    line: int
    cells: list[str]
    fault: str = ""


def csv_rows(lines: Iterable[Line], *, separator: str) -> Iterator[CsvRow]:
    """Yield the rows of lines; empty lines are left out."""
    waiting = _Waiting(iter(lines))
    for line in waiting:
        if line.fault:
            yield CsvRow(line.number, [], line.fault)
        elif '"' not in line.text:
            if line.text.strip():
                yield CsvRow(line.number, line.text.split(separator))
        else:
            yield _quoted(line, waiting, separator)


class _Waiting:
    """Lines of which some may be put back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._back: list[Line] = []

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._back.pop() if self._back else next(self._lines)

    def put_back(self, lines: list[Line]) -> None:
        self._back += reversed(lines)


def _quoted(line: Line, waiting: _Waiting, separator: str) -> CsvRow:
    text = line.text
    more: list[Line] = []
    while text.count('"') % 2 and len(more) < _LONGEST_CELL_LINES:
        following = next(waiting, None)
        if following is None or following.fault:
            more += [following] if following is not None else []
            break
        more.append(following)
        text += "\n" + following.text
    if text.count('"') % 2:
        waiting.put_back(more)
        return CsvRow(line.number, [], "quote_open")
    try:
        (cells,) = csv.reader([text], delimiter=separator)
    except (csv.Error, ValueError):
        return CsvRow(line.number, [], "quote_open")
    return CsvRow(line.number, cells)


def separator_of(lines: Iterable[Line]) -> str:
    """Return the separator that splits most of the lines into the same number of cells."""
    texts = [line.text for line in lines if line.text.strip()]
    scores = {}
    for separator in _SEPARATORS:
        counts = [count for text in texts if (count := text.count(separator))]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        scores[separator] = (counts.count(usual) * usual, len(counts))
    return max(_SEPARATORS, key=lambda each: (scores[each], -_SEPARATORS.index(each)))
