"""Values written into single cells of a sheet's XML; all else stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from shuiheng.adapters.containers.cell_writing import CELL_LIMIT, FIRST_DAY, is_exact
from shuiheng.adapters.workbooks.cell_styles import CellStyles
from shuiheng.adapters.workbooks.fill_values import FillValue, Share
from shuiheng.adapters.workbooks.markup import every, first, local_name, made
from shuiheng.adapters.workbooks.named_cells import Area, area_of, column_letters, column_number
from shuiheng.adapters.workbooks.printing import printed_number

FORMULA, AREA = "formula", "area"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY_ZERO, _SINCE_1904 = date(1899, 12, 30), 1462
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it is stored, and the style of its cell."""

    words: str
    style: int


class FilledSheet:
    """One sheet into which values are written.

    Args:
        root: The part of the sheet.
        styles: The styles of the workbook.
        is_1904: Whether its days count from 1904.
    """

    def __init__(self, root: etree._Element, styles: CellStyles, *, is_1904: bool) -> None:
        self.root = root
        self._styles = styles
        self._is_1904 = is_1904
        self._merged = [area for each in every(root, "mergeCell") if (area := area_of(str(each.get("ref"))))]
        self._arrays = [
            area
            for each in every(root, "f")
            if each.get("t") in ("array", "dataTable") and (area := area_of(str(each.get("ref"))))
        ]
        self._rows: dict[int, etree._Element] | None = None

    @property
    def is_protected(self) -> bool:
        """Whether the sheet is protected."""
        mark = first(self.root, "sheetProtection")
        return mark is not None and mark.get("sheet") in ("1", "true")

    def cell_of(self, area: Area) -> tuple[int, int] | None:
        """Return the cell that an area shows as one: itself, or the first of its merged cells."""
        top, left, bottom, right = area
        for merged in self._merged:
            if merged[0] <= top and bottom <= merged[2] and merged[1] <= left and right <= merged[3]:
                return merged[0], merged[1]
        return (top, left) if (top, left) == (bottom, right) else None

    def is_computed(self, place: tuple[int, int]) -> bool:
        """Return whether a formula gives the value of a cell."""
        row, column = place
        if any(a <= row <= c and b <= column <= d for a, b, c, d in self._arrays):
            return True
        cell = self._found(place)
        return cell is not None and first(cell, "f") is not None

    def write(self, place: tuple[int, int], value: FillValue) -> None:
        """Write a value into a cell, in the format that the cell has."""
        cell = self._cell(place)
        style = cell.get("s") or "0"
        number = self._stored(value, int(style) if style.isdecimal() else 0)
        for child in list(cell):
            cell.remove(child)
        for attribute in ("t", "cm", "vm"):
            cell.attrib.pop(attribute, "")
        if isinstance(number, _Number):
            if number.style:
                cell.set("s", str(number.style))
            child = made(cell, "v")
            child.text = number.words
            cell.append(child)
        elif number:
            cell.set("t", "inlineStr")
            whole, text = made(cell, "is"), made(cell, "t")
            text.text = number
            text.set(_SPACE, "preserve")
            whole.append(text)
            cell.append(whole)

    def forget_results(self) -> None:
        """Take the stored results of formulas away, so that every program computes them anew."""
        for cell in every(self.root, "c"):
            if first(cell, "f") is not None:
                for child in list(cell):
                    if local_name(child) in ("v", "is"):
                        cell.remove(child)
                cell.attrib.pop("t", "")

    def _stored(self, value: FillValue, style: int) -> _Number | str:
        """Return a value as it is stored: a number, or words."""
        if value is None:
            return ""
        if isinstance(value, str):
            return _UNPRINTABLE.sub("", value)[:CELL_LIMIT]
        if isinstance(value, date):
            if value < FIRST_DAY:
                return value.isoformat()
            days = (value - _DAY_ZERO).days - (_SINCE_1904 if self._is_1904 else 0)
            return _Number(str(days), self._styles.day_style(style)) if days >= 0 else value.isoformat()
        if isinstance(value, Share):
            number = value.ratio if self._styles.shows_percent(style) else value.ratio * 100
        else:
            number = Decimal(value)
        words = printed_number(number)
        return _Number(words, style) if is_exact(number) else words

    def _by_number(self) -> dict[int, etree._Element]:
        if self._rows is None:
            self._rows = dict(_numbered_rows(self._table()))
        return self._rows

    def _table(self) -> etree._Element:
        table = first(self.root, "sheetData")
        return table if table is not None else self.root

    def _found(self, place: tuple[int, int]) -> etree._Element | None:
        row = self._by_number().get(place[0])
        return None if row is None else dict(_numbered_cells(row)).get(place[1])

    def _cell(self, place: tuple[int, int]) -> etree._Element:
        """Return the cell, which is made when it is not there, in its order."""
        found = self._found(place)
        if found is not None:
            return found
        number, column = place
        rows = self._by_number()
        if number not in rows:
            row = made(self._table(), "row", r=str(number + 1))
            later = min((other for other in rows if other > number), default=None)
            if later is None:
                self._table().append(row)
            else:
                rows[later].addprevious(row)
            rows[number] = row
        row = rows[number]
        cell = made(row, "c", r=f"{column_letters(column)}{number + 1}")
        style = row.get("s") if row.get("customFormat") in ("1", "true") else self._column_style(column)
        if style:
            cell.set("s", style)
        behind = next((other for at, other in _numbered_cells(row) if at > column), None)
        if behind is None:
            row.append(cell)
        else:
            behind.addprevious(cell)
        return cell

    def _column_style(self, column: int) -> str | None:
        for each in every(self.root, "col"):
            low, high = str(each.get("min")), str(each.get("max"))
            if low.isdecimal() and high.isdecimal() and int(low) <= column + 1 <= int(high):
                return each.get("style")
        return None


def _numbered_rows(table: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the rows with their numbers from 0; one without a number follows the one before."""
    number = -1
    for row in every(table, "row"):
        stated = str(row.get("r"))
        number = int(stated) - 1 if stated.isdecimal() else number + 1
        yield number, row


def _numbered_cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row with their columns from 0."""
    column = -1
    for cell in every(row, "c"):
        place = _PLACE.fullmatch(str(cell.get("r")))
        column = column_number(place[1]) if place else column + 1
        yield column, cell
