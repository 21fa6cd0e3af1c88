"""Targets from tables of indicators and of district figures, cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.kernel import Span
from shuiheng.plans.document import Block, Cell, SourceDocument
from shuiheng.plans.extract.kinds import kind_of
from shuiheng.plans.extract.measures import UNIT, Measure, unit_of
from shuiheng.plans.extract.numerals import MULTIPLES
from shuiheng.plans.extract.phrases import Phrase
from shuiheng.plans.extract.places import is_place
from shuiheng.plans.extract.quantities import Quantity, quantities_of
from shuiheng.plans.extract.surface import plain_form
from shuiheng.plans.model import Operator, Target, TargetKind
from shuiheng.plans.passage import FigureTable
from shuiheng.plans.wording import squeeze

_YEAR = re.compile(r"(?:19|20)\d\d")
_IS_BASE = re.compile(r"现状|基期|基准|实际|完成情况|基础值|完成值|现值|实绩|已建")
_IS_TARGET = re.compile(r"目标|指标值|规划|计划|到20|任务")
_IS_NAME = re.compile(r"指标(?!值|属性|性质|类)|名称|项目|内容|目标任务|主要任务")
_IS_UNIT = re.compile(r"单位|计量单位")
_IS_NATURE = re.compile(r"属性|性质|类型")
_IS_NUMBER = re.compile(r"^(?:序号|编号|序)$")
_IS_GROUP = re.compile(r"类别|分类|领域|方面|一级指标")
_IS_PLACE = re.compile(r"地区|县|区|行政区|区域|市|单位名称|辖区")
_IS_GAIN = re.compile(r"增量|新增|增速|年均|增长|累计\[")
_UNIT_IN_NAME = re.compile(rf"[（\[]((?:亿|万|千|百)?{UNIT})[）\]]$")
_UNIT_CELL = re.compile(rf"((?:亿|万|千|百)?)({UNIT})")
_EMPTY = re.compile(r"^[-—/\\*·\s无]*$")
_CUMULATIVE = re.compile(r"[\[〔【［]([-\d.,]+)[\]〕】］]")
_STRETCH = re.compile(r"[，；,]?(?:力争|争取)")
_DECLINE = re.compile(r"下降|降低|减少|削减")
_NO_NUMBER = re.compile(r"达标|完成|达到|全覆盖|消除|不下降|不降低|省下达|国家下达|控制目标")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column with figures: the year that its header names and whether they are targets."""

    index: int
    header: str
    year: int | None
    is_base: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roles:
    """Which column is what."""

    name: int
    unit: int | None
    nature: int | None
    values: tuple[_Column, ...]
    header_rows: int
    has_places: bool


def figure_table_targets(document: SourceDocument, table: FigureTable) -> tuple[Target, ...]:
    """Return the targets of an indicator or district table, in reading order.

    A column of the base year gives `baseline_value` and never a target. A cell without a
    number (达标) is a milestone. In a district table the row or column head is the scope.
    """
    grid = _grid(table.block)
    roles = _roles(document, table, grid)
    if roles is None:
        return ()
    targets: list[Target] = []
    for row in range(roles.header_rows, table.block.row_count):
        targets.extend(_row_targets(document, table, grid, roles, row))
    return tuple(targets)


def _grid(block: Block) -> dict[tuple[int, int], Cell]:
    return {
        (cell.row + down, cell.column + right): cell
        for cell in block.cells
        for down in range(min(cell.row_span, 500))
        for right in range(min(cell.column_span, 60))
    }


def _words(document: SourceDocument, cell: Cell | None) -> str:
    return "" if cell is None else "".join(document.words(cell.span).split())


def _roles(document: SourceDocument, table: FigureTable, grid: dict[tuple[int, int], Cell]) -> _Roles | None:
    """Return the part of each column by the words of the header, or None when no column has figures."""
    block = table.block
    header_rows = _header_rows(document, block, grid)
    heads = []
    for column in range(block.column_count):
        words = dict.fromkeys(_words(document, grid.get((row, column))) for row in range(header_rows))
        heads.append(plain_form("".join(words)))
    unit = _first(heads, _IS_UNIT, but=_IS_PLACE if any(_IS_UNIT.fullmatch(h) for h in heads) else None)
    nature = _first(heads, _IS_NATURE)
    taken = {unit, nature, *(i for i, h in enumerate(heads) if _IS_NUMBER.match(h) or h.startswith("备注"))}
    name = next(
        (i for i, h in enumerate(heads) if i not in taken and _IS_NAME.search(h) and not _IS_GROUP.search(h)),
        None,
    )
    has_places = name is None and any(_IS_PLACE.search(h) for h in heads)
    if name is None:
        name = next((i for i in range(len(heads)) if i not in taken), None)
    if name is None:
        return None
    title_year = _YEAR.search(table.title.text)
    values = tuple(
        _column(i, head, int(title_year[0]) if title_year else None)
        for i, head in enumerate(heads)
        if i not in taken and i > name and _has_figures(document, block, grid, i, header_rows)
    )
    return _Roles(
        name=name, unit=unit, nature=nature, values=values, header_rows=header_rows, has_places=has_places
    )


