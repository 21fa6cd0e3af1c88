"""The gate: a file's size, name, ending, first bytes and inner structure must all agree."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from shuiheng.adapters.documents.archive_gate import opened_archive
from shuiheng.adapters.documents.errors import DocumentRefused
from shuiheng.adapters.documents.forms import ENDINGS, Form
from shuiheng.adapters.documents.limits import MIB, ReadingLimits
from shuiheng.adapters.documents.package_gate import check_open_document, check_word_package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (_OLE, "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF8", "gif"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BM", "bmp"),
)
_EXPECTED = {
    Form.DOCX: ("zip",),
    Form.ODT: ("zip",),
    Form.PDF: ("pdf",),
    Form.DOC: ("ole",),
    Form.WPS: ("ole",),
    Form.RTF: ("rtf",),
    Form.PNG: ("png",),
    Form.JPEG: ("jpg",),
    Form.TIFF: ("tif",),
    Form.TEXT: ("",),
    Form.HTML: ("",),
}
_MACRO_ENDINGS = {"docm", "dotm", "xlsm", "xlsb", "pptm"}
_HIDDEN_ENDINGS = {
    "exe",
    "js",
    "bat",
    "cmd",
    "scr",
    "com",
    "vbs",
    "ps1",
    "php",
    "jsp",
    "sh",
    "msi",
    "lnk",
    "hta",
    "jar",
}
_HTML_TAG = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|div|table|p|meta|article)\b", re.I)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A file that passed the gate: its name for display and its form."""

    name: str
    form: Form


def admit(content: bytes, *, name: str, limits: ReadingLimits) -> Admitted:
    """Return the clean name and the form of a file that may be read.

    Raises:
        DocumentRefused: With the code of the first rule that it breaks.
    """
    shown = shown_name(name)
    if not content:
        raise DocumentRefused("documents.empty")
    if len(content) > limits.file_bytes:
        size, limit = f"{len(content) / MIB:.1f}", f"{limits.file_bytes / MIB:.0f}"
        raise DocumentRefused("documents.too_large", size=size, limit=limit)
    form = _form_by_name(shown)
    found = _kind_by_content(content)
    if found not in _EXPECTED[form]:
        if found == "ole" and form is Form.DOCX and _wide("EncryptedPackage") in content:
            raise DocumentRefused("documents.encrypted")
        raise DocumentRefused("documents.false_extension", claimed=form.value, found=found or "text")
    _check_inside(content, form, limits)
    return Admitted(name=shown, form=form)


def shown_name(name: str) -> str:
    """Return a file name fit for display: NFC, no folders, no control or direction marks, not long."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")[-1]
    plain = "".join(char for char in plain if unicodedata.category(char)[0] != "C" and char != ":")
    plain = plain.strip(" .") or "document"
    if len(plain) > _LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: _LONGEST_NAME - 12]}{dot}{ending[:10]}" if dot else plain[:_LONGEST_NAME]
    return plain


def _form_by_name(name: str) -> Form:
    *stem, ending = name.lower().split(".")
    if ending in _MACRO_ENDINGS:
        raise DocumentRefused("documents.macros")
    if not stem or ending not in ENDINGS:
        raise DocumentRefused("documents.unknown_form", form=ending[:12] if stem else "")
    if len(stem) > 1 and stem[-1].strip() in _HIDDEN_ENDINGS | _MACRO_ENDINGS:
        raise DocumentRefused("documents.double_extension", name=name)
    return ENDINGS[ending]


def _kind_by_content(content: bytes) -> str:
    """Return the kind of file that the first bytes show, or nothing for text."""
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:16] if content[:1] in b"\xef \t\r\n%{" else content[:16]
    return next((kind for mark, kind in _MAGIC if head.startswith(mark)), "")


def _check_inside(content: bytes, form: Form, limits: ReadingLimits) -> None:
    if form in (Form.DOCX, Form.ODT):
        with opened_archive(content, limits) as archive:
            (check_word_package if form is Form.DOCX else check_open_document)(archive, limits)
        return
    if form is not Form.TEXT and zipfile.is_zipfile(io.BytesIO(content)):
        raise DocumentRefused("documents.polyglot")
    if form in (Form.DOC, Form.WPS):
        _check_ole(content, form)
    elif form is Form.RTF:
        _check_rtf(content)
    elif form is Form.PDF:
        _check_pdf(content)
    elif form is Form.HTML:
        _check_html(content)
    elif form.is_picture and re.search(rb"<script\b|<\?php|<html\b", content[-65536:], re.I):
        raise DocumentRefused("documents.polyglot")


def _wide(word: str) -> bytes:
    return word.encode("utf-16-le")


def _check_ole(content: bytes, form: Form) -> None:
    if _wide("EncryptedPackage") in content or _wide("EncryptionInfo") in content:
        raise DocumentRefused("documents.encrypted")
    if any(_wide(word) in content for word in ("_VBA_PROJECT", "Macros\x00", "VBA\x00")):
        raise DocumentRefused("documents.macros")
    if _wide("ObjectPool") in content:
        raise DocumentRefused("documents.embedded", part="ObjectPool")
    if _wide("WordDocument") not in content and _wide("MatOST") not in content:
        found = "xls" if _wide("Workbook") in content or _wide("Book\x00") in content else "ole"
        raise DocumentRefused("documents.false_extension", claimed=form.value, found=found)
    for start in range(512, len(content) - 12, 512):
        # The header of a Word document: its mark, and a flag word whose ninth bit says encrypted.
        if content[start : start + 2] == b"\xec\xa5" and content[start + 11] & 0x01:
            raise DocumentRefused("documents.encrypted")


def _check_rtf(content: bytes) -> None:
    if re.search(rb"\\(?:objdata|objocx|objemb|objautlink)\b", content):
        raise DocumentRefused("documents.embedded", part="objdata")
    if re.search(rb"\\\*\\template\s+[^}]{0,20}(?:https?:|\\\\\\\\)|INCLUDEPICTURE\s+\"?https?:", content):
        raise DocumentRefused("documents.external_part", part="template")
    if re.search(rb"\bDDE(?:AUTO)?\b", content):
        raise DocumentRefused("documents.active_field", part="field")


def _check_pdf(content: bytes) -> None:
    if re.search(rb"/Launch\b|/JavaScript\b", content):
        raise DocumentRefused("documents.active_content")
    if re.search(rb"/EmbeddedFiles?\b", content):
        raise DocumentRefused("documents.embedded", part="EmbeddedFile")


def _check_html(content: bytes) -> None:
    sample = content[:65536].replace(b"\x00", b"")
    if not _HTML_TAG.search(sample):
        raise DocumentRefused("documents.false_extension", claimed="html", found="text")
    if b"<!ENTITY" in content:
        raise DocumentRefused("documents.xml_entities", part="html")
