"""Sheets of a workbook, read inside the child."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from math import isfinite

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.parts import check_markup, part_bytes
from shuiheng.adapters.workbooks.csv_table import csv_rows
from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.legacy import error_cells
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.sheet_scan import BookMarks, SheetMarks, scanned
from shuiheng.adapters.workbooks.table import Cell, CellFault, RawSheet

_OUTSIDE_ODS = (
    b"<table:table-source",
    b"<table:dde-link",
    b"<office:dde-source",
    b"<table:cell-range-source",
)


def read_sheets(
    content: bytes, *, form: WorkbookForm, limits: WorkbookLimits
) -> tuple[tuple[RawSheet, ...], bool]:
    """Return the sheets of a file, and whether its days count from 1904.

    Raises:
        ContainerRefusedError: It cannot be read, or is larger than allowed.
    """
    if form is WorkbookForm.CSV:
        rows = csv_rows(content, longest_cell=limits.cell_characters)
        return (RawSheet(name="CSV", is_visible=True, rows=_bounded(rows, "CSV", limits)),), False
    marks = _marks(content, form, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = tuple(
                _sheet(
                    book.get_sheet_by_name(each.name),
                    is_visible=each.visible is SheetVisibleEnum.Visible,
                    marks=marks.sheets.get(each.name, SheetMarks()),
                    limits=limits,
                )
                for each in book.sheets_metadata
                if each.typ is SheetTypeEnum.WorkSheet
            )
    except ContainerRefusedError:
        raise
    except PasswordError:
        raise ContainerRefusedError("encrypted") from None
    except (CalamineError, OSError, ValueError):
        raise ContainerRefusedError("damaged") from None
    if not sheets:
        raise ContainerRefusedError("no_sheet")
    if sum(1 for sheet in sheets for row in sheet.rows for cell in row if cell is not None) > limits.cells:
        raise ContainerRefusedError("too_many_cells", limit=str(limits.cells))
    return sheets, marks.is_1904


def _marks(content: bytes, form: WorkbookForm, limits: WorkbookLimits) -> BookMarks:
    if form is WorkbookForm.XLSX:
        return scanned(content, limits)
    if form is WorkbookForm.XLS:
        return BookMarks(
            sheets={name: SheetMarks(faults=cells) for name, cells in error_cells(content).items()}
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rdf")):
                xml = part_bytes(archive, part.filename, limits)
                check_markup(xml, part.filename)
                _check_open_sheet(xml, part.filename)
    return BookMarks(sheets={})


def _check_open_sheet(xml: bytes, name: str) -> None:
    if any(mark in xml for mark in _OUTSIDE_ODS):
        raise ContainerRefusedError("external_part", part=name)
    if b"of:=DDE(" in xml or b"WEBSERVICE(" in xml:
        raise ContainerRefusedError("active_formula", part=name)
    if b'calcext:value-type="error"' in xml:
        raise ContainerRefusedError("error_values")


def _sheet(sheet: CalamineSheet, *, is_visible: bool, marks: SheetMarks, limits: WorkbookLimits) -> RawSheet:
    if sheet.end is not None and sheet.end[0] >= limits.rows:
        raise ContainerRefusedError(
            "too_many_rows", sheet=sheet.name, cell=str(sheet.end[0] + 1), limit=str(limits.rows)
        )
    if sheet.end is not None and sheet.end[1] >= limits.columns:
        raise ContainerRefusedError(
            "too_many_columns", sheet=sheet.name, cell=str(sheet.end[1] + 1), limit=str(limits.columns)
        )
    found = [[_cell(each) for each in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), words in marks.faults.items():
        if row < limits.rows and column < limits.columns:
            found += [[] for _ in range(row + 1 - len(found))]
            found[row] += [None] * (column + 1 - len(found[row]))
            if found[row][column] is None:
                found[row][column] = CellFault(words)
    return RawSheet(
        name=sheet.name,
        is_visible=is_visible,
        rows=_bounded(found, sheet.name, limits),
        merged=tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        percents=frozenset(marks.percents),
    )


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool | datetime | date):
        return value
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else CellFault("#NUM!")
    return str(value)


def _bounded(
    rows: Iterable[Iterable[Cell]], sheet: str, limits: WorkbookLimits
) -> tuple[tuple[Cell, ...], ...]:
    """Return rows without blank ends; refuse what is too long, too wide or too far away."""
    kept: list[tuple[Cell, ...]] = []
    filled = 0
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        kept.append(tuple(cells))
        if not cells:
            continue
        if number - filled - 1 > limits.blank_run and filled:
            raise ContainerRefusedError("far_row", sheet=sheet, row=str(number), last=str(filled))
        filled = number
        if number > limits.rows:
            raise ContainerRefusedError(
                "too_many_rows", sheet=sheet, cell=str(number), limit=str(limits.rows)
            )
        if len(cells) > limits.columns:
            raise ContainerRefusedError(
                "too_many_columns", sheet=sheet, cell=str(len(cells)), limit=str(limits.columns)
            )
        if any(isinstance(cell, str) and len(cell) > limits.cell_characters for cell in cells):
            raise ContainerRefusedError("cell_too_long", limit=str(limits.cell_characters))
    return tuple(kept[:filled])
