"""Annexed tables of an official document: head row repeated, short rows kept whole."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.exports.official_styles import StyleId, twips_of_mm
from shuiheng.adapters.exports.official_text import paragraph_xml
from shuiheng.reports.model import Cell, Column, Table, shown
from shuiheng.reports.title import text_width

_LONG_WORDS = 160
_SHORT = 8
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PADDING = (
    "<w:tblCellMar>"
    + "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:tblCellMar>"
)


def table_xml(table: Table, *, width_mm: Decimal) -> str:
    """Return the table over the whole width, its columns in the shares that they ask for."""
    widths = _widths(table.columns, twips_of_mm(width_mm))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell(column.title, width, style=StyleId.TABLE_HEAD, alignment="center")
        for column, width in zip(table.columns, widths, strict=True)
    )
    alignments = [_alignment(table, index) for index in range(len(table.columns))]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{_PADDING}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        + "".join(_row(row, widths, alignments) for row in table.rows)
        + "</w:tbl>"
    )


def _widths(columns: tuple[Column, ...], whole: int) -> list[int]:
    shares = sum(column.width for column in columns)
    widths = [whole * column.width // shares for column in columns]
    widths[-1] += whole - sum(widths)
    return widths


def _row(row: tuple[Cell, ...], widths: list[int], alignments: list[str]) -> str:
    """Return a row; one with long words may break across pages, lest it leave half a page empty."""
    longest = max((len(shown(cell)) for cell in row), default=0)
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if longest <= _LONG_WORDS else ""
    cells = "".join(
        _cell(shown(cell), width, style=StyleId.TABLE_TEXT, alignment=alignment)
        for cell, width, alignment in zip(row, widths, alignments, strict=True)
    )
    return f"<w:tr>{whole}{cells}</w:tr>"


def _alignment(table: Table, index: int) -> str:
    """Return how the cells of a column stand: in the middle when all of them are short."""
    longest = max((text_width(shown(row[index])) for row in table.rows), default=0)
    return "center" if longest <= _SHORT else "left"


def _cell(words: str, width: int, *, style: StyleId, alignment: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + paragraph_xml(style, words, properties=f'<w:jc w:val="{alignment}"/>')
        + "</w:tc>"
    )
