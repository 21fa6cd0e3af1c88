"""Filling in an issued workbook as a person would, cell by cell."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl

HEADINGS = {
    "done_text": "本期完成情况",
    "value": "本期数值",
    "is_complete": "是否已全部完成",
    "obstacles": "存在问题",
    "next_step": "下一步",
    "what": "任务或指标",
    "reason": "情况说明",
}


def filled(content: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    """Return a workbook with some cells written, named by the code of the row and the column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(_plain(cell.value) == "编号" for cell in row))
    columns = {_plain(cell.value): cell.column for cell in head}
    code = columns["编号"]
    rows = {page.cell(row=row, column=code).value: row for row in range(head[0].row + 1, page.max_row + 1)}
    for (name, key), value in cells.items():
        page.cell(row=rows[name], column=columns[HEADINGS[key]]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(heading: object) -> str:
    """Return a heading without the mark of a required column."""
    return str(heading).strip("* ")
