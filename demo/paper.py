"""A small document model and its four prints: Word, PDF (from Word), web page, plain text."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

BODY_FONT, HEAD_FONT, TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"
FONT_USES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
PRINT_FONT = "Noto Serif CJK SC"  # stands in for the fonts above where a PDF is made


@dataclass(frozen=True)
class Line:
    """A paragraph; level 1 to 3 for a heading, 0 for text; `kind` is title, right or plain."""

    text: str
    level: int = 0
    kind: str = "plain"


@dataclass(frozen=True)
class Box:
    """A table cell: its words and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; `None` in a row is a position that a cell above or left covers."""

    rows: list[list[Box | None]]
    header_rows: int = 1
    widths: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Break:
    """A page break; `is_landscape` turns the pages that follow."""

    is_landscape: bool = False


Element = Line | Grid | Break


def merged_grid(header: list[str], rows: list[list[str | None]], widths: list[float] | None = None) -> Grid:
    """Return a grid in which `None` continues the cell above it."""
    table: list[list[Box | None]] = [[Box(name) for name in header]]
    for at, row in enumerate(rows):
        boxes: list[Box | None] = []
        for column, text in enumerate(row):
            if text is None:
                boxes.append(None)
                continue
            below = at + 1
            while below < len(rows) and rows[below][column] is None:
                below += 1
            boxes.append(Box(text, rows=below - at))
        table.append(boxes)
    return Grid(table, widths=widths or [])


def store(path: Path, content: str | bytes, *, is_check: bool) -> list[str]:
    """Write a file; on a check only return its name when it is not what it would be."""
    wanted = content.encode() if isinstance(content, str) else content
    if not is_check:
        path.write_bytes(wanted)
        return []
    return [] if path.exists() and path.read_bytes() == wanted else [path.name]


# --- plain text -----------------------------------------------------------------------------


def as_text(elements: list[Element], manner: str = "cells") -> str:
    """Return plain text; tables one cell per line (`cells`) or one row per line (`tabs`)."""
    parts: list[str] = []
    for element in elements:
        if isinstance(element, Line):
            parts.append(("　　" if element.kind == "plain" and not element.level else "") + element.text)
        elif isinstance(element, Grid):
            rows = [[box.text if box else "" for box in row] for row in element.rows]
            if manner == "tabs":
                parts.extend("\t".join(row) for row in rows)
            else:
                parts.append("\n\n".join("\n".join("\t" + text for text in row) for row in rows))
    return "\n".join(parts) + "\n"


# --- web page -------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{title}</title>
<style>.nav{{color:#999}} table{{border-collapse:collapse}} td,th{{border:1px solid #333}}</style>
<script>var channel = "政务公开";</script></head>
<body>
<div class="nav"><ul><li><a href="#">首页</a></li><li><a href="#">政务公开</a></li></ul></div>
<div class="article"><div id="zoom">
{body}
</div></div>
<div class="footer"><p>主办单位：虚构的人民政府办公室　网站标识码：0000000000</p></div>
</body></html>
"""


def as_html(elements: list[Element], title: str) -> str:
    """Return a page as government sites publish it."""
    return PAGE.format(title=html.escape(title), body="\n".join(_html_of(element) for element in elements))


def _html_of(element: Element) -> str:
    if isinstance(element, Break):
        return "<hr>"
    if isinstance(element, Line):
        align = {"title": "center", "right": "right"}.get(element.kind, "left")
        words = html.escape(element.text)
        if element.level:
            words = f"<strong>{words}</strong>"
        return f'<p style="text-align:{align};text-indent:2em">{words}</p>'
    rows = []
    for row in element.rows:
        cells = []
        for box in row:
            if box is not None:
                spans = f' rowspan="{box.rows}"' if box.rows > 1 else ""
                spans += f' colspan="{box.columns}"' if box.columns > 1 else ""
                cells.append(f"<td{spans}><p><span>{html.escape(box.text)}</span></p></td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


# --- Word -----------------------------------------------------------------------------------


def write_docx(elements: list[Element], path: Path, *, footer: str = "", font: str | None = None) -> None:
    """Write a Word file with merged cells, repeated table headers and Chinese fonts."""
    document = Document()
    _set_page(document.sections[0], is_landscape=False)
    if footer:
        _write(document.sections[0].footer.paragraphs[0], footer, font=BODY_FONT, size=9)
    for element in elements:
        if isinstance(element, Line):
            _add_line(document, element)
        elif isinstance(element, Break):
            _set_page(document.add_section(), is_landscape=element.is_landscape)
        else:
            _add_grid(document, element)
    for fonts in document.element.body.iter(qn("w:rFonts")) if font else ():
        for name in FONT_USES:
            fonts.set(qn(name), font)
    document.core_properties.author = "Shuiheng demo"
    document.save(str(path))


def _set_page(section: Any, *, is_landscape: bool) -> None:
    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if is_landscape else (short, long)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.8)


def _write(paragraph: Any, text: str, *, font: str, size: float, is_bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.font.color.rgb = Pt(size), is_bold, RGBColor(0, 0, 0)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for name in FONT_USES:
        fonts.set(qn(name), font)


def _add_line(document: Any, line: Line) -> None:
    paragraph = document.add_paragraph(style=f"Heading {line.level}" if line.level else None)
    if line.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, line.text, font=TITLE_FONT, size=20)
        return
    if line.kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif line.kind == "plain":
        paragraph.paragraph_format.first_line_indent = Pt(32)
    _write(
        paragraph, line.text, font=HEAD_FONT if line.level == 1 else BODY_FONT, size=16 if line.level else 15
    )


def _add_grid(document: Any, grid: Grid) -> None:
    columns = sum(box.columns if box else 1 for box in grid.rows[0])
    table = document.add_table(rows=len(grid.rows), cols=columns)
    table.style = "Table Grid"
    if grid.widths:
        table.autofit = False
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = Cm(width)
    for at, row in enumerate(grid.rows):
        _fill_row(table, at, row, grid)
    for row in table.rows[: grid.header_rows]:
        flag = OxmlElement("w:tblHeader")
        flag.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(flag)


def _fill_row(table: Any, at: int, row: list[Box | None], grid: Grid) -> None:
    column = 0
    for box in row:
        if box is not None:
            cell = table.cell(at, column)
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(table.cell(at + box.rows - 1, column + box.columns - 1))
            _write(cell.paragraphs[0], box.text, font=BODY_FONT, size=10.5, is_bold=at < grid.header_rows)
        column += box.columns if box else 1


# --- PDF ------------------------------------------------------------------------------------


def write_pdf(elements: list[Element], path: Path, *, footer: str = "") -> None:
    """Write a PDF with LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit(
            "LibreOffice is missing (Debian: apt-get install libreoffice-writer-nogui fonts-noto-cjk)"
        )
    with tempfile.TemporaryDirectory() as folder:
        docx = Path(folder) / f"{path.stem}.docx"
        write_docx(elements, docx, footer=footer, font=PRINT_FONT)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603  # fixed program, own files
        shutil.move(str(Path(folder) / f"{docx.stem}.pdf"), path)
