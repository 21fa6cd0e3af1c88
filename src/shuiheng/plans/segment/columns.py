"""The part of each column of a table, by the words of its header and by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from shuiheng.plans.segment.enumerators import is_bare_enumerator
from shuiheng.plans.segment.grids import Grid
from shuiheng.plans.segment.unit_lists import is_unit_list


class ColumnPart(StrEnum):
    """What a column of a responsibility table holds."""

    NUMBER = "number"
    CATEGORY = "category"
    TEXT = "text"
    LEAD = "lead"
    JOINT = "joint"
    RESPONSIBLE = "responsible"
    DUE = "due"
    NOTE = "note"


LONGEST_HEADER = 30
_LONGEST_TITLE = 16
UNIT_PARTS = (ColumnPart.LEAD, ColumnPart.JOINT, ColumnPart.RESPONSIBLE)

_NOUN = "(?:单位|部门|处室|科室|股室|机构|主体|责任人|部委|地区)"
_LEAD = re.compile(
    rf"(?:牵头|主办|主责|组织|承办|主管|主要责任|第一责任|首要责任)(?:责任|负责|实施)?(?:{_NOUN}|$)"
)
_JOINT = re.compile(rf"(?:配合|参与|参加|协办|协同|协助|支持|共同责任|相关责任)(?:责任)?(?:{_NOUN}|$)")
_RESPONSIBLE = re.compile(
    rf"(?:责任|负责|落实|实施|完成|执行|承担|分工){_NOUN}|^责任(?:分工|主体|方)$|^(?:任务|职责|部门)分工$|^(?:涉及|有关|相关){_NOUN}$|^(?:部门|单位名称)$"
)
_DUE = re.compile(r"时限|期限|时间|进度|完成年度|节点|年限")
_NUMBER = re.compile(r"^(?:序号?|编号|项次|No\.?)$|序号")
_NOTE = re.compile(r"^(?:备注|说明|依据|来源|联系人|联系电话|责任领导|牵头领导|分管领导|市领导)$|领导$")
_TEXT = re.compile(
    r"任务|内容|措施|举措|工作|事项|目标|要求|项目|行动|重点|类别|领域|分类|类型|名称|要点|清单|成果|方面|板块|环节|指标|工程"
)
_REMARK = re.compile(r"[（(][^（()）]*[）)]")
_FIGURE = re.compile(r"[\d.,，%％±<>≤≥—\-/ ]+(?:万元|亿元|元|%)?")
_VALUE = re.compile(
    r"[≥≤<>＞＜±约达]{0,3}(?:不低于|不高于|不超过|大于|小于)?[\d][\d.,]*[^\d。；，]{0,6}(?:以上|以下|以内|左右)?"
)
_DATE = re.compile(r"年|月|日|季度|长期|持续|常态|适时|立即|按")
_GOAL_HEADER = re.compile(r"(?:工作|主要|年度|具体|量化|预期|阶段)目标$|目标要求$|目标值$|成果$")
_GOAL = re.compile(r"目标|要求|成果|成效|标准|计划")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How a responsibility table is laid out.

    Args:
        parts: Part of each column.
        header_rows: Rows at the top that hold the header.
        headers: Words over each column.
    """

    parts: tuple[ColumnPart, ...]
    header_rows: int
    headers: tuple[str, ...]

    def at(self, part: ColumnPart) -> tuple[int, ...]:
        """Return the columns that have a part."""
        return tuple(index for index, own in enumerate(self.parts) if own is part)

    def continues(self, grid: Grid) -> bool:
        """Return whether a table without a header has the same columns as this one."""
        if grid.column_count != len(self.parts):
            return False
        units = [column for column, part in enumerate(self.parts) if part in UNIT_PARTS]
        texts = [text for column in units for text in _column_texts(grid, 0, column)]
        return bool(texts) and sum(map(is_unit_list, texts)) >= 0.6 * len(texts)