def _header_rows(document: SourceDocument, block: Block, grid: dict[tuple[int, int], Cell]) -> int:
    marked = [cell.row + cell.row_span for cell in block.cells if cell.is_header]
    if marked:
        return min(max(marked), block.row_count)
    rows = 1
    first = [grid.get((0, column)) for column in range(block.column_count)]
    if any(cell is not None and (cell.column_span > 1 or cell.row_span > 1) for cell in first):
        rows = max((cell.row_span for cell in first if cell is not None), default=1)
    return min(rows, 3)


def _first(heads: list[str], pattern: re.Pattern[str], but: re.Pattern[str] | None = None) -> int | None:
    return next((i for i, h in enumerate(heads) if pattern.search(h) and not (but and but.search(h))), None)


def _column(index: int, head: str, title_year: int | None) -> _Column:
    years = [int(year) for year in _YEAR.findall(head)]
    year = years[-1] if years else title_year
    return _Column(index=index, header=head, year=year, is_base=bool(_IS_BASE.search(head)))


def _has_figures(
    document: SourceDocument, block: Block, grid: dict[tuple[int, int], Cell], column: int, first_row: int
) -> bool:
    words = [_words(document, grid.get((row, column))) for row in range(first_row, block.row_count)]
    return any(re.search(r"\d", word) or _NO_NUMBER.search(word) for word in words)


def _row_targets(
    document: SourceDocument, table: FigureTable, grid: dict[tuple[int, int], Cell], roles: _Roles, row: int
) -> list[Target]:
    name_cell = grid.get((row, roles.name))
    name = _words(document, name_cell)
    if name_cell is None or not name or _EMPTY.match(name):
        return []
    unit_words = _words(document, grid.get((row, roles.unit))) if roles.unit is not None else ""
    nature = _words(document, grid.get((row, roles.nature))) if roles.nature is not None else ""
    columns = _with_bases(roles)
    base = next((c for c in columns if c.is_base), None)
    baseline = _value(_words(document, grid.get((row, base.index))), "", "") if base else None
    found = []
    for column in columns:
        cell = grid.get((row, column.index))
        words = _words(document, cell)
        if cell is None or column.is_base or _EMPTY.match(words) or _IS_GAIN.search(column.header):
            continue
        if any(cell is grid.get((row, other.index)) for other in columns if other.index < column.index):
            continue
        found.extend(
            _cell_target(
                document,
                table,
                cell=cell,
                words=words,
                name=name,
                unit_words=unit_words,
                nature=nature,
                column=column,
                base=base,
                baseline=baseline,
                roles=roles,
            )
        )
    return found


def _with_bases(roles: _Roles) -> tuple[_Column, ...]:
    """Mark the column of the earliest year as base when a later one says that it is the target."""
    years = [column.year for column in roles.values if column.year]
    if any(c.is_base for c in roles.values) or len(set(years)) < 2:
        return roles.values
    first = min(years)
    later_is_target = any(_IS_TARGET.search(c.header) for c in roles.values if c.year and c.year > first)
    no_words = not any(_IS_TARGET.search(c.header) for c in roles.values)
    return tuple(
        _Column(
            index=c.index,
            header=c.header,
            year=c.year,
            is_base=c.year == first
            and not _IS_TARGET.search(c.header)
            and (later_is_target or (no_words and first % 5 == 0 and max(years) - first >= 4)),
        )
        for c in roles.values
    )


