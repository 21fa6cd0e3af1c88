"""A file's name fit for display, the ending it claims, and the kind that its first bytes show."""

from __future__ import annotations

import unicodedata

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.limits import MIB

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
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
_MACRO_ENDINGS = frozenset(["docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm"])
_HIDDEN_ENDINGS = frozenset(
    ["exe", "js", "bat", "cmd", "scr", "com", "vbs", "ps1", "php", "jsp", "sh", "msi", "lnk", "hta", "jar"]
)
_LONGEST_NAME = 120


def shown_name(name: str) -> str:
    """Return a file name fit for display: NFC, no folders, no control or direction marks, not long."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")[-1]
    plain = "".join(char for char in plain if unicodedata.category(char)[0] != "C" and char != ":")
    plain = plain.strip(" .") or "document"
    if len(plain) > _LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: _LONGEST_NAME - 12]}{dot}{ending[:10]}" if dot else plain[:_LONGEST_NAME]
    return plain


def named_and_sized(content: bytes, name: str, *, file_bytes: int) -> str:
    """Return the shown name of a file that holds something, and not too much.

    Raises:
        ContainerRefusedError: `empty` or `too_large`.
    """
    if not content:
        raise ContainerRefusedError("empty")
    if len(content) > file_bytes:
        size, limit = f"{len(content) / MIB:.1f}", f"{file_bytes / MIB:.0f}"
        raise ContainerRefusedError("too_large", size=size, limit=limit)
    return shown_name(name)


def claimed_ending(name: str) -> str:
    """Return the ending of a shown name in small letters, empty when it has none.

    Raises:
        ContainerRefusedError: `macros` or `double_extension`: an ending that no reader here takes.
    """
    *stem, ending = name.lower().split(".")
    if ending in _MACRO_ENDINGS:
        raise ContainerRefusedError("macros")
    if len(stem) > 1 and stem[-1].strip() in _HIDDEN_ENDINGS | _MACRO_ENDINGS:
        raise ContainerRefusedError("double_extension", name=name)
    return ending if stem else ""


def kind_by_content(content: bytes) -> str:
    """Return the kind of file that the first bytes show, or nothing for text."""
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:16] if content[:1] in b"\xef \t\r\n%{" else content[:16]
    return next((kind for mark, kind in _MAGIC if head.startswith(mark)), "")
