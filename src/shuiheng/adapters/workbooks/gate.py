"""The gate: a workbook's size, name, ending, first bytes and inner structure must all agree."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from shuiheng.adapters.containers.archive_gate import opened_archive
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.limits import MIB
from shuiheng.adapters.containers.names import claimed_ending, kind_by_content, named_and_sized
from shuiheng.adapters.containers.parts import (
    check_markup,
    check_member_name,
    check_stated_kind,
    kind_of_parts,
    part_bytes,
)
from shuiheng.adapters.workbooks.errors import in_own_name
from shuiheng.adapters.workbooks.forms import ENDINGS, ODS_KIND, WorkbookForm
from shuiheng.adapters.workbooks.legacy import check_legacy_book
from shuiheng.adapters.workbooks.limits import WorkbookLimits

_EXPECTED = {WorkbookForm.XLSX: "zip", WorkbookForm.ODS: "zip", WorkbookForm.XLS: "ole", WorkbookForm.CSV: ""}
_WIDE_ENCRYPTED = tuple(word.encode("utf-16-le") for word in ("EncryptedPackage", "EncryptionInfo"))
_MAIN_PART = b"spreadsheetml.sheet.main+xml"
_OUTSIDE_PARTS = ("xl/externallinks/", "xl/querytables/", "xl/connections.xml", "xl/webextensions/")
_MACRO_PARTS = ("xl/macrosheets/", "xl/dialogsheets/", "customui/")
_TELLING_BYTES = 4 * MIB
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|table|script|\?xml|\?php|style|div|mso)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A workbook that passed the gate: its name for display and its form."""

    name: str
    form: WorkbookForm


@in_own_name()
def admit(content: bytes, *, name: str, limits: WorkbookLimits) -> Admitted:
    """Return the clean name and the form of a file that may be read.

    Raises:
        WorkbookRefusedError: With the code of the first rule that it breaks.
    """
    shown = named_and_sized(content, name, file_bytes=limits.file_bytes)
    form = _form_by_name(shown)
    found = kind_by_content(content)
    if found == "ole" and any(word in content for word in _WIDE_ENCRYPTED):
        raise ContainerRefusedError("encrypted")
    if found != _EXPECTED[form]:
        claimed = form.value
        raise ContainerRefusedError("false_extension", claimed=claimed, found=found or _text_kind(content))
    _check_inside(content, form, limits)
    return Admitted(name=shown, form=form)


def _form_by_name(name: str) -> WorkbookForm:
    ending = claimed_ending(name)
    if ending in ("et", "ett"):
        raise ContainerRefusedError("wps_form", form=ending)
    if ending not in ENDINGS:
        raise ContainerRefusedError("unknown_form", form=ending[:12])
    return ENDINGS[ending]


def _check_inside(content: bytes, form: WorkbookForm, limits: WorkbookLimits) -> None:
    if form is WorkbookForm.XLSX:
        with opened_archive(content, limits) as archive:
            _check_package(archive, limits)
        return
    if form is WorkbookForm.ODS:
        with opened_archive(content, limits) as archive:
            check_stated_kind(archive, kind=ODS_KIND, claimed=form.value, limits=limits)
            for part in archive.infolist():
                check_member_name(part.filename)
        return
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise ContainerRefusedError("polyglot")
    if form is WorkbookForm.XLS:
        check_legacy_book(content)
    elif (kind := _text_kind(content)) != "text":
        raise ContainerRefusedError("false_extension", claimed=form.value, found=kind)


def _check_package(archive: zipfile.ZipFile, limits: WorkbookLimits) -> None:
    """Refuse an .xlsx that is none, or that holds more than tables.

    Only the small parts that tell of others are read here; sheets are read by the child.
    """
    names = {part.filename for part in archive.infolist()}
    if "[Content_Types].xml" not in names:
        raise ContainerRefusedError("false_extension", claimed="xlsx", found=kind_of_parts(names))
    sizes = {part.filename: part.file_size for part in archive.infolist()}
    telling = [name for name in sorted(names) if name == "[Content_Types].xml" or name.endswith(".rels")]
    for name in telling:
        if sizes[name] > _TELLING_BYTES:
            raise ContainerRefusedError("bomb", part=name, size=str(sizes[name]))
    kinds = part_bytes(archive, "[Content_Types].xml", limits)
    _check_part_names(names, kinds)
    if _MAIN_PART not in kinds or not any(name.lower().startswith("xl/") for name in names):
        raise ContainerRefusedError("false_extension", claimed="xlsx", found=kind_of_parts(names))
    for name in telling:
        check_markup(part_bytes(archive, name, limits), name)


def _check_part_names(names: set[str], kinds: bytes) -> None:
    lower = {name: name.lower() for name in sorted(names)}
    if (
        b"macroEnabled" in kinds
        or b"sheet.binary" in kinds
        or any(name.endswith("vbaproject.bin") or name.startswith(_MACRO_PARTS) for name in lower.values())
    ):
        raise ContainerRefusedError("macros")
    for name, small in lower.items():
        check_member_name(name)
        if small.startswith(_OUTSIDE_PARTS):
            raise ContainerRefusedError("external_part", part=name)


def _text_kind(content: bytes) -> str:
    """Return `html` for markup under another name, else `text`."""
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\x00", b"")
    return "html" if _MARKUP.match(start) else "text"
