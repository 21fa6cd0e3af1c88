"""Targets from tables of indicators and of district figures, cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shuiheng.plans.document import Cell, SourceDocument
from shuiheng.plans.extract.kinds import COEFFICIENT, kind_of
from shuiheng.plans.extract.measures import UNIT, Measure
from shuiheng.plans.extract.phrases import METRIC_END, Phrase
from shuiheng.plans.extract.places import is_place
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.extract.table_cells import CellValue, cell_values
from shuiheng.plans.extract.table_roles import (
    IS_GAIN,
    YEAR,
    Column,
    Grid,
    Roles,
    cell_words,
    grid_of,
    roles_of,
)
from shuiheng.plans.model import Operator, Target, TargetKind
from shuiheng.plans.passage import FigureTable
from shuiheng.plans.plain_form import plain_form
from shuiheng.plans.wording import Wording, squeeze

_UNIT_IN_NAME = re.compile(rf"[（\[]((?:万亿|亿|千万|百万|万|千|百)?{UNIT})[）\]][*※]*$")
_UNIT_BEFORE = re.compile(rf"单位[：:]((?:亿|万|千|百)?{UNIT})")
_EMPTY = re.compile(r"^[-—–/\\*·\s无]*$")
_TOTAL_ROW = re.compile(r"^(?:合计|总计|小计|全[市县区省]|总投资)$")
_NO_NAME = re.compile(r"^(?:[-\d.%—/ ]+)$")
_GENERIC_HEAD = re.compile(
    r"^(?:具体)?(?:创建|建设|分解)?(?:目标|指标|任务|目标值|指标值)(?:任务)?$|^合计$|^全[市县区省]$"
)
_MADE_FIRST = re.compile(r"^(?:累计)?(?:创建|建成|新建成|完成|打造|培育)(?=[\u4e00-\u9fff]{3})")
_SETS = re.compile(r"目标|指标|规划|任务|分解|计划")
_CHANGES = re.compile(
    r"(?:更换|更新|改造|新建|新增|建设|铺设|治理|整治)(?!率)(?=[^，]*$)(?!.*(?:率|比例|占比)$)"
)
_CAPS = re.compile(r"上限|红线|控制指标|控制量")
_REMARK_AT_END = re.compile(r"[（(][^（()）]{0,20}[）)]$")
_BASE_AT_END = re.compile(r"[（(](?:比|较|与|以)?((?:19|20)\d\d)年(?:相比|为基[数准期]?|基准)?[）)]$")
_NAMED_BASE = re.compile(r"(?:比|较)((?:19|20)\d\d)年(?=[^，]{0,4}(?:下降|降低|减少|提高|增加|提升))")
_BARE_HEAD = re.compile(
    r"(?:总|新增|累计|年|改造|建设|创建|覆盖)*(?:装机|装机容量|面积|数量|规模|总量|长度|容量|能力|个数|户数|家数|比例|占比)?(?:或开工|任务)?"
)
_TITLE_NUMBER = re.compile(r"^附?表(?:格)?[\d一二三四五六七八九十.-]*[：:]?")
_TITLE_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}?[省市县区](?=各|“|十|20)")
_TITLE_FRAME = re.compile(
    r"“?十[一二三四五六七八九]五”?(?:期间|时期)?|(?:19|20)\d\d(?:-(?:19|20)\d\d)?年?度?"
    r"|各(?:地市|市县|区县|县市|地|市|县|区|镇)+(?:（[^（）]{1,10}）)?"
)
_TITLE_THING = re.compile(
    r"^(?P<thing>[\u4e00-\u9fff]{2,14}?)(?:发展|建设|年度|主要|分解|工作|规划)*(?:目标|任务|指标|计划)(?:分解|安排|一览|分配)?表?$"
)
_ABOUT_MONEY = re.compile(r"投资|资金|筹措|经费|匡算|估算")
_NOT_SAID = re.compile(r"待.*(?:后|确定)|另行|为准|视情")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What all cells of a row share."""

    name: str
    unit_text: str
    nature: str
    baseline: Decimal | None
    base_year: int | None
    about: str = ""