def _cell_target(
    document: SourceDocument,
    table: FigureTable,
    *,
    cell: Cell,
    words: str,
    name: str,
    unit_words: str,
    nature: str,
    column: _Column,
    base: _Column | None,
    baseline: Decimal | None,
    roles: _Roles,
) -> list[Target]:
    """Return the target of one cell, or none when the cell sets nothing."""
    head_unit = _UNIT_IN_NAME.search(plain_form(column.header))
    name_unit = _UNIT_IN_NAME.search(plain_form(name))
    metric = name[: name_unit.start()] if name_unit else name
    scope = None
    if roles.has_places or is_place(name):
        scope, metric = (
            name,
            re.sub(r"[（(].*$", "", re.sub(r"(?:19|20)\d\d年|目标值?|[（(].*[）)]$", "", column.header)),
        )
        metric = metric or table.title.text or column.header
    elif is_place(column.header):
        scope = column.header
    unit_text = unit_words or (name_unit[1] if name_unit else "") or (head_unit[1] if head_unit else "")
    quantity, words, stretch = _read_cell(words, unit_text)
    span = Span(cell.span.start, cell.span.end)
    shared = _Cells(document=document, table=table, span=span, page=cell.page, metric=metric, scope=scope)
    return [_target(shared, quantity, words, stretch, nature, column, base, baseline)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    document: SourceDocument
    table: FigureTable
    span: Span
    page: int | None
    metric: str
    scope: str | None


def _read_cell(words: str, unit_text: str) -> tuple[Quantity | None, str, Quantity | None]:
    """Return the value of a cell, its words without a stretch, and the stretch value."""
    plain = _CUMULATIVE.sub(r"\1", plain_form(words))
    cut = _STRETCH.search(plain)
    stretch = _quantity(plain[cut.end() :], unit_text) if cut and cut.start() else None
    if cut and cut.start():
        plain = plain[: cut.start()]
    return _quantity(plain, unit_text), plain, stretch


def _quantity(plain: str, unit_text: str) -> Quantity | None:
    found = next(iter(quantities_of(plain, 0, len(plain))), None)
    if found is None:
        return None
    if found.unit is not None or not unit_text:
        return found
    match = _UNIT_CELL.fullmatch(plain_form(unit_text))
    multiple, name = (match[1], match[2]) if match else ("", unit_text)
    unit, measure = unit_of(name)
    scale = MULTIPLES.get(multiple, 1)
    return Quantity(
        start=found.start,
        end=found.end,
        number_at=found.number_at,
        value=found.value * scale,
        value_max=None if found.value_max is None else found.value_max * scale,
        unit=unit,
        measure=measure,
        op=found.op,
        is_approximate=found.is_approximate,
        has_bound_word=found.has_bound_word,
    )


def _value(words: str, unit_text: str, _: str) -> Decimal | None:
    quantity = _quantity(_CUMULATIVE.sub(r"\1", plain_form(words)), unit_text)
    return quantity.value if quantity else None


def _target(
    cells: _Cells,
    quantity: Quantity | None,
    words: str,
    stretch: Quantity | None,
    nature: str,
    column: _Column,
    base: _Column | None,
    baseline: Decimal | None,
) -> Target:
    verb = "reducing" if _DECLINE.search(words) else None
    phrase = Phrase(start=0, end=0, verb=verb)
    kind = TargetKind.MILESTONE if quantity is None else kind_of(quantity, phrase, metric=cells.metric)
    if quantity is not None and quantity.measure is Measure.COUNT and kind is TargetKind.LEVEL:
        kind = TargetKind.COUNT
    op = Operator.EQUAL
    if quantity is not None:
        op = Operator.RANGE if quantity.is_range else quantity.op or Operator.EQUAL
    unit = None if quantity is None else quantity.unit or ("系数" if cells.metric.endswith("系数") else None)
    return Target(
        id="",
        task=None,
        quote=squeeze(cells.document.words(cells.span)).text,
        span=cells.span,
        page=cells.page,
        metric=cells.metric,
        scope=cells.scope,
        kind=kind,
        op=op,
        value=quantity.value if quantity else None,
        value_max=quantity.value_max if quantity else None,
        unit=unit,
        baseline_year=base.year if base and kind is TargetKind.REDUCTION else None,
        deadline=date(column.year, 12, 31) if column.year else None,
        cumulative=True if kind is TargetKind.COUNT else None,
        stretch=(stretch.op or op, stretch.value) if stretch else None,
        is_binding=True if "约束" in nature else False if "预期" in nature else None,
        baseline_value=baseline if quantity is not None else None,
        confidence=0.9 if unit or quantity is None else 0.6,
    )
