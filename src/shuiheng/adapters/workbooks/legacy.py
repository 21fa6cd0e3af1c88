"""Old workbooks (.xls): what they may not hold, and which cells hold errors that readers leave out."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.compound_file import CompoundFile

_BOF, _EOF, _SHEET, _LOCK, _BOOK_LINK = 0x0809, 0x000A, 0x0085, 0x002F, 0x01AE
_FORMULA, _BOOL_ERROR = 0x0006, 0x0205
_EIGHTH = 0x0600
_OWN_LINKS = (0x0401, 0x3A01)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def check_legacy_book(content: bytes) -> None:
    """Refuse an .xls that is none, is of before 1997, or that holds more than tables.

    Raises:
        ContainerRefusedError: With the name of what it holds.
    """
    file = CompoundFile(content)
    names = {entry.name for entry in file.entries}
    if names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}:
        raise ContainerRefusedError("macros")
    for name in sorted(names):
        if name.startswith("MBD") or name in ("ObjectPool", "\x01Ole10Native", "Package"):
            raise ContainerRefusedError("embedded", part=name.strip("\x01"))
    if "Workbook" not in names:
        if "Book" in names:
            raise ContainerRefusedError("too_old")
        found = "doc" if "WordDocument" in names else "ole"
        raise ContainerRefusedError("false_extension", claimed="xls", found=found)
    _check_records(book_stream(file))


def book_stream(file: CompoundFile) -> bytes:
    """Return the stream of the workbook."""
    return file.stream(next(entry for entry in file.entries if entry.name == "Workbook"))


def error_cells(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Return the cells that hold an error, by name of sheet and place, counted from 0."""
    stream = book_stream(CompoundFile(content))
    sheets: dict[int, str] = {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    sheet = ""
    for at, kind, body in _records(stream):
        if kind == _SHEET and len(body) > 8:
            sheets[struct.unpack_from("<I", body)[0]] = _short_text(body[6:])
        elif kind == _BOF:
            sheet = sheets.get(at, "")
        elif kind == _BOOL_ERROR and len(body) >= 8 and body[7]:
            row, column = struct.unpack_from("<HH", body)
            found.setdefault(sheet, {})[row, column] = _ERRORS.get(body[6], "#N/A")
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            row, column = struct.unpack_from("<HH", body)
            found.setdefault(sheet, {})[row, column] = _ERRORS.get(body[8], "#N/A")
    return found


def _check_records(stream: bytes) -> None:
    first = True
    for _, kind, body in _records(stream):
        if first and (kind != _BOF or len(body) < 2 or struct.unpack_from("<H", body)[0] != _EIGHTH):
            raise ContainerRefusedError("too_old")
        first = False
        if kind == _LOCK:
            raise ContainerRefusedError("encrypted")
        if kind == _SHEET and len(body) > 5 and body[5] in (1, 6):
            raise ContainerRefusedError("macros")
        if kind == _BOOK_LINK and len(body) >= 4:
            count, mark = struct.unpack_from("<HH", body)
            if mark not in _OWN_LINKS:
                raise ContainerRefusedError("dynamic_link" if count == 0 else "external_part", part="SUPBOOK")
    if first:
        raise ContainerRefusedError("damaged")


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield offset, kind and body of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _short_text(body: bytes) -> str:
    """Return a text with its length and its width in front."""
    length, is_wide = body[0], body[1] & 1
    raw = body[2 : 2 + length * (2 if is_wide else 1)]
    return raw.decode("utf-16-le" if is_wide else "latin-1", "replace")
