"""The gate: a file's size, name, ending, first bytes and inner structure must all agree."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from shuiheng.adapters.containers.archive_gate import opened_archive
from shuiheng.adapters.containers.names import claimed_ending, kind_by_content, named_and_sized
from shuiheng.adapters.documents.errors import DocumentRefusedError, in_own_name
from shuiheng.adapters.documents.forms import ENDINGS, Form
from shuiheng.adapters.documents.limits import ReadingLimits
from shuiheng.adapters.documents.package_gate import WORKBOOK, check_open_document, check_word_package

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
_HTML_TAG = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|div|table|p|meta|article)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A file that passed the gate: its name for display and its form."""

    name: str
    form: Form


@in_own_name()
def admit(content: bytes, *, name: str, limits: ReadingLimits) -> Admitted:
    """Return the clean name and the form of a file that may be read.

    Raises:
        DocumentRefusedError: With the code of the first rule that it breaks.
    """
    shown = named_and_sized(content, name, file_bytes=limits.file_bytes)
    form = _form_by_name(shown)
    found = kind_by_content(content)
    if found not in _EXPECTED[form]:
        if found == "ole" and form is Form.DOCX and _wide("EncryptedPackage") in content:
            raise DocumentRefusedError("documents.encrypted")
        raise DocumentRefusedError("documents.false_extension", claimed=form.value, found=found or "text")
    _check_inside(content, form, limits)
    return Admitted(name=shown, form=form)


def _form_by_name(name: str) -> Form:
    ending = claimed_ending(name)
    if ending not in ENDINGS:
        raise DocumentRefusedError("documents.unknown_form", form=ending[:12])
    return ENDINGS[ending]


def _check_inside(content: bytes, form: Form, limits: ReadingLimits) -> None:
    if form in (Form.DOCX, Form.ODT):
        with opened_archive(content, limits, inner=WORKBOOK) as archive:
            (check_word_package if form is Form.DOCX else check_open_document)(archive, limits)
        return
    if form is not Form.TEXT and zipfile.is_zipfile(io.BytesIO(content)):
        raise DocumentRefusedError("documents.polyglot")
    if form in (Form.DOC, Form.WPS):
        _check_ole(content, form)
    elif form is Form.RTF:
        _check_rtf(content)
    elif form is Form.PDF:
        _check_pdf(content)
    elif form is Form.HTML:
        _check_html(content)
    elif form.is_picture and re.search(rb"<script\b|<\?php|<html\b", content[-65536:], re.I):
        raise DocumentRefusedError("documents.polyglot")


def _wide(word: str) -> bytes:
    return word.encode("utf-16-le")


def _check_ole(content: bytes, form: Form) -> None:
    if _wide("EncryptedPackage") in content or _wide("EncryptionInfo") in content:
        raise DocumentRefusedError("documents.encrypted")
    if any(_wide(word) in content for word in ("_VBA_PROJECT", "Macros\x00", "VBA\x00")):
        raise DocumentRefusedError("documents.macros")
    if _wide("ObjectPool") in content:
        raise DocumentRefusedError("documents.embedded", part="ObjectPool")
    if _wide("WordDocument") not in content and _wide("MatOST") not in content:
        found = "xls" if _wide("Workbook") in content or _wide("Book\x00") in content else "ole"
        raise DocumentRefusedError("documents.false_extension", claimed=form.value, found=found)
    for start in range(512, len(content) - 12, 512):
        # The header of a Word document: its mark, and a flag word whose ninth bit says encrypted.
        if content[start : start + 2] == b"\xec\xa5" and content[start + 11] & 0x01:
            raise DocumentRefusedError("documents.encrypted")


def _check_rtf(content: bytes) -> None:
    if re.search(rb"\\(?:objdata|objocx|objemb|objautlink)\b", content):
        raise DocumentRefusedError("documents.embedded", part="objdata")
    if re.search(rb"\\\*\\template\s+[^}]{0,20}(?:https?:|\\\\\\\\)|INCLUDEPICTURE\s+\"?https?:", content):
        raise DocumentRefusedError("documents.external_part", part="template")
    if re.search(rb"\bDDE(?:AUTO)?\b", content):
        raise DocumentRefusedError("documents.active_field", part="field")


def _check_pdf(content: bytes) -> None:
    if re.search(rb"/Launch\b|/JavaScript\b", content):
        raise DocumentRefusedError("documents.active_content")
    if re.search(rb"/EmbeddedFiles?\b", content):
        raise DocumentRefusedError("documents.embedded", part="EmbeddedFile")


def _check_html(content: bytes) -> None:
    sample = content[:65536].replace(b"\x00", b"")
    if not _HTML_TAG.search(sample):
        raise DocumentRefusedError("documents.false_extension", claimed="html", found="text")
    if b"<!ENTITY" in content:
        raise DocumentRefusedError("documents.xml_entities", part="html")
