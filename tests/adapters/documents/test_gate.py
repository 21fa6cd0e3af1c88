from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.making import PdfPage, docx_of, paragraph, pdf_of, zip_of
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.forms import ENDINGS, Form
from shuiheng.adapters.documents.gate import admit
from shuiheng.adapters.documents.limits import ReadingLimits

LIMITS = ReadingLimits()
DOCX = docx_of(paragraph("推进改造。"))
PDF = pdf_of(PdfPage().text(90, 90, "推进改造。"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
HTML = "<html><body><p>推进改造。</p></body></html>".encode()
RTF = rb"{\rtf1\ansi plan}"
FIB = b"\xec\xa5" + bytes(510)
LOCKED_FIB = b"\xec\xa5" + bytes(9) + b"\x01" + bytes(500)


def _wide(word: str) -> bytes:
    return word.encode("utf-16-le")


HONEST = [
    ("a.docx", DOCX, Form.DOCX),
    ("方案.v2.docx", DOCX, Form.DOCX),
    ("a.pdf", PDF, Form.PDF),
    ("a.PDF", PDF, Form.PDF),
    ("a.txt", "推进改造。".encode("gb18030"), Form.TEXT),
    ("a.html", HTML, Form.HTML),
    ("a.doc", OLE + FIB + _wide("WordDocument"), Form.DOC),
    ("a.wps", OLE + FIB + _wide("WordDocument"), Form.WPS),
    ("a.rtf", RTF, Form.RTF),
    ("a.png", PNG, Form.PNG),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), Form.JPEG),
    ("a.tif", b"II*\x00" + bytes(20), Form.TIFF),
]

HOSTILE = [
    ("empty.pdf", b"", "empty"),
    ("big.txt", b"a" * (20 * 1024 * 1024 + 1), "too_large"),
    ("tool.exe", b"MZ" + bytes(20), "unknown_form"),
    ("noending", b"text", "unknown_form"),
    ("table.xlsx", DOCX, "unknown_form"),
    ("plan.docm", DOCX, "macros"),
    ("plan.exe.pdf", PDF, "double_extension"),
    ("plan.js.docx", DOCX, "double_extension"),
    ("pdf.docx", PDF, "false_extension"),
    ("docx.pdf", DOCX, "false_extension"),
    ("docx.doc", DOCX, "false_extension"),
    ("exe.txt", b"MZ" + bytes(20), "false_extension"),
    ("gif.png", b"GIF89a" + bytes(20), "false_extension"),
    ("rar.docx", b"Rar!\x1a\x07", "false_extension"),
    ("zip.docx", zip_of({"a.txt": "x"}), "false_extension"),
    ("text.html", "推进改造。".encode(), "false_extension"),
    ("excel.doc", OLE + _wide("Workbook"), "false_extension"),
    ("locked.docx", OLE + _wide("EncryptedPackage"), "encrypted"),
    ("locked.doc", OLE + LOCKED_FIB + _wide("WordDocument"), "encrypted"),
    ("macro.doc", OLE + _wide("WordDocument") + _wide("_VBA_PROJECT"), "macros"),
    ("object.doc", OLE + _wide("WordDocument") + _wide("ObjectPool"), "embedded"),
    ("object.rtf", rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "embedded"),
    ("template.rtf", rb"{\rtf1{\*\template http://example.invalid/a.dot}}", "external_part"),
    ("dde.rtf", rb"{\rtf1{\field{\*\fldinst DDEAUTO c:\\x}}}", "active_field"),
    ("zip.pdf", PDF + zip_of({"a.txt": "x"}), "polyglot"),
    ("script.jpg", b"\xff\xd8\xff\xe0" + bytes(20) + b"<script>1</script>", "polyglot"),
    (
        "launch.pdf",
        PDF.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch >>"),
        "active_content",
    ),
    (
        "script.pdf",
        PDF.replace(b"/Type /Catalog", b"/Type /Catalog /AA << /S /JavaScript >>"),
        "active_content",
    ),
    ("attached.pdf", PDF.replace(b"/Type /Catalog", b"/Type /Catalog /EmbeddedFiles 9 0 R"), "embedded"),
    ("entity.html", b'<!DOCTYPE html [<!ENTITY a "b">]><html><p>&a;</p></html>', "xml_entities"),
]


@pytest.mark.parametrize(
    ("name", "content", "form"), HONEST, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_honest_file_passes(name: str, content: bytes, form: Form) -> None:
    assert admit(content, name=name, limits=LIMITS).form is form


@pytest.mark.parametrize(
    ("name", "content", "code"), HOSTILE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_file_that_is_not_what_it_says_is_refused_by_name(name: str, content: bytes, code: str) -> None:
    with pytest.raises(DocumentRefusedError) as refused:
        admit(content, name=name, limits=LIMITS)
    assert refused.value.code == f"documents.{code}"


@given(st.binary(max_size=300), st.sampled_from(sorted(ENDINGS)))
def test_any_bytes_pass_or_are_refused(content: bytes, ending: str) -> None:
    try:
        assert admit(content, name=f"a.{ending}", limits=LIMITS).form is ENDINGS[ending]
    except DocumentRefusedError as refused:
        assert refused.code.startswith("documents.")
