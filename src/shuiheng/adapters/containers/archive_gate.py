"""Rules for the directory of a zip archive, checked before any part is unpacked."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.limits import ArchiveLimits

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_NESTED = (
    ".zip",
    ".7z",
    ".rar",
    ".gz",
    ".bz2",
    ".xz",
    ".tar",
    ".jar",
    ".docx",
    ".xlsx",
    ".pptx",
    ".docm",
    ".xlsm",
    ".xlsb",
    ".ods",
)
_SMALL = 64 * 1024
_KNOWN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def opened_archive(
    content: bytes, limits: ArchiveLimits, *, inner: re.Pattern[str] | None = None
) -> zipfile.ZipFile:
    """Return the archive when its directory keeps the rules.

    Args:
        content: Bytes of the archive.
        limits: What it may hold.
        inner: Names of archives inside it that the caller looks after; none unless given.

    Raises:
        ContainerRefusedError: It is damaged, encrypted, too large unpacked, or its directory lies.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, EOFError):
        raise ContainerRefusedError("damaged_archive") from None
    parts = archive.infolist()
    _check_sizes(parts, limits)
    _check_names(parts)
    for part in parts:
        _check_part(part, inner)
    _check_layout(content, archive, parts)
    return archive


def _check_sizes(parts: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(parts) > limits.part_count:
        raise ContainerRefusedError("too_many_parts", count=str(len(parts)), limit=str(limits.part_count))
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked_bytes:
        raise ContainerRefusedError("bomb", part="*", size=str(total))
    for part in parts:
        if part.file_size > _SMALL and part.file_size > limits.expansion * max(part.compress_size, 1):
            raise ContainerRefusedError("bomb", part=part.filename, size=str(part.file_size))


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename
        if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or "\x00" in name:
            raise ContainerRefusedError("path_escapes", part=name)
        if "\\" in name or ".." in name.split("/"):
            raise ContainerRefusedError("path_escapes", part=name)
        if name.casefold() in seen:
            raise ContainerRefusedError("duplicate_part", part=name)
        seen.add(name.casefold())


def _check_part(part: zipfile.ZipInfo, inner: re.Pattern[str] | None) -> None:
    if part.flag_bits & 0x1:
        raise ContainerRefusedError("encrypted")
    if part.compress_type not in _KNOWN_METHODS:
        raise ContainerRefusedError("damaged_archive")
    if stat.S_ISLNK(part.external_attr >> 16):
        raise ContainerRefusedError("path_escapes", part=part.filename)
    if part.filename.lower().endswith(_NESTED) and not (inner and inner.fullmatch(part.filename)):
        raise ContainerRefusedError("nested_archive", part=part.filename)


def _check_layout(content: bytes, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that overlap, headers that differ from the directory, and bytes around the archive."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise ContainerRefusedError("overlapping_parts", part=part.filename)
        if not end and part.header_offset:
            raise ContainerRefusedError("polyglot")
        head = content[part.header_offset : part.header_offset + _LOCAL.size]
        if len(head) < _LOCAL.size:
            raise ContainerRefusedError("damaged_archive")
        mark, _, flags, method, _, _, _, packed, size, name_length, extra_length = _LOCAL.unpack(head)
        begin = part.header_offset + _LOCAL.size
        name = content[begin : begin + name_length]
        sizes_agree = (
            flags & 0x8
            or 0xFFFFFFFF in (packed, size)
            or (packed, size)
            == (
                part.compress_size,
                part.file_size,
            )
        )
        if mark != b"PK\x03\x04" or method != part.compress_type or not sizes_agree or not _named(name, part):
            raise ContainerRefusedError("headers_differ", part=part.filename)
        end = begin + name_length + extra_length + part.compress_size
    if end > archive.start_dir:
        raise ContainerRefusedError("overlapping_parts", part="*")
    tail = content.rfind(b"PK\x05\x06")
    comment = struct.unpack("<H", content[tail + 20 : tail + 22])[0] if len(content) >= tail + 22 else -1
    if tail < 0 or tail + 22 + comment != len(content) or comment > 1024:
        raise ContainerRefusedError("polyglot")


def _named(raw: bytes, part: zipfile.ZipInfo) -> bool:
    encoding = "utf-8" if part.flag_bits & 0x800 else "cp437"
    return raw.decode(encoding, "replace") == part.orig_filename
