"""Files that are whole or not there: write, sync, rename, sync the folder."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

SYNCS_AT_ONCE = 4


def sync(path: Path) -> None:
    """Bring a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a cut of power."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.rename(path)
    sync(path.parent)


class NewFiles:
    """Files of one commit: written under new names, brought to the disk together before the manifest."""

    def __init__(self, folder: Path, generation: int) -> None:
        self.folder = folder
        self._stem = f"{generation:010d}"
        self._written: list[Path] = []
        self._lock = threading.Lock()

    def path(self, room: str, kind: str) -> Path:
        """Return the path of a further new file in `evidence` or `state`."""
        with self._lock:
            path = self.folder / room / f"{self._stem}-{kind}-{len(self._written)}.parquet"
            self._written.append(path)
        return path

    def write(self, room: str, kind: str, table: pa.Table, **options: Any) -> str:
        """Write a table into a new file and return its name."""
        path = self.path(room, kind)
        pq.write_table(table, path, **options)
        return path.name

    @property
    def names(self) -> set[str]:
        """Names of the files that are written and not committed."""
        with self._lock:
            return {path.name for path in self._written}

    def sync(self) -> None:
        """Bring all of them and their folders to the disk."""
        folders = sorted({path.parent for path in self._written})
        with ThreadPoolExecutor(SYNCS_AT_ONCE) as pool:
            list(pool.map(sync, self._written))
            list(pool.map(sync, folders))

    def committed(self) -> None:
        """Forget them: a manifest names them now."""
        with self._lock:
            self._written.clear()

    def discard(self) -> None:
        """Remove what was written and not committed."""
        for path in self._written:
            path.unlink(missing_ok=True)
        self._written.clear()