def columns_of(grid: Grid) -> Columns | None:
    """Return the layout of a responsibility table, or None when the table is none."""
    header_rows = _header_rows(grid)
    headers = _headers(grid, header_rows)
    parts: list[ColumnPart | None] = [part_by_header(header) for header in headers]
    if not any(part in UNIT_PARTS for part in parts) and not _name_by_content(grid, header_rows, parts):
        return None
    _mend_by_content(grid, header_rows, parts)
    texts = _text_columns(grid, headers, header_rows, parts)
    if not texts or _states_figures(grid, header_rows, parts, texts):
        return None
    for column, part in enumerate(parts):
        if column in texts:
            parts[column] = ColumnPart.TEXT
        elif part is None:
            is_left = column < max(texts)
            parts[column] = ColumnPart.CATEGORY if is_left else ColumnPart.NOTE
    return Columns(parts=_settled(parts), header_rows=header_rows, headers=headers)


def _name_by_content(grid: Grid, header_rows: int, parts: list[ColumnPart | None]) -> bool:
    """Find the unit columns of a table whose header does not name them, by their cells.

    Returns whether there are any: one or two columns of units beside a column of
    sentences, over at least three rows.
    """
    units = []
    has_text = False
    for column, part in enumerate(parts):
        texts = _column_texts(grid, header_rows, column)
        if part is None and len(texts) >= 3:
            if sum(map(is_unit_list, texts)) >= 0.8 * len(texts):
                units.append(column)
            has_text = has_text or _has_sentences(grid, header_rows, column)
    if not has_text or not 1 <= len(units) <= 2:
        return False
    named = (ColumnPart.RESPONSIBLE,) if len(units) == 1 else (ColumnPart.LEAD, ColumnPart.JOINT)
    for column, name in zip(units, named, strict=True):
        parts[column] = name
    return True


def _header_rows(grid: Grid) -> int:
    """Return how many rows at the top are header rows, counted from the first row."""
    count = 0
    for index, row in enumerate(grid.rows[:4]):
        texts = [grid.text(cell) for cell in row if grid.text(cell)]
        declared = bool(row) and all(cell.is_header for cell in row)
        known = sum(part_by_header(text) is not None or _TEXT.search(text) is not None for text in texts)
        short = texts and max(map(len, texts)) <= 16
        if declared or (short and known >= 2 and known >= 0.6 * len(texts)):
            count = index + 1
        elif index > 0 or len(set(texts)) > 1:
            break
    return count


def _headers(grid: Grid, header_rows: int) -> tuple[str, ...]:
    words = [""] * grid.column_count
    for row in grid.rows[:header_rows]:
        for cell in row:
            text = grid.text(cell)
            if cell.column_span >= grid.column_count:
                continue
            for column in range(cell.column, cell.column + cell.column_span):
                if not words[column].endswith(text):
                    words[column] += text
    return tuple(words)


def part_by_header(header: str) -> ColumnPart | None:
    """Return the part that the words over a column, or before a value, name by themselves."""
    patterns = (
        (_NUMBER, ColumnPart.NUMBER),
        (_NOTE, ColumnPart.NOTE),
        (_LEAD, ColumnPart.LEAD),
        (_JOINT, ColumnPart.JOINT),
        (_RESPONSIBLE, ColumnPart.RESPONSIBLE),
        (_DUE, ColumnPart.DUE),
    )
    plain = _REMARK.sub("", header) or header
    if len(plain) > LONGEST_HEADER:
        return None
    return next((part for pattern, part in patterns if pattern.search(plain)), None)


def _column_texts(grid: Grid, header_rows: int, column: int) -> list[str]:
    return [
        grid.text(cell)
        for index, row in enumerate(grid.rows[header_rows:], header_rows)
        for cell in row
        if cell.column == column
        and cell.row == index
        and cell.column_span < grid.column_count
        and grid.text(cell)
    ]


def _mend_by_content(grid: Grid, header_rows: int, parts: list[ColumnPart | None]) -> None:
    """Change the part of a column whose cells contradict its header."""
    for column, part in enumerate(parts):
        texts = _column_texts(grid, header_rows, column)
        if not texts:
            continue
        if part is ColumnPart.NUMBER and sum(map(is_bare_enumerator, texts)) < 0.5 * len(texts):
            parts[column] = None
        units = sum(map(is_unit_list, texts))
        if part in UNIT_PARTS and units < 0.3 * len(texts) and max(map(len, texts)) > 60:
            parts[column] = None
        dated = sum(_DATE.search(text) is not None for text in texts)
        if part is ColumnPart.DUE and (sum(map(len, texts)) > 30 * len(texts) or dated < 0.5 * len(texts)):
            parts[column] = None
        if part is None and len(texts) >= 3 and sum(map(is_bare_enumerator, texts)) >= 0.8 * len(texts):
            parts[column] = ColumnPart.NUMBER


