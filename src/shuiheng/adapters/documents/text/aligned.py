"""Tables drawn with characters: bars, columns kept by spaces, values parted by commas."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence

from shuiheng.adapters.documents.characters import glued
from shuiheng.adapters.documents.text.alignment import MOST_COLUMNS
from shuiheng.adapters.documents.text.kinds import is_header_row

_BAR = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"[\s|｜│┃+\-:=_─━┼├┤┬┴┌┐└┘═╪╞╡]+")
_GAP = re.compile(r"(?: {2,}|\u3000+ *)")
Rows = list[list[str]]


def drawn_table(lines: Sequence[str], start: int) -> tuple[Rows, int] | None:
    """Return the rows of a drawn table that begins at line `start`, and the line behind it."""
    line = lines[start]
    if len(_BAR.findall(line)) >= 2 or (_RULE.fullmatch(line) and "+" in line + "┌"):
        return _barred(lines, start)
    if line.count(",") >= 2 or line.count("，") >= 2 or line.count(";") >= 2:
        return _comma_parted(lines, start)
    if len(_GAP.split(line.strip())) >= 3:
        return _spaced(lines, start)
    return None


def _barred(lines: Sequence[str], start: int) -> tuple[Rows, int] | None:
    rows: Rows = []
    end = start
    ruled = [bool(line.strip()) and bool(_RULE.fullmatch(line)) for line in lines[start : start + 3000]]
    boxed = False
    between = True
    for offset, is_rule in enumerate(ruled):
        line = lines[start + offset]
        if is_rule:
            boxed = boxed or (between is False and len(rows) > 1 and offset > 2)
            between = True
        elif 2 <= len(_BAR.findall(line)) <= MOST_COLUMNS:
            fields = [field.strip() for field in _BAR.split(line.strip())]
            fields = fields[
                1 if _BAR.match(line.strip()) else 0 : -1 if _BAR.match(line.strip()[-1]) else None
            ]
            if between or not _has_many_rules(ruled) or not rows or len(rows[-1]) != len(fields):
                rows.append(fields)
            else:
                rows[-1] = [glued(above, below) for above, below in zip(rows[-1], fields, strict=True)]
            between = False
        else:
            break
        end = start + offset + 1
    return (rows, end) if len(rows) >= 2 and max(map(len, rows)) >= 2 else None


def _has_many_rules(ruled: Sequence[bool]) -> bool:
    """Return whether rules part the rows (a box), not only the header (Markdown)."""
    return sum(ruled) >= 3


def _comma_parted(lines: Sequence[str], start: int) -> tuple[Rows, int] | None:
    mark = max(",，;", key=lines[start].count)
    try:
        header = next(csv.reader([lines[start]], delimiter=mark))
    except (csv.Error, StopIteration):
        return None
    if not 3 <= len(header) <= MOST_COLUMNS or not all(map(str.strip, header)):
        return None
    if not is_header_row(header):
        return None
    rows: Rows = [header]
    index = start + 1
    while index < len(lines) and lines[index].strip():
        try:
            fields = next(csv.reader([lines[index]], delimiter=mark))
        except (csv.Error, StopIteration):
            break
        if len(fields) != len(header):
            break
        rows.append([field.strip() for field in fields])
        index += 1
    return (rows, index) if len(rows) >= 3 else None


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _segments(line: str) -> list[tuple[int, int, str]]:
    """Return the parts of a line between wide gaps, with where they begin and end on the screen."""
    found = []
    at = 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        text = line[at:end]
        if text.strip():
            left = _width(line[:at]) + len(text) - len(text.lstrip())
            found.append((left, left + _width(text.strip()), text.strip()))
        at = gap.end() if gap else end
    return found


def _spaced(lines: Sequence[str], start: int) -> tuple[Rows, int] | None:
    """Return rows whose fields begin below the words of the header."""
    header = _segments(lines[start])
    if not 3 <= len(header) <= MOST_COLUMNS or not is_header_row([text for _, _, text in header]):
        return None
    rows: Rows = [[text for _, _, text in header]]
    opens_row = True
    index = end = start + 1
    while index < len(lines):
        parts = _segments(lines[index])
        if not parts:
            opens_row = True
            index += 1
            continue
        fields = _below(parts, header)
        if fields is None:
            break
        if fields == rows[0]:
            opens_row = True
        elif opens_row or fields[0] or len(parts) == len(header):
            rows.append(fields)
            opens_row = False
        else:
            rows[-1] = [glued(above, below) for above, below in zip(rows[-1], fields, strict=True)]
        index += 1
        end = index
    return (rows, end) if len(rows) >= 3 else None


def _below(parts: Sequence[tuple[int, int, str]], header: Sequence[tuple[int, int, str]]) -> list[str] | None:
    """Place the parts of a line below the header words, or None when they do not stand below them."""
    if len(parts) > len(header) or (
        len(parts) == 1 and parts[0][0] < header[1][0] and _width(parts[0][2]) > 40
    ):
        return None
    fields = [""] * len(header)
    for left, right, text in parts:
        column = min(
            range(len(header)),
            key=lambda at: min(
                abs(header[at][0] - left), abs(header[at][0] + header[at][1] - left - right) / 2
            ),
        )
        if fields[column]:
            return None
        fields[column] = text
    return fields