def figure_table_targets(
    document: SourceDocument, table: FigureTable, *, known_year: int | None = None
) -> tuple[Target, ...]:
    """Return the targets of an indicator or district table, in reading order.

    A column of the base year gives `baseline_value` and never a target. A cell without a
    number (达标) is a milestone. Where rows or columns are districts they are the scope.
    A column that names neither a year nor a target sets nothing, unless the title does.
    """
    grid = grid_of(table.block)
    about = _thing_of_title(table.title.text)
    roles = roles_of(document, table, grid, known_year=known_year)
    if roles is None or _ABOUT_MONEY.search(table.title.text):
        return ()
    sets_targets = bool(_SETS.search(table.title.text)) or any(
        is_place(head) for column in roles.values for head in column.heads
    )
    unit_before = _UNIT_BEFORE.search(_words_before(document, table))
    targets: list[Target] = []
    for row in range(roles.first_row, table.block.row_count):
        shared = _row(document, grid, roles, row, unit_before[1] if unit_before else "")
        if shared is None:
            continue
        for column in roles.values:
            if _sets(column, roles, sets_targets=sets_targets) and (
                cell := _own_cell(grid, roles, row, column)
            ):
                targets.extend(_cell_targets(document, cell, replace(shared, about=about), column, roles))
    return tuple(targets)


def _words_before(document: SourceDocument, table: FigureTable) -> str:
    start = table.block.span.start
    near = document.text[max(0, start - 40) : start] + table.title.text
    return plain_form("".join(near.split()))


def _sets(column: Column, roles: Roles, *, sets_targets: bool) -> bool:
    if column.is_base or IS_GAIN.search("".join(column.heads)):
        return False
    return column.is_target or sets_targets or roles.rows_are != "indicators"


def _own_cell(grid: Grid, roles: Roles, row: int, column: Column) -> Cell | None:
    """Return the cell at a row and column, unless a cell to the left or above already was it."""
    cell = grid.get((row, column.index))
    if cell is None or cell is grid.get((row, roles.name)) or cell.row != row:
        return None
    earlier = (other for other in roles.values if other.index < column.index)
    return None if any(grid.get((row, other.index)) is cell for other in earlier) else cell


def _row(document: SourceDocument, grid: Grid, roles: Roles, row: int, unit_before: str) -> _Row | None:
    name = cell_words(document, grid.get((row, roles.name)))
    if not name or _EMPTY.match(name) or (_NO_NAME.match(name) and roles.rows_are != "years"):
        return None
    unit = cell_words(document, grid.get((row, roles.unit))) if roles.unit is not None else ""
    nature = cell_words(document, grid.get((row, roles.nature))) if roles.nature is not None else ""
    base = next((column for column in roles.values if column.is_base), None)
    in_name = _UNIT_IN_NAME.search(plain_form(name))
    unit = ("" if _EMPTY.match(unit) else unit) or (in_name[1] if in_name else "")
    values = []
    if base is not None and (cell := grid.get((row, base.index))) is not None:
        values = cell_values(_cell_wording(document, cell), unit or unit_before)
    return _Row(
        name=re.sub(r"^其中[，：:]?|[*※]+$", "", name[: in_name.start()] if in_name else name),
        unit_text=unit or unit_before,
        nature=nature,
        baseline=values[0].quantity.value if values else None,
        base_year=base.year if base else None,
    )


def _cell_wording(document: SourceDocument, cell: Cell) -> Wording:
    return squeeze(document.words(cell.span), start=cell.span.start)


