"""The responsibility table (任务分工表) as a Word document, in the layout of the originals."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY, HEAD, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
WIDTHS = {"number": 14, "path": 30, "text": 118, "lead": 38, "joint": 52}
PAGE_WIDTH, PAGE_HEIGHT = 297, 210
_FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityRow:
    """One task of the table: its headings, its text and its units as lists of names."""

    path: tuple[str, ...]
    text: str
    lead: tuple[str, ...]
    joint: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityWords:
    """Words of the table, in the language of the document."""

    number: str = "序号"
    path: str = "目标任务"
    text: str = "具体工作"
    lead: str = "牵头单位"
    joint: str = "参与单位"


def write_responsibility(
    title: str,
    rows: Sequence[ResponsibilityRow],
    *,
    notes: Sequence[str] = (),
    words: ResponsibilityWords | None = None,
) -> bytes:
    """Return a `.docx` with the table: landscape A4, equal headings merged, head row repeated.

    Every run names its font in all four slots, because the default template of the writer
    declares Japanese fonts. The document ends with a paragraph, as Word demands.
    """
    document = Document()
    _set_up(document)
    _paragraph(document.add_paragraph(), title, font=TITLE, size=18, is_centred=True)
    depth = max((len(row.path) for row in rows), default=0)
    table = document.add_table(rows=1, cols=depth + 4)
    table.style, table.autofit = "Table Grid", False
    _head(table, depth, words or ResponsibilityWords())
    for number, row in enumerate(rows, start=1):
        cells = table.add_row().cells
        values = [str(number), *_padded(row.path, depth), row.text, "、".join(row.lead), "、".join(row.joint)]
        for index, value in enumerate(values):
            if 0 < index <= depth:
                continue
            _cell(cells[index], value, is_centred=index == 0)
        _keep_whole(table.rows[-1])
    _merge_paths(table, [_padded(row.path, depth) for row in rows], depth)
    _set_widths(table, depth)
    for line in notes:
        _paragraph(document.add_paragraph(), line, font=BODY, size=10)
    if not notes:
        document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    style = document.styles["Normal"]
    style.font.size = Pt(11)
    _set_fonts(style.element.get_or_add_rPr(), BODY)
    language = style.element.rPr.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        style.element.rPr.append(language)
    language.set(qn("w:eastAsia"), "zh-CN")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _set_fonts(properties: Any, font: str) -> None:
    """Name the font in all four slots and drop theme fonts, which would win over it."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for slot in _FONT_SLOTS:
        fonts.set(qn(slot), font)


def _paragraph(paragraph: Any, text: str, *, font: str, size: float, is_centred: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    _set_fonts(run._r.get_or_add_rPr(), font)
    paragraph.paragraph_format.space_after = Pt(0)
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _cell(cell: Any, text: str, *, font: str = BODY, is_centred: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _paragraph(cell.paragraphs[0], text, font=font, size=10.5, is_centred=is_centred)


def _head(table: Any, depth: int, words: ResponsibilityWords) -> None:
    cells = table.rows[0].cells
    if depth > 1:
        cells[1].merge(cells[depth])
    _cell(cells[0], words.number, font=HEAD, is_centred=True)
    if depth:
        _cell(cells[1], words.path, font=HEAD, is_centred=True)
    for offset, text in enumerate((words.text, words.lead, words.joint), start=depth + 1):
        _cell(cells[offset], text, font=HEAD, is_centred=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _padded(path: Sequence[str], depth: int) -> list[str]:
    return [*path, *[""] * (depth - len(path))]


def _merge_paths(table: Any, paths: Sequence[Sequence[str]], depth: int) -> None:
    """Merge equal headings that stand below each other under the same outer headings."""
    for level in range(depth):
        row = 1
        for key, group in groupby(tuple(path[: level + 1]) for path in paths):
            count = len(list(group))
            first = table.cell(row, level + 1)
            if count > 1:
                first.merge(table.cell(row + count - 1, level + 1))
            _cell(first, key[level], is_centred=True)
            row += count


def _set_widths(table: Any, depth: int) -> None:
    paths = [WIDTHS["path"] / max(depth, 1) * (1.6 if depth > 1 else 1)] * depth
    text = PAGE_WIDTH - 40 - WIDTHS["number"] - sum(paths) - WIDTHS["lead"] - WIDTHS["joint"]
    widths = [WIDTHS["number"], *paths, text, WIDTHS["lead"], WIDTHS["joint"]]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=False):
            if cell.grid_span == 1:
                cell.width = Mm(width)
