"""Rows of unequal length placed into one grid, by what stands in their fields.

A flattened table loses its lines: merged cells leave no field, page breaks shift columns.
What remains is the order of the fields and their sort. The columns are learned from the
longest rows that occur often; each other row is placed where its fields fit best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import inf

from shuiheng.adapters.documents.drafts import DraftCell, whole_grid
from shuiheng.adapters.documents.text.kinds import CellKind, header_kind, kind_of
from shuiheng.plans.document import MergeEvidence

MOST_COLUMNS = 63  # as many as Word allows
_SKIPPED = 0.15
_LEAST = 1e-9
_DROPPED = 0.4
_NEAR = {
    (CellKind.NUMBER, CellKind.LABEL): 0.5,
    (CellKind.LABEL, CellKind.NUMBER): 0.6,
    (CellKind.ITEM, CellKind.NUMBER): 0.25,
    (CellKind.ITEM, CellKind.LABEL): 0.35,
    (CellKind.ITEM, CellKind.SENTENCE): 1.0,
    (CellKind.ITEM, CellKind.UNITS): 1.5,
    (CellKind.NUMBER, CellKind.ITEM): 0.25,
    (CellKind.LABEL, CellKind.ITEM): 0.35,
    (CellKind.SENTENCE, CellKind.ITEM): 2.5,
    (CellKind.UNITS, CellKind.ITEM): 1.5,
    (CellKind.LABEL, CellKind.SENTENCE): 1.0,
    (CellKind.SENTENCE, CellKind.LABEL): 2.5,
    (CellKind.UNITS, CellKind.LABEL): 1.5,
    (CellKind.LABEL, CellKind.UNITS): 1.2,
    (CellKind.NUMBER, CellKind.SENTENCE): 2.0,
    (CellKind.SENTENCE, CellKind.UNITS): 2.5,
    (CellKind.UNITS, CellKind.SENTENCE): 2.0,
}
_FAR = 3.0


def placed_rows(
    rows: Sequence[list[str]], *, header_rows: int = 1, page: int | None = None
) -> list[DraftCell]:
    """Return the cells of a grid that holds every word of `rows`, the first `header_rows` as header."""
    width = grid_width(
        rows[header_rows:], least=max(len(_trimmed(row)) for row in rows[:header_rows] or [[]])
    )
    body = [_trimmed(row) for row in rows[header_rows:]]
    profile = _profile([row for row in body if len(row) == width] or body, width)
    cells: list[DraftCell] = []
    for index, row in enumerate(rows):
        is_header = index < header_rows
        kinds = [header_kind(field) if is_header else kind_of(field) for field in row]
        placed = _placed(row, kinds, profile)
        for cell in placed:
            cell.row, cell.is_header, cell.page = index, is_header, page
        cells += placed
    return whole_grid(cells, merge=MergeEvidence.UNKNOWN)


def grid_width(rows: Sequence[list[str]], *, least: int) -> int:
    """Return how many columns the grid has: the longest length that is no accident, at least one."""
    counts = Counter(len(_trimmed(row)) for row in rows)
    enough = max(2, len(rows) // 20)
    usual = max([least, *(length for length, count in counts.items() if count >= enough)])
    return usual or max([1, *counts])


def _trimmed(row: list[str]) -> list[str]:
    """Return the row without the empty fields at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _profile(rows: Sequence[list[str]], width: int) -> list[Counter[CellKind]]:
    """Count for each column what stands in it in rows of full length, else aligned from the right."""
    profile: list[Counter[CellKind]] = [Counter() for _ in range(width)]
    for row in rows:
        shift = width - len(row)
        for index, field in enumerate(row):
            if 0 <= index + shift < width:
                profile[index + shift][kind_of(field)] += 1
    return profile


def _fit(kind: CellKind, column: Counter[CellKind]) -> float:
    """Return how badly words of `kind` suit a column, 0 when they are the usual ones."""
    filled = {seen: count for seen, count in column.items() if seen is not CellKind.EMPTY}
    total = sum(filled.values())
    if kind is CellKind.EMPTY:
        return 0.05 * total / (sum(column.values()) or 1)
    if not total:
        return 0.4 if kind in (CellKind.LABEL, CellKind.NUMBER) else 2.0
    return sum(
        (0.0 if seen is kind else _NEAR.get((kind, seen), _FAR)) * count / total
        for seen, count in filled.items()
    )


def _placed(row: list[str], kinds: list[CellKind], profile: list[Counter[CellKind]]) -> list[DraftCell]:
    """Return the fields of one row as cells in the columns that suit them best."""
    columns = _best_columns(kinds, profile)
    if columns is None:
        columns = _squeezed_columns(row, len(profile))
    cells: list[DraftCell] = []
    for field, column in zip(row, columns, strict=True):
        if column is None:
            continue
        if cells and cells[-1].column == column:
            cells[-1].text = f"{cells[-1].text}\n{field}".strip()
            continue
        if cells and cells[-1].text:
            cells[-1].column_span = column - cells[-1].column
        merge = MergeEvidence.DECLARED if field.strip() else MergeEvidence.UNKNOWN
        cells.append(DraftCell(row=0, column=column, text=field, merge=merge))
    return cells


def _squeezed_columns(row: list[str], width: int) -> list[int | None]:
    """Return columns for a row with more words than columns: the overflow shares the last one."""
    columns: list[int | None] = []
    used = 0
    for field in row:
        if not field.strip() and len(row) > width:
            columns.append(None)
            continue
        columns.append(min(used, width - 1))
        used += 1
    return columns


def _best_columns(kinds: list[CellKind], profile: list[Counter[CellKind]]) -> list[int | None] | None:
    """Return a column for each field, rising, at the least total misfit; None for a field left out.

    Only empty fields may be left out. None when the filled fields are more than the columns.
    """
    width = len(profile)
    if sum(kind is not CellKind.EMPTY for kind in kinds) > width:
        return None
    fits = {kind: [_fit(kind, column) for column in profile] for kind in set(kinds)}
    # best[c]: least cost when the fields so far took columns below c; before[i][c]: the state it came from.
    best = [0.0] + [inf] * width
    before: list[list[int]] = []
    for kind in kinds:
        best, sources = _one_more(best, kind, fits[kind])
        before.append(sources)
    state = min(range(width + 1), key=best.__getitem__)
    if best[state] == inf:
        return None
    columns: list[int | None] = []
    for sources in reversed(before):
        columns.append(state - 1 if sources[state] != state else None)
        state = sources[state]
    return columns[::-1]


def _one_more(best: list[float], kind: CellKind, fits: list[float]) -> tuple[list[float], list[int]]:
    """Return the least costs with one more field placed or left out, and the states they came from."""
    following = [inf] * len(best)
    sources = list(range(len(best)))
    reached, origin = inf, 0
    for column, fit in enumerate(fits):
        reached += _SKIPPED
        if best[column] < reached - _LEAST:
            reached, origin = best[column], column
        following[column + 1], sources[column + 1] = reached + fit, origin
    if kind is CellKind.EMPTY:
        for state, cost in enumerate(best):
            if cost + _DROPPED < following[state] - _LEAST:
                following[state], sources[state] = cost + _DROPPED, state
    return following, sources
