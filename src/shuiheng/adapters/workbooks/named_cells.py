"""The names of a workbook that point to one cell, or to one merged area; read inside the child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from lxml import etree

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.markup import every, related_parts, relation_ids

_MOST_NAMES = 20_000
_BUILT_IN = "_xlnm."
_TARGET = re.compile(
    r"(?:'((?:[^']|''){1,200})'|([^'!]{1,200}))!\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArea:
    """A defined name and where it points.

    Args:
        name: The name as it is written.
        part: Part of the sheet, in small letters; empty when the name points to no cells.
        sheet: Name of the sheet.
        area: The cells.
    """

    name: str
    part: str = ""
    sheet: str = ""
    area: Area = (0, 0, 0, 0)


def name_key(name: str) -> str:
    """Return a name for comparison: a spreadsheet holds letters of either case and width to be the same."""
    return normalize("NFKC", name).casefold()


def named_areas(book: etree._Element, relations: etree._Element) -> list[NamedArea]:
    """Return the names that people gave in a workbook, of the whole book and of single sheets.

    Names that the program keeps for itself (print areas, filters) and hidden ones are left out.

    Raises:
        ContainerRefusedError: There are too many.
    """
    parts = _parts(book, relations)
    found = list(_named(book, parts))
    if len(found) > _MOST_NAMES:
        raise ContainerRefusedError("too_many_names", limit=str(_MOST_NAMES))
    return found


def _parts(book: etree._Element, relations: etree._Element) -> dict[str, tuple[str, str]]:
    """Return part and name of each sheet, by its name in small letters."""
    targets = related_parts(relations)
    return {
        str(sheet.get("name")).casefold(): (targets[each], str(sheet.get("name")))
        for sheet in every(book, "sheet")
        for each in relation_ids(sheet)
        if each in targets
    }


def _named(book: etree._Element, parts: dict[str, tuple[str, str]]) -> Iterator[NamedArea]:
    for each in every(book, "definedName"):
        name, is_hidden = str(each.get("name") or ""), each.get("hidden") in ("1", "true")
        if not name or is_hidden or name.startswith(_BUILT_IN):
            continue
        target = _TARGET.fullmatch((each.text or "").strip())
        sheet = (target[1] or "").replace("''", "'") or target[2] if target else ""
        if target is None or sheet.casefold() not in parts:
            yield NamedArea(name=name)
            continue
        part, shown = parts[sheet.casefold()]
        top, left = int(target[4]) - 1, column_number(target[3])
        bottom = int(target[6]) - 1 if target[6] else top
        right = column_number(target[5]) if target[5] else left
        yield NamedArea(name=name, part=part, sheet=shown, area=(top, left, bottom, right))


def column_number(letters: str) -> int:
    """Return a column such as `AB`, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 0."""
    letters, left = "", number + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area_of(words: str) -> Area | None:
    """Return the area that `A1:C3` or `A1` means, or None."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", words.strip())
    if found is None:
        return None
    top, left = int(found[2]) - 1, column_number(found[1])
    return (top, left, int(found[4]) - 1, column_number(found[3])) if found[3] else (top, left, top, left)