def _cell_targets(
    document: SourceDocument, cell: Cell, row: _Row, column: Column, roles: Roles
) -> list[Target]:
    """Return the targets of one cell; a value that is only aimed at is the stretch of the one before."""
    words = _cell_wording(document, cell)
    if _EMPTY.match(words.text) or _NOT_SAID.search(words.text):
        return []
    metric, scope, head_unit = _metric_and_scope(row, column, roles)
    if not metric:
        metric = _metric_to_the_left(row, column, roles)
    year = int(found[0]) if roles.rows_are == "years" and (found := YEAR.search(row.name)) else column.year
    place = _Place(words=words, page=cell.page, metric=metric, scope=scope, year=year, row=row)
    values = cell_values(words, row.unit_text or head_unit)
    if not values:
        return [_milestone(place)]
    targets: list[Target] = []
    for value in values:
        if value.is_aimed_at and value.scope is None and targets:
            op = value.quantity.op or targets[-1].op
            targets[-1] = _with_stretch(targets[-1], op, value.quantity.value)
        else:
            targets.append(_target(place, value, len(values)))
    return targets


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A cell and what its row and column say of it."""

    words: Wording
    page: int | None
    metric: str
    scope: str | None
    year: int | None
    row: _Row


def _metric_and_scope(row: _Row, column: Column, roles: Roles) -> tuple[str, str | None, str]:
    """Return the metric, the scope and the unit in the header of a column."""
    heads = [re.sub(r"(?:到)?(?:19|20)\d\d年?(?:目标值?|规划值)?", "", head) for head in column.heads]
    places = [head for head in heads if is_place(head)]
    named = [head for head in heads if head and head not in places and not _GENERIC_HEAD.match(head)]
    head = named[-1] if named else ""
    unit = _UNIT_IN_NAME.search(head) or next((m for h in named if (m := _UNIT_IN_NAME.search(h))), None)
    head = re.sub(r"[（(][^（）()]*[）)](?:全[市区县省])?$", "", head)
    head_unit = unit[1] if unit else ""
    if _BARE_HEAD.fullmatch(head) and row.about and row.about not in head:
        head = row.about + head
    if roles.rows_are == "places":
        return head or row.about or "目标值", None if _TOTAL_ROW.match(row.name) else row.name, head_unit
    if roles.rows_are == "years":
        return head, places[-1] if places else None, head_unit
    metric = _MADE_FIRST.sub("", row.name) if not METRIC_END.search(row.name) else row.name
    return metric, places[-1] if places else None, head_unit


def _thing_of_title(title: str) -> str:
    """Return what a table of districts is about: 光伏 for `表4 某省各地市“十四五”光伏发展目标`."""
    words = _TITLE_NUMBER.sub("", plain_form("".join(title.split())))
    found = _TITLE_THING.search(_TITLE_FRAME.sub("", _TITLE_PLACE.sub("", words)))
    return found["thing"] if found else ""


def _metric_to_the_left(row: _Row, column: Column, roles: Roles) -> str:
    """Return the metric of the nearest column to the left that names one, for headers that span districts."""
    for other in reversed([other for other in roles.values if other.index < column.index]):
        metric, _, _ = _metric_and_scope(row, other, roles)
        if metric:
            return metric
    return ""


def _milestone(place: _Place) -> Target:
    return Target(
        id="",
        task=None,
        quote=place.words.text,
        span=place.words.span_of(0, len(place.words)),
        page=place.page,
        metric=place.metric,
        scope=place.scope,
        kind=TargetKind.MILESTONE,
        op=Operator.EQUAL,
        deadline=date(place.year, 12, 31) if place.year else None,
        is_binding=_binding(place.row.nature),
        confidence=0.85,
    )


def _target(place: _Place, value: CellValue, count: int) -> Target:
    quantity = value.quantity
    verb = value.verb if value.verb in {"reducing", "raising"} else None
    making = verb is None and _CHANGES.match(place.metric) is not None
    bare = _REMARK_AT_END.sub("", place.metric)
    kind = kind_of(quantity, Phrase(start=0, end=0, verb=verb, making=making), metric=bare)
    start, end = (value.start, value.end) if count > 1 else (0, len(place.words))
    unit = quantity.unit or (COEFFICIENT if place.metric.endswith(("系数", "指数")) else None)
    is_clear = unit is not None and place.metric
    named_base = _NAMED_BASE.search(place.metric) or _BASE_AT_END.search(place.metric)
    base_year = value.base_year or (int(named_base[1]) if named_base else place.row.base_year)
    return Target(
        id="",
        task=None,
        quote=place.words.text[start:end],
        span=place.words.span_of(start, end),
        page=place.page,
        metric=place.metric,
        scope=value.scope or place.scope,
        kind=kind,
        op=_operator(quantity, place.metric),
        value=quantity.value,
        value_max=quantity.value_max,
        unit=unit,
        baseline_year=base_year if kind is TargetKind.REDUCTION else None,
        deadline=date(place.year, 12, 31) if place.year else None,
        cumulative=True if kind is TargetKind.COUNT else None,
        is_hedged=value.is_aimed_at or quantity.is_approximate,
        is_binding=_binding(place.row.nature),
        baseline_value=place.row.baseline if quantity.measure is not Measure.GRADE else None,
        confidence=0.9 if is_clear else 0.6,
    )


def _operator(quantity: Quantity, metric: str) -> Operator:
    if quantity.is_range:
        return Operator.RANGE
    return quantity.op or (Operator.AT_MOST if _CAPS.search(metric) else Operator.EQUAL)


def _with_stretch(target: Target, op: Operator, value: Decimal) -> Target:
    return replace(target, stretch=(op, value))


def _binding(nature: str) -> bool | None:
    return True if "约束" in nature else False if "预期" in nature else None
