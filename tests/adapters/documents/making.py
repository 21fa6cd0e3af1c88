"""Small files made for the tests: Word packages from XML, PDF pages from drawing steps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
MAIN_PART = (
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
)


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive with these parts, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_of(body: str, **parts: str | bytes) -> bytes:
    """Return a .docx with this body; other parts by name below `word/` (`numbering`, `styles`)."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(MAIN_PART),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = content
    return zip_of(files)


def paragraph(text: str, shape: str = "") -> str:
    """Return a paragraph as Word writes it."""
    return f'<w:p><w:pPr>{shape}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(text: str, shape: str = "") -> str:
    """Return a cell of a Word table."""
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """Return a Word table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


class PdfPage:
    """Drawing steps of one page of A4, in points from the top left."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def text(self, x: float, top: float, words: str, size: float = 12) -> PdfPage:
        """Write one line."""
        code = words.encode("utf-16-be").hex()
        self.steps.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {842 - top - size} Tm <{code}> Tj ET")
        return self

    def line(self, x0: float, top: float, x1: float, bottom: float) -> PdfPage:
        """Draw a ruling line."""
        self.steps.append(f"0.5 w {x0} {842 - top} m {x1} {842 - bottom} l S")
        return self

    def box(self, x0: float, top: float, x1: float, bottom: float) -> PdfPage:
        """Fill a white box, as scanner programs do behind lines of text."""
        self.steps.append(f"1 g {x0} {842 - bottom} {x1 - x0} {bottom - top} re f 0 g")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PdfPage:
        """Draw all lines of a grid."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self


def pdf_of(*pages: PdfPage) -> bytes:
    """Return a PDF of these pages; every character is one em wide and stands for itself."""
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 /Ascent 880 /Descent -120 "
        "/CapHeight 800 /ItalicAngle 0 /StemV 80 /FontBBox [0 -120 1000 880] >> >>",
        f"<< /Length {len(unicode_map)} >>\nstream\n{unicode_map}\nendstream",
    ]
    for index, page in enumerate(pages):
        drawing = "\n".join(page.steps)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