def _text_columns(
    grid: Grid, headers: tuple[str, ...], header_rows: int, parts: list[ColumnPart | None]
) -> set[int]:
    """Return the columns of the task text: the longest, and long ones beside it."""
    lengths: dict[int, float] = {}
    filled: dict[int, int] = {}
    for column, part in enumerate(parts):
        if part is None:
            texts = _column_texts(grid, header_rows, column)
            lengths[column] = sum(map(len, texts)) / len(texts) if texts else 0.0
            filled[column] = len(texts)
    if not lengths or not any(lengths.values()):
        return set()
    body = len(grid.rows) - header_rows
    ample = [column for column in lengths if filled[column] >= 0.5 * max(filled.values())]
    measures = [column for column in ample if _GOAL_HEADER.search(headers[column]) is None] or ample
    if all(_are_titles(grid, header_rows, column) for column in measures):
        measures = [column for column in ample if _has_sentences(grid, header_rows, column)] or measures
    main = max(
        measures, key=lambda column: (_has_sentences(grid, header_rows, column), lengths[column], column)
    )
    chosen = {main}
    for column, length in lengths.items():
        is_full = filled[column] >= 0.9 * body
        if column > main:
            header = headers[column]
            named = _GOAL.search(header) is not None or _TEXT.search(header) is not None
            if named and filled[column] and not _is_note(grid, header_rows, column):
                chosen.add(column)
        elif column < main and is_full:
            is_goal = _GOAL_HEADER.search(headers[column]) is not None and length >= 8
            if is_goal or (length >= 24 and _has_sentences(grid, header_rows, column)):
                chosen.add(column)
    return chosen


def _are_titles(grid: Grid, header_rows: int, column: int) -> bool:
    """Return whether the cells of a column only name the tasks that another column states."""
    texts = _column_texts(grid, header_rows, column)
    is_short = sum(map(len, texts)) <= _LONGEST_TITLE * len(texts)
    return is_short and not _has_sentences(grid, header_rows, column)


def _is_note(grid: Grid, header_rows: int, column: int) -> bool:
    """Return whether most cells of a column right of the text are names or numbers."""
    texts = _column_texts(grid, header_rows, column)
    return sum(
        is_unit_list(text) or is_bare_enumerator(text) or _FIGURE.fullmatch(text) is not None
        for text in texts
    ) >= 0.5 * len(texts)


def _states_figures(grid: Grid, header_rows: int, parts: list[ColumnPart | None], texts: set[int]) -> bool:
    """Return whether the rows are indicators with values and not tasks, units beside them or not."""
    words = [text for column in texts for text in _column_texts(grid, header_rows, column)]
    if any("。" in text or "；" in text or len(text) > LONGEST_HEADER for text in words):
        return False
    for column, part in enumerate(parts):
        values = _column_texts(grid, header_rows, column)
        counted = sum(_VALUE.fullmatch(text) is not None for text in values)
        if part is None and values and counted >= 0.6 * len(values):
            return True
    return False


def _has_sentences(grid: Grid, header_rows: int, column: int) -> bool:
    texts = _column_texts(grid, header_rows, column)
    return sum("。" in text or "；" in text for text in texts) >= 0.5 * len(texts)


def _settled(parts: list[ColumnPart | None]) -> tuple[ColumnPart, ...]:
    """Give 责任单位 its part by the unit columns beside it."""
    has_lead, has_joint = ColumnPart.LEAD in parts, ColumnPart.JOINT in parts
    settled = []
    for part in parts:
        if part is ColumnPart.RESPONSIBLE and has_lead:
            settled.append(ColumnPart.JOINT)
        elif part is ColumnPart.RESPONSIBLE and has_joint:
            settled.append(ColumnPart.LEAD)
        else:
            settled.append(part or ColumnPart.NOTE)
    return tuple(settled)
