"""Tables on the pipe between the child and us: JSON with one spelling of each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.table import Cell, CellFault, RawSheet, RawTable

Wire = str | float | bool | list[str] | None


def cell_to_wire(cell: Cell) -> Wire:
    """Return a cell as JSON: text, number and truth as themselves, the rest as a marked pair."""
    if isinstance(cell, CellFault):
        return ["e", cell.words]
    if isinstance(cell, datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    return cell


def cell_from_wire(wire: Any) -> Cell:
    """Return the cell of a JSON value.

    Raises:
        ValueError: It is none.
    """
    if wire is None or isinstance(wire, str | bool):
        return wire
    if isinstance(wire, int | float):
        return float(wire)
    mark, words = wire
    if mark == "e":
        return CellFault(str(words))
    if mark == "t":
        return datetime.fromisoformat(words)
    if mark == "d":
        return date.fromisoformat(words)
    raise ValueError(f"no cell is marked {mark!r}")


def sheet_to_wire(sheet: RawSheet) -> dict[str, object]:
    """Return a sheet as JSON values."""
    return {
        "name": sheet.name,
        "visible": sheet.is_visible,
        "rows": [[cell_to_wire(cell) for cell in row] for row in sheet.rows],
        "merged": [list(area) for area in sheet.merged],
        "percents": [list(place) for place in sorted(sheet.percents)],
    }


def table_from_wire(told: Mapping[str, Any], *, name: str, form: WorkbookForm, content_key: str) -> RawTable:
    """Return the table that the child told.

    Raises:
        ValueError, TypeError, KeyError: It told nonsense.
    """
    sheets: Sequence[Mapping[str, Any]] = told["sheets"]
    return RawTable(
        name=name,
        form=form,
        content_key=content_key,
        sheets=tuple(_sheet(each) for each in sheets),
        is_1904=bool(told["is_1904"]),
    )


def _sheet(told: Mapping[str, Any]) -> RawSheet:
    return RawSheet(
        name=str(told["name"]),
        is_visible=bool(told["visible"]),
        rows=tuple(tuple(cell_from_wire(cell) for cell in row) for row in told["rows"]),
        merged=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in told["merged"]),
        percents=frozenset((int(row), int(column)) for row, column in told["percents"]),
    )
