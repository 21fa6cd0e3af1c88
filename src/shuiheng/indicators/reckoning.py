"""What a reader can reckon of cells that were withheld, from sums that were published (反推区间).

Exact linear programming over fractions: every withheld cell is at least 0, and every published sum holds.
Tables are small, so plain arithmetic is enough and nothing is lost to rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_ZERO, _ONE = Fraction(0), Fraction(1)
_Row = list[Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumOfCells:
    """A sum that a table shows or implies: one cell is the sum of others.

    Args:
        total: Key of the cell that is the sum.
        parts: Keys of the cells that are added up.
    """

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between which values a withheld cell must lie; no `high` where nothing bounds it."""

    low: Fraction
    high: Fraction | None


def bounds_of(
    withheld: Sequence[str], shown: Mapping[str, Decimal], sums: Sequence[SumOfCells]
) -> Mapping[str, Bounds]:
    """Return between which values a reader knows each withheld cell to lie (反推区间).

    Args:
        withheld: Keys of the cells that are not shown, all at least 0.
        shown: Values of the cells that are shown.
        sums: The sums that hold; every cell that they name is withheld or shown.
    """
    columns = {key: place for place, key in enumerate(withheld)}
    table = _first_corner([_equation(each, columns, shown) for each in sums], len(columns))
    found: dict[str, Bounds] = {}
    for key, place in columns.items():
        high = _largest(table, place, _ONE)
        low = _largest(table, place, -_ONE)
        found[key] = Bounds(low=-low if low is not None else _ZERO, high=high)
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """A simplex table: its rows, each with the right side at its end, and the column that each row solves."""

    rows: list[_Row]
    basis: list[int]


def _equation(each: SumOfCells, columns: Mapping[str, int], shown: Mapping[str, Decimal]) -> _Row:
    row = [_ZERO] * (len(columns) + 1)
    for key, sign in [(each.total, -_ONE), *((part, _ONE) for part in each.parts)]:
        if key in columns:
            row[columns[key]] += sign
        else:
            row[-1] -= sign * Fraction(shown[key])
    return row if row[-1] >= 0 else [-number for number in row]


def _first_corner(equations: Sequence[_Row], width: int) -> _Table:
    """Return a table that solves the equations; they have a solution, because the true cells are one."""
    count = len(equations)
    rows = [
        [*row[:-1], *(_ONE if place == at else _ZERO for place in range(count)), row[-1]]
        for at, row in enumerate(equations)
    ]
    table = _Table(rows, list(range(width, width + count)))
    _climb(table, [_ZERO] * width + [-_ONE] * count)
    _leave_added(table, width)
    kept = [at for at, column in enumerate(table.basis) if column < width]
    return _Table(
        [[*table.rows[at][:width], table.rows[at][-1]] for at in kept], [table.basis[at] for at in kept]
    )


def _leave_added(table: _Table, width: int) -> None:
    for at, column in enumerate(table.basis):
        if column >= width:
            real = next((place for place in range(width) if table.rows[at][place] != 0), None)
            if real is not None:
                _turn(table, at, real)


def _largest(table: _Table, place: int, sign: Fraction) -> Fraction | None:
    """Return the largest value of a cell, or of its negative; None where nothing bounds it."""
    width = len(table.rows[0]) - 1 if table.rows else place + 1
    costs = [sign if column == place else _ZERO for column in range(width)]
    if not table.rows:
        return None if sign > 0 else _ZERO
    copy = _Table([list(row) for row in table.rows], list(table.basis))
    if not _climb(copy, costs):
        return None
    return sum((costs[column] * row[-1] for column, row in zip(copy.basis, copy.rows, strict=True)), _ZERO)


def _climb(table: _Table, costs: Sequence[Fraction]) -> bool:
    """Turn the table until nothing gets larger (Bland's rule); return False where it grows without end."""
    while True:
        enters = next((place for place in range(len(costs)) if _gain(table, costs, place) > 0), None)
        if enters is None:
            return True
        ratios = [
            (row[-1] / row[enters], table.basis[at], at)
            for at, row in enumerate(table.rows)
            if row[enters] > 0
        ]
        if not ratios:
            return False
        _turn(table, min(ratios)[2], enters)


def _gain(table: _Table, costs: Sequence[Fraction], place: int) -> Fraction:
    spent = sum(
        (costs[column] * row[place] for column, row in zip(table.basis, table.rows, strict=True)), _ZERO
    )
    return costs[place] - spent


def _turn(table: _Table, at: int, place: int) -> None:
    pivot = table.rows[at][place]
    table.rows[at] = [number / pivot for number in table.rows[at]]
    for other, row in enumerate(table.rows):
        if other != at and row[place] != 0:
            factor = row[place]
            table.rows[other] = [
                number - factor * mine for number, mine in zip(row, table.rows[at], strict=True)
            ]
    table.basis[at] = place
