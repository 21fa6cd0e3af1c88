"""Which column of a figure table is what, by the words of its header and of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shuiheng.plans.document import Block, Cell, SourceDocument
from shuiheng.plans.extract.places import is_place
from shuiheng.plans.passage import FigureTable
from shuiheng.plans.plain_form import plain_form

YEAR = re.compile(r"(?:19|20)\d\d")
_IS_BASE = re.compile(r"现状|基期|基准|实际|完成情况|基础值|完成值|现值|实绩|已建|基数")
IS_TARGET = re.compile(r"目标|指标值|规划|计划(?!用水)|到20|任务数|任务量")
_IS_NAME = re.compile(r"指标(?!值|属性|性质|类)|名称|项目|内容|目标任务|主要任务|种类")
_IS_UNIT = re.compile(r"^(?:计量)?单位$|^单位[（(]")
_IS_NATURE = re.compile(r"属性|性质|指标类型")
_IS_NUMBER = re.compile(r"^(?:序号|编号|序)$")
_IS_REMARK = re.compile(r"^(?:备注|说明|数据来源|责任单位|牵头单位|考核)")
_IS_GROUP = re.compile(r"类别|分类|领域|方面|一级指标|^类型?$")
_IS_PLACE = re.compile(r"地区|县|区(?!域水|间)|行政区|^市|辖区|地市")
_IS_TIME = re.compile(r"^(?:时间|年份|年度|年)(?:[（(]年[）)])?$")
IS_GAIN = re.compile(r"增量|新增装机|增速|年均|增长|增幅")
_HAS_FIGURES = re.compile(r"\d|达标|完成|达到|全覆盖|消除|下达|控制目标")

Grid = dict[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with figures.

    Args:
        index: Its place in the grid.
        heads: Words of its header cells from the top, the title of the table left out.
        year: Year that the header names, or None.
        is_base: Whether it shows the base and sets nothing.
        is_target: Whether the header says that it sets targets.
    """

    index: int
    heads: tuple[str, ...]
    year: int | None
    is_base: bool
    is_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which column is what, and where the body begins.

    `rows_are` is `indicators`, `places` or `years`: what the name column lists.
    """

    name: int
    unit: int | None
    nature: int | None
    values: tuple[Column, ...]
    first_row: int
    rows_are: str


def grid_of(block: Block) -> Grid:
    """Return the cell at every grid position of a table."""
    return {
        (cell.row + down, cell.column + right): cell
        for cell in block.cells
        for down in range(min(cell.row_span, block.row_count - cell.row, 500))
        for right in range(min(cell.column_span, block.column_count - cell.column, 60))
    }


def cell_words(document: SourceDocument, cell: Cell | None) -> str:
    """Return the words of a cell without white space."""
    return "" if cell is None else "".join(document.words(cell.span).split())


def roles_of(
    document: SourceDocument, table: FigureTable, grid: Grid, *, known_year: int | None = None
) -> Roles | None:
    """Return the part of each column, or None when no column has figures.

    A column of a year up to `known_year`, that of the document, shows what is; a later one sets.
    """
    block = table.block
    first_row = _first_row(document, block, grid)
    heads = [_heads(document, block, grid, (column, first_row)) for column in range(block.column_count)]
    joined = ["".join(parts) for parts in heads]
    unit = next((i for i, head in enumerate(joined) if _IS_UNIT.search(head)), None)
    nature = next((i for i, head in enumerate(joined) if _IS_NATURE.search(head)), None)
    bodies = [_body(document, block, grid, (column, first_row)) for column in range(block.column_count)]
    numbers = {i for i, head in enumerate(joined) if _is_numbering(i, head, bodies[i])}
    taken = {unit, nature, *numbers, *(i for i, head in enumerate(joined) if _IS_REMARK.match(head))}
    name = _name_column(joined, taken)
    if name is None:
        return None
    title_year = YEAR.search(table.title.text)
    columns = tuple(
        _column(i, heads[i], int(title_year[0]) if title_year else None)
        for i in range(block.column_count)
        if i not in taken and i > name and any(_HAS_FIGURES.search(word) for word in bodies[i])
    )
    return Roles(
        name=name,
        unit=unit,
        nature=nature,
        values=_with_bases(columns, known_year),
        first_row=first_row,
        rows_are=_rows_are(joined[name], bodies[name]),
    )


def _body(document: SourceDocument, block: Block, grid: Grid, at: tuple[int, int]) -> list[str]:
    """Return the words of a column from a row on; `at` is (column, row)."""
    column, first_row = at
    return [cell_words(document, grid.get((row, column))) for row in range(first_row, block.row_count)]


def _first_row(document: SourceDocument, block: Block, grid: Grid) -> int:
    """Return the row behind the header: behind header cells, else behind rows without figures."""
    marked = [cell.row + cell.row_span for cell in block.cells if cell.is_header]
    if marked:
        return min(max(marked), block.row_count)
    row = 0
    while row < min(4, block.row_count - 1):
        words = [cell_words(document, grid.get((row, column))) for column in range(block.column_count)]
        body = [word for word in words if word and not YEAR.search(word)]
        if row and any(re.match(r"[≥≤<>]?\d", plain_form(word)) for word in body):
            break
        row += 1
        cells = [grid.get((row, column)) for column in range(block.column_count)]
        if not any(cell is not None and cell.row < row for cell in cells) and len(set(words)) > 1:
            break
    return max(1, row)


def _heads(document: SourceDocument, block: Block, grid: Grid, at: tuple[int, int]) -> tuple[str, ...]:
    column, first_row = at
    parts: list[str] = []
    for row in range(first_row):
        cell = grid.get((row, column))
        words = plain_form(cell_words(document, cell))
        if cell is None or not words or (cell.column_span >= block.column_count and first_row > 1):
            continue
        if not parts or parts[-1] != words:
            parts.append(words)
    return tuple(parts)


def _is_numbering(column: int, head: str, body: list[str]) -> bool:
    if _IS_NUMBER.match(head):
        return True
    if column > 1 or YEAR.search(head) or IS_TARGET.search(head):
        return False
    filled = [word for word in body if word]
    if len(filled) < 2 or not all(re.fullmatch(r"\d{1,3}", word) for word in filled):
        return False
    return [int(word) for word in filled] == list(range(1, len(filled) + 1))


def _name_column(heads: list[str], taken: set[int | None]) -> int | None:
    free = [i for i in range(len(heads)) if i not in taken]
    named = [
        i
        for i in free
        if _IS_NAME.search(heads[i]) and not _IS_GROUP.search(heads[i]) and not YEAR.search(heads[i])
    ]
    if named:
        return named[0]
    return next((i for i in free if not _IS_GROUP.search(heads[i])), free[0] if free else None)


def _rows_are(head: str, body: list[str]) -> str:
    filled = [word for word in body if word]
    if _IS_TIME.match(head) or (filled and all(re.fullmatch(r"(?:19|20)\d\d年?", word) for word in filled)):
        return "years"
    places = sum(is_place(word) for word in filled)
    if (_IS_PLACE.search(head) and not _IS_NAME.search(head)) or (filled and 2 * places > len(filled)):
        return "places"
    return "indicators"


def _column(index: int, heads: tuple[str, ...], title_year: int | None) -> Column:
    joined = "".join(heads)
    years = [int(year) for year in YEAR.findall(joined)]
    return Column(
        index=index,
        heads=heads,
        year=years[-1] if years else title_year,
        is_base=bool(_IS_BASE.search(joined)) and not IS_TARGET.search(joined),
        is_target=bool(IS_TARGET.search(joined)) or bool(years),
    )


def _with_bases(columns: tuple[Column, ...], known_year: int | None) -> tuple[Column, ...]:
    """Mark the column of the earliest year as base when a later year follows."""
    years = sorted({column.year for column in columns if column.year})
    if any(column.is_base for column in columns) or len(years) < 2:
        return columns
    named = [column for column in columns if IS_TARGET.search("".join(column.heads))]
    starts_plan = years[0] % 5 == 0 and years[-1] - years[0] >= 4
    is_over = known_year is not None and years[0] <= known_year
    return tuple(
        replace(column, is_base=True)
        if column.year == years[0] and column not in named and (named or starts_plan or is_over)
        else column
        for column in columns
    )
