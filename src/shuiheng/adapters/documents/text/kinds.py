"""What sort of words stand in a cell: a number, a label, a sentence, a list of units."""

from __future__ import annotations

import re
from enum import StrEnum

_NUMBER = re.compile(
    r"[（(]?\s*(?:\d{1,3}(?:[.．]\d{1,3}){0,3}|[一二三四五六七八九十百]{1,4})\s*[）)]?\s*[.．、]?"
)
_UNIT_ENDS = (
    *"局委办厅部院会处室科队站所组署司社镇乡区县市",
    *("中心", "政府", "单位", "部门", "公司", "集团", "银行", "支行", "企业", "街道", "学校", "大学"),
    *("机构", "负责", "落实", "按职责分工"),
)
_PARTING = re.compile(r"[、，,；;\s]+")
_BRACKETED = re.compile(r"[（(\[〔【][^（）()\[\]〔〕【】]{0,80}[）)\]〕】]")
_HEADER_WORDS = re.compile(
    r"序号|编号|目标|任务|工作|内容|措施|项目|类别|领域|单位|部门|责任|牵头|参与|配合|时限|时间|期限|指标|备注|"
    r"名称|数量|要求|分工|进度|现状|基数|要点|地区|区域|县区|年度?|属性|单元|投资|规模"
)


class CellKind(StrEnum):
    """What sort of words stand in a cell."""

    EMPTY = "empty"
    NUMBER = "number"
    ITEM = "item"
    LABEL = "label"
    SENTENCE = "sentence"
    UNITS = "units"


def kind_of(text: str) -> CellKind:
    """Return the sort of the words of a cell."""
    plain = re.sub(r"\s+", "", text)
    if not plain:
        return CellKind.EMPTY
    if len(plain) <= 8 and _NUMBER.fullmatch(plain):
        return CellKind.NUMBER
    if is_unit_list(text):
        return CellKind.UNITS
    if len(plain) >= 30 or "。" in plain or (len(plain) >= 12 and re.search(r"；|\d[%年万亿个家]", plain)):
        return CellKind.SENTENCE
    return CellKind.ITEM if plain[0].isdigit() else CellKind.LABEL


def is_unit_list(text: str) -> bool:
    """Return whether nearly all listed names end as names of units do."""
    if "。" in text.strip().rstrip("。"):
        return False
    plain = _BRACKETED.sub("", re.sub(r"\s*\n\s*", "", text)).strip("。 ")
    names = [name for name in _PARTING.split(plain) if name]
    if not names or max(map(len, names)) > 30:
        return False
    fitting = sum(name.endswith(_UNIT_ENDS) for name in names)
    return fitting >= 0.7 * len(names) and (len(names) > 1 or len(plain) <= 16)


def is_header_cell(text: str) -> bool:
    """Return whether the words can head a column: short, without a stop, of the words of headers."""
    plain = re.sub(r"\s+", "", text)
    return not plain or (len(plain) <= 14 and not re.search(r"[。；，]", plain))


def names_column(text: str) -> bool:
    """Return whether the words are short and of the words that head columns."""
    plain = re.sub(r"\s+", "", text)
    return bool(plain) and is_header_cell(plain) and _HEADER_WORDS.search(plain) is not None


def is_header_row(fields: list[str]) -> bool:
    """Return whether a row of at least two filled fields heads a table."""
    filled = [field for field in fields if field.strip()]
    if len(filled) < 2 or not all(map(is_header_cell, filled)):
        return False
    return 2 * sum(map(names_column, filled)) >= len(filled)


def header_kind(text: str) -> CellKind:
    """Return what stands below a header with these words, as far as they tell."""
    plain = re.sub(r"\s+", "", text)
    if re.search(r"序号|编号", plain):
        return CellKind.NUMBER
    if re.search(r"单位|部门|责任人|牵头|参与|配合", plain):
        return CellKind.UNITS
    if re.search(r"内容|措施|具体|要求|举措|要点", plain):
        return CellKind.SENTENCE
    return CellKind.LABEL
