"""Keeping uploaded files under random names outside the web root."""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from shuiheng.services.errors import NotThereError

NAME_LENGTH = 120
_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A kept file: its random name, its hash and its size."""

    name: str
    sha256: str
    byte_count: int


def shown_name(name: str) -> str:
    """Return a file name fit for display: no folders, no control or direction characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        char for char in last if unicodedata.category(char) not in _UNWANTED and char not in ':"<>|?*'
    )
    stem, dot, ending = kept.strip().rpartition(".")
    if dot and len(kept) > NAME_LENGTH:
        return stem[: NAME_LENGTH - len(ending) - 1] + "." + ending
    return kept.strip()[:NAME_LENGTH] or "document"


def keep_file(content: bytes) -> StoredFile:
    """Write `content` under a new random name, for the owner only, and return when it is on the disk."""
    folder: Path = settings.UPLOADS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    target = folder / name
    target.touch(mode=0o600)
    with target.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    _sync(folder)
    return StoredFile(name=name, sha256=hashlib.sha256(content).hexdigest(), byte_count=len(content))


def discard_file(stored_name: str) -> None:
    """Take a kept file off the disk; one that is gone already stays gone."""
    folder: Path = settings.UPLOADS
    if stored_name:
        (folder / Path(stored_name).name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def kept_content(stored_name: str) -> bytes:
    """Return the content of a kept file.

    Raises:
        NotThereError: The file is gone from the state folder.
    """
    folder: Path = settings.UPLOADS
    try:
        return (folder / Path(stored_name).name).read_bytes()
    except FileNotFoundError as error:
        raise NotThereError(stored_name) from error
