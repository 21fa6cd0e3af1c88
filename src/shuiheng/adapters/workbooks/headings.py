"""Finding the table in a file: the sheet, the row of headings, and the place of each column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.cells.plain import plain_word
from shuiheng.adapters.workbooks.table import Cell, RawSheet, RawTable
from shuiheng.adapters.workbooks.template import Column, Template

_SEARCHED_ROWS = 20
_UNIT = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]$")
_SHARE_FOUND = 2  # a sheet is taken when at least one column in two is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Where the columns of a template stand in a sheet.

    Args:
        sheet: The sheet.
        row: Row of the headings, counted from 0.
        positions: Column of the sheet, from 0, by key of column.
        own: Column of 校验结果, 序号 and 情况说明 where they stand.
        twice: Headings of columns that stand more than once.
        other_units: Column and unit found, where a heading carries another unit.
        unknown: Position and words of headings that the template does not have.
    """

    sheet: RawSheet
    row: int
    positions: dict[str, int]
    own: dict[str, int]
    twice: tuple[str, ...] = ()
    other_units: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()


def candidate_sheets(table: RawTable) -> Iterator[RawSheet]:
    """Yield the sheets in which a table may stand."""
    return (sheet for sheet in table.sheets if sheet.is_visible and sheet.name not in layout.OWN_SHEETS)


def found_heads(table: RawTable, template: Template) -> list[Heads]:
    """Return the places where the template's table stands, the best first."""
    found = [heads for sheet in candidate_sheets(table) if (heads := _in_sheet(sheet, template)) is not None]
    return sorted(found, key=lambda heads: -len(heads.positions))


def matched_template(table: RawTable, template: Template, *, wanted: Collection[str]) -> Template:
    """Return the template with those of its columns that the sender's own sheet has.

    Args:
        table: The file, which is not one of ours.
        template: The form with all columns that are known.
        wanted: Keys of the columns without which a sheet is not taken; where no sheet has them
            all, they are what remains of the template.
    """
    found: set[str] = set()
    for sheet in candidate_sheets(table):
        for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            there = set(_in_row(sheet, number, row, template).positions)
            if there.issuperset(wanted) and len(there) > len(found):
                found = there
    kept = tuple(column for column in template.columns if column.key in (found or set(wanted)))
    keys = {column.key for column in kept}
    rules = tuple(rule for rule in template.rules if keys.issuperset({rule.left, *rule.right}))
    return replace(template, columns=kept, rules=rules)


def _in_sheet(sheet: RawSheet, template: Template) -> Heads | None:
    best: Heads | None = None
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        heads = _in_row(sheet, number, row, template)
        if best is None or len(heads.positions) > len(best.positions):
            best = heads
    if best is None or len(best.positions) * _SHARE_FOUND < len(template.columns):
        return None
    return best


def _in_row(sheet: RawSheet, number: int, row: Sequence[Cell], template: Template) -> Heads:
    names = {
        _bare(name): column for column in template.columns for name in (column.zh, column.en, *column.also)
    }
    names.pop("", None)
    positions: dict[str, int] = {}
    own: dict[str, int] = {}
    twice, other_units, unknown = [], [], []
    for at, cell in enumerate(row):
        if not isinstance(cell, str):
            continue
        word = _bare(cell)
        name, unit = _split(word)
        column = names.get(word) or names.get(name)
        if cell.strip() in layout.OWN_HEADINGS and column is None:
            own.setdefault(cell.strip(), at)
        elif column is None:
            unknown.append((at, cell.strip()))
        elif column.key in positions:
            twice.append(column.zh)
        else:
            positions[column.key] = at
            if unit and word not in names and unit not in _units(column):
                other_units.append((column.key, unit))
    return Heads(
        sheet=sheet,
        row=number,
        positions=positions,
        own=own,
        twice=tuple(twice),
        other_units=tuple(other_units),
        unknown=tuple(unknown),
    )


def _bare(text: str) -> str:
    """Return a heading for comparison: half-width, small letters, without mark of need or white space."""
    return plain_word(text).lower().strip("*").replace("[", "(").replace("]", ")")


def _split(word: str) -> tuple[str, str]:
    """Return the name and the unit of a heading."""
    unit = _UNIT.search(word)
    return (word[: unit.start()].strip("*"), unit[1]) if unit else (word, "")


def _units(column: Column) -> set[str]:
    return {_bare(unit) for unit in (column.shown_unit, *column.unit_also) if unit} | {""}
