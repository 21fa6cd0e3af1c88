"""The filling process: takes a workbook on its input and gives it back with its named cells filled.

Input: one line of JSON (`Order` with the values by name), then the bytes of the file. Output: one line
of JSON that says what was done, then the bytes of the workbook; or `{"refused": ...}` alone.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Mapping

from lxml import etree

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.parts import part_bytes
from shuiheng.adapters.workbooks.cell_styles import CellStyles
from shuiheng.adapters.workbooks.fill_values import FillValue, value_from_wire
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.markup import every, first, made, tree
from shuiheng.adapters.workbooks.named_cells import NamedArea, column_letters, name_key, named_areas
from shuiheng.adapters.workbooks.orders import Order, refusal, taken_order
from shuiheng.adapters.workbooks.sheet_filling import AREA, FORMULA, FilledSheet
from shuiheng.adapters.workbooks.sheet_scan import scanned

_BOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_FORMULAS = re.compile(rb"<(?:\w{1,9}:)?f\b")
_NOWHERE = "nowhere"
Told = dict[str, list[list[str]]]


def main() -> int:
    """Fill one workbook from the input and print it."""
    order, content = taken_order(sys.stdin.buffer, may_write=False)
    sys.stdout.buffer.write(answer(order, content))
    sys.stdout.flush()
    return 0


def answer(order: Order, content: bytes) -> bytes:
    """Return what was done and the filled workbook, or why it was refused."""
    limits = WorkbookLimits(**order.limits)
    try:
        values = {str(name): value_from_wire(wire) for name, wire in order.answers.items()}
        told, book = filled(content, values, limits)
    except ContainerRefusedError as refused:
        return refusal(refused.cause, refused.values)
    except MemoryError:
        return refusal("too_much_memory", {})
    return json.dumps(told, ensure_ascii=True).encode("ascii") + b"\n" + book


def filled(content: bytes, values: Mapping[str, FillValue], limits: WorkbookLimits) -> tuple[Told, bytes]:
    """Return what was done with each name, and the workbook with these values in its named cells.

    Raises:
        ContainerRefusedError: It cannot be read, or a sheet to be filled is protected.
    """
    marks = scanned(content, limits)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        work = _Work(archive, limits, is_1904=marks.is_1904)
        told = work.fill(values)
        return told, work.packed()


class _Work:
    """One workbook while it is filled: the parts that change, and all others as they were."""

    def __init__(self, archive: zipfile.ZipFile, limits: WorkbookLimits, *, is_1904: bool) -> None:
        self._archive, self._limits, self._is_1904 = archive, limits, is_1904
        self._parts = {part.filename.lower(): part.filename for part in archive.infolist()}
        self._book = tree(self._bytes(_BOOK))
        styles = self._bytes(_STYLES) if _STYLES in self._parts else None
        self._styles = CellStyles(tree(styles) if styles is not None else made(self._book, "styleSheet"))
        self._sheets: dict[str, FilledSheet] = {}

    def fill(self, values: Mapping[str, FillValue]) -> Told:
        """Write the values; return for each name of the workbook what was done."""
        told: Told = {"filled": [], "left": [], "unknown": []}
        known = {name_key(name): name for name in values}
        for named in named_areas(self._book, tree(self._bytes(_RELATIONS))):
            ours = known.get(name_key(named.name))
            if ours is None:
                if named.part and self._sheet(named.part).cell_of(named.area) is not None:
                    told["unknown"].append([named.name])
                continue
            why, place = self._fill_one(named, values[ours])
            told["left" if why else "filled"].append([ours, why or named.sheet, place])
        return told

    def packed(self) -> bytes:
        """Return the workbook; results of formulas are left out, for they may rest on what was written."""
        changed = {part: sheet.root for part, sheet in self._sheets.items()}
        for part, name in self._parts.items():
            if part.startswith("xl/worksheets/") and part not in changed and part.endswith(".xml"):
                xml = part_bytes(self._archive, name, self._limits)
                if _FORMULAS.search(xml):
                    changed[part] = self._sheet(part).root
        for sheet in self._sheets.values():
            sheet.forget_results()
        changed[_BOOK] = _recomputed(self._book)
        if self._styles.is_changed and _STYLES in self._parts:
            changed[_STYLES] = self._styles.root
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for part_of in self._archive.infolist():
                root = changed.get(part_of.filename.lower())
                content = (
                    part_bytes(self._archive, part_of.filename, self._limits)
                    if root is None
                    else etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                )
                target.writestr(part_of.filename, content)
        return out.getvalue()

    def _fill_one(self, named: NamedArea, value: FillValue) -> tuple[str, str]:
        """Write one value; return why it was not written, and the cell."""
        if not named.part or named.part not in self._parts:
            return _NOWHERE, ""
        sheet = self._sheet(named.part)
        place = sheet.cell_of(named.area)
        first_cell = f"{column_letters(named.area[1])}{named.area[0] + 1}"
        if place is None:
            return AREA, f"{named.sheet}!{first_cell}"
        shown = f"{column_letters(place[1])}{place[0] + 1}"
        if sheet.is_computed(place):
            return FORMULA, f"{named.sheet}!{shown}"
        if sheet.is_protected:
            raise ContainerRefusedError("sheet_protected", sheet=named.sheet)
        sheet.write(place, value)
        return "", shown

    def _sheet(self, part: str) -> FilledSheet:
        if part not in self._sheets:
            root = tree(self._bytes(part))
            self._sheets[part] = FilledSheet(root, self._styles, is_1904=self._is_1904)
        return self._sheets[part]

    def _bytes(self, part: str) -> bytes:
        if part not in self._parts:
            raise ContainerRefusedError("damaged")
        return part_bytes(self._archive, self._parts[part], self._limits)


def _recomputed(book: etree._Element) -> etree._Element:
    """Return the workbook part with the order to compute all formulas when it is opened."""
    order = first(book, "calcPr")
    if order is None:
        order = made(book, "calcPr")
        names = next(every(book, "definedNames"), first(book, "sheets"))
        if names is None:
            raise ContainerRefusedError("damaged")
        names.addnext(order)
    order.set("fullCalcOnLoad", "1")
    return book


if __name__ == "__main__":
    sys.exit(main())
