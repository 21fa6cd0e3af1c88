"""A first column inserted into a sheet, and everything that names its cells moved along."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

_PLACE = re.compile(r"(\$?)([A-Z]{1,3})(\$?[0-9]{1,7})?(?![A-Z0-9(])")


def insert_first_column(book: Any, page: Any) -> None:
    """Insert a column before the first; widths, areas, lists and formulas move with their cells."""
    merged = [str(area) for area in page.merged_cells.ranges]
    for area in merged:
        page.unmerge_cells(area)
    widths = {
        column_index_from_string(letter): size.width
        for letter, size in page.column_dimensions.items()
        if size.width and letter.isalpha()
    }
    page.insert_cols(1)
    for area in merged:
        page.merge_cells(_moved_area(area))
    for index, width in widths.items():
        page.column_dimensions[get_column_letter(index + 1)].width = width
    page.column_dimensions["A"].width = 24
    _move_areas(page)
    _move_formulas(book, page)


def _move_areas(page: Any) -> None:
    for rule in page.data_validations.dataValidation:
        rule.sqref = MultiCellRange(" ".join(_moved_area(str(area)) for area in rule.sqref.ranges))
    old, page.conditional_formatting = page.conditional_formatting, ConditionalFormattingList()
    for formatting in old:
        areas = " ".join(_moved_area(area) for area in str(formatting.sqref).split())
        for rule in formatting.rules:
            rule.formula = [_moved_formula(f"={text}", page.title, is_own=True)[1:] for text in rule.formula]
            page.conditional_formatting.add(areas, rule)
    if page.auto_filter.ref:
        page.auto_filter.ref = _moved_area(page.auto_filter.ref)
    if page.freeze_panes:
        page.freeze_panes = _moved_area(page.freeze_panes)
    for row in page.iter_rows():
        for cell in row:
            if cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate


def _move_formulas(book: Any, page: Any) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = _moved_formula(cell.value, page.title, is_own=sheet is page)
    names = [
        *book.defined_names.values(),
        *(each for sheet in book.worksheets for each in sheet.defined_names.values()),
    ]
    for name in names:
        if name.attr_text:
            name.attr_text = _moved_formula(f"={name.attr_text}", page.title, is_own=False)[1:]


def _moved_area(area: str) -> str:
    moved = CellRange(area.replace("$", ""))
    moved.shift(col_shift=1)
    return str(moved.coord)


def _moved_formula(formula: str, title: str, *, is_own: bool) -> str:
    """Return a formula whose references to the sheet `title` point one column further."""
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            sheet, mark, places = token.value.rpartition("!")
            named = sheet.strip("'").replace("''", "'")
            if (mark and named == title) or (not mark and is_own):
                token.value = sheet + mark + _PLACE.sub(_moved_place, places)
    return str(tokens.render())


def _moved_place(found: re.Match[str]) -> str:
    if not found[3] and found.string.isalnum():
        return found[0]
    return f"{found[1]}{get_column_letter(column_index_from_string(found[2]) + 1)}{found[3] or ''}"
