"""Which cells of a public table are withheld, so that nobody reads a single user out of it (小单元格保护)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shuiheng.indicators.reckoning import Bounds, SumOfCells, bounds_of

ONE = Decimal(1)


class Withheld(StrEnum):
    """Why a cell is withheld.

    `few`: too few users stand behind it. `dominated`: one user is nearly all of it. `protecting`: another
    cell could be reckoned from it. `before`: it was withheld when the table was published last.
    """

    FEW = "few"
    DOMINATED = "dominated"
    PROTECTING = "protecting"
    BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCellRule:
    """When a cell is withheld.

    Args:
        fewest: So many users must stand behind a cell.
        dominance: No user may be more than this share of it.
        nearness: Nobody may be able to reckon a withheld cell more closely than by this share.
    """

    fewest: int
    dominance: Decimal
    nearness: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell of a table (单元格).

    Args:
        value: What it says, at least 0.
        users: How many users stand behind it.
        largest: The part of the largest of them.
    """

    value: Decimal
    users: int
    largest: Decimal


def withheld_cells(
    cells: Mapping[str, TableCell],
    sums: Sequence[SumOfCells],
    rule: SmallCellRule,
    *,
    before: Collection[str] = (),
    known: Collection[str] = (),
) -> Mapping[str, Withheld]:
    """Return the cells that are withheld, each with the reason (小单元格保护).

    Cells that tell of too few users go first; then others, until no reader can reckon one of those more
    closely than the rule allows from the sums that hold.

    Args:
        cells: The cells by key; none is negative.
        sums: The sums that hold between them.
        rule: When a cell is withheld.
        before: Keys that were withheld when the same table was published last; they stay so.
        known: Keys that readers know from then; withholding them now would protect nothing.
    """
    table = _Table(cells, sums, rule, frozenset(known))
    found = {key: why for key, cell in cells.items() if (why := _reason(cell, rule)) is not None}
    guarded = sorted(key for key in found if key not in known)
    found |= {key: Withheld.BEFORE for key in before if key in cells and key not in found}
    while (exposed := _exposed(table, found, guarded)) is not None:
        chosen = _protecting(table, exposed, found)
        if chosen is None:
            break
        found[chosen] = Withheld.PROTECTING
    return found


def is_near(bounds: Bounds, value: Decimal, nearness: Decimal) -> bool:
    """Return whether bounds tell a value more closely than by a share of it."""
    least, most = Fraction(value * (ONE - nearness)), Fraction(value * (ONE + nearness))
    is_low_near = value > 0 and bounds.low > least
    is_high_near = bounds.high is not None and (bounds.high < most or bounds.high == bounds.low)
    return is_low_near or is_high_near


def _reason(cell: TableCell, rule: SmallCellRule) -> Withheld | None:
    if 0 < cell.users < rule.fewest:
        return Withheld.FEW
    if cell.users and cell.largest > cell.value * rule.dominance:
        return Withheld.DOMINATED
    return None


@dataclass(frozen=True, slots=True)
class _Table:
    cells: Mapping[str, TableCell]
    sums: Sequence[SumOfCells]
    rule: SmallCellRule
    known: frozenset[str]


def _exposed(table: _Table, found: Collection[str], guarded: Sequence[str]) -> str | None:
    """Return a guarded cell that a reader can reckon, or None."""
    hidden = [key for key in table.cells if key in found and key not in table.known]
    shown = {key: cell.value for key, cell in table.cells.items() if key not in hidden}
    bounds = bounds_of(hidden, shown, table.sums)
    near = table.rule.nearness
    return next((key for key in guarded if is_near(bounds[key], table.cells[key].value, near)), None)


def _protecting(table: _Table, exposed: str, found: Collection[str]) -> str | None:
    """Return the cell whose withholding costs least: large enough, a part before a sum, then the smallest.

    When its own sums have none left, cells are next that hang together with it through others.
    """
    enough = table.cells[exposed].value * table.rule.nearness
    totals = {each.total for each in table.sums}
    edge, reached = {exposed}, {exposed}
    while edge:
        named = [{each.total, *each.parts} for each in table.sums]
        beside = {key for keys in named if edge & keys for key in keys}
        free = [key for key in beside if key not in found and key not in table.known]
        if free:
            return min(free, key=lambda key: _cost(key, table.cells[key], enough, totals))
        edge = beside - reached
        reached |= beside
    return None


def _cost(
    key: str, cell: TableCell, enough: Decimal, totals: Collection[str]
) -> tuple[bool, bool, Decimal, str]:
    is_small = cell.value <= enough
    return is_small, key in totals, -cell.value if is_small else cell.value, key
