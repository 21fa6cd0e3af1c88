"""Old workbooks made for the tests: records of BIFF8 in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
CellValue = str | float | bool | None


def record(kind: int, body: bytes = b"") -> bytes:
    """Return one record."""
    return struct.pack("<HH", kind, len(body)) + body


def text(value: str, *, wide_length: bool = True) -> bytes:
    """Return a text in two bytes for each character, with its length in front."""
    return struct.pack("<HB" if wide_length else "<BB", len(value), 1) + value.encode("utf-16-le")


def bof(kind: int, edition: int = 0x0600) -> bytes:
    """Return the record that begins the book (5) or a sheet (0x10)."""
    return record(0x0809, struct.pack("<HHHHII", edition, kind, 0x0DBB, 0x07CC, 0, 6))


def cell_record(row: int, column: int, value: CellValue) -> bytes:
    """Return a cell; a text that begins with # is an error."""
    head = struct.pack("<HHH", row, column, 15)
    if value == "#DIV/0!":
        return record(0x0205, head + bytes([0x07, 1]))
    if isinstance(value, bool):
        return record(0x0205, head + bytes([int(value), 0]))
    if isinstance(value, str):
        return record(0x0204, head + text(value))
    return record(0x0203, head + struct.pack("<d", value)) if value is not None else b""


def book_of(
    rows: Sequence[Sequence[CellValue]], *, before: bytes = b"", kind: int = 0, edition: int = 0x0600
) -> bytes:
    """Return the stream of a workbook with one sheet.

    Args:
        rows: Cells of the sheet.
        before: Records that stand in the book before the sheet is named.
        kind: Kind of the sheet: 0 a sheet, 1 macros, 6 a module.
        edition: Edition of the format.
    """
    name = text("表一", wide_length=False)
    head = bof(5, edition) + before
    offset = len(head) + 4 + 6 + len(name) + 4
    head += record(0x0085, struct.pack("<IBB", offset, 0, kind) + name) + record(0x000A)
    cells = b"".join(
        cell_record(row, column, value) for row, line in enumerate(rows) for column, value in enumerate(line)
    )
    return head + bof(0x10, edition) + cells + record(0x000A)


def compound(streams: Mapping[str, bytes], *, loop: bool = False) -> bytes:
    """Return a compound file; with `loop` the chain of its first stream runs in a circle."""
    padded = {
        name: content.ljust(max(4096, -len(content) // SECTOR * -SECTOR), b"\x00")
        for name, content in streams.items()
    }
    padded = {name: content + b"\x00" * (-len(content) % SECTOR) for name, content in padded.items()}
    table: list[int] = [_TABLE]
    starts: dict[str, int] = {}
    for name, content in padded.items():
        starts[name] = len(table)
        count = len(content) // SECTOR
        table += [*range(len(table) + 1, len(table) + count), starts[name] if loop else _END]
    directory_start = len(table)
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else -1)]
    names = list(padded)
    entries += [
        _entry(name, 2, starts[name], len(padded[name]), right=index + 2 if index + 1 < len(names) else -1)
        for index, name in enumerate(names)
    ]
    directory = b"".join(entries)
    directory += b"\x00" * (-len(directory) % SECTOR)
    count = len(directory) // SECTOR
    table += [*range(directory_start + 1, directory_start + count), _END]
    assert len(table) <= SECTOR // 4
    table += [_FREE] * (SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, 1, directory_start, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + struct.pack(f"<{len(table)}I", *table) + b"".join(padded.values()) + directory


def _entry(name: str, kind: int, start: int, size: int, *, right: int = -1, child: int = -1) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    return (
        raw.ljust(64, b"\x00")
        + struct.pack("<HBBiii", len(raw), kind, 1, -1, right, child)
        + bytes(16 + 4 + 16)
        + struct.pack("<III", start, size, 0)
    )


def xls_of(rows: Sequence[Sequence[CellValue]], **book: object) -> bytes:
    """Return an .xls with one sheet."""
    return compound({"Workbook": book_of(rows, **book)})  # type: ignore[arg-type]  # the names of book_of
