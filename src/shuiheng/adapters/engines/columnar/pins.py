"""Who reads which generation: pins keep files that a newer generation no longer needs."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shuiheng.adapters.engines.columnar.errors import DamagedStoreError, StoreBusyError
from shuiheng.adapters.engines.columnar.manifest import Manifest, generations, read_manifest

FOLDER = "pins"


@contextmanager
def _choosing(folder: Path) -> Iterator[None]:
    """Hold the lock under which a reader chooses its generation and a writer looks who reads."""
    with (folder / "choosing.lock").open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


class Pin:
    """A generation that someone reads. It ends with `release`, or with the life of the reader."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        self._path = path
        self._stream: IO[bytes] | None = stream

    def release(self) -> None:
        """Let the files go that only this reader needs."""
        if self._stream is not None:
            self._path.unlink(missing_ok=True)
            self._stream.close()
            self._stream = None


def pin_generation(folder: Path, generation: int | None = None) -> tuple[Manifest, Pin]:
    """Return the newest generation, or the one asked for, and the pin that keeps its files.

    Raises:
        DamagedStoreError: There is no generation that can be read.
    """
    with _choosing(folder):
        chosen = generation if generation is not None else generations(folder)[-1]
        manifest = read_manifest(folder, chosen)
        path = folder / FOLDER / f"{chosen:010d}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        stream = path.open("ab")
        fcntl.flock(stream, fcntl.LOCK_SH)
    return manifest, Pin(path, stream)


def _pinned(folder: Path) -> set[int]:
    """Return the generations that living readers hold; pins of dead ones are removed."""
    held = set()
    for path in (folder / FOLDER).iterdir():
        try:
            with path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
        except BlockingIOError:
            held.add(int(path.name.split("-")[0]))
        except FileNotFoundError:
            continue
    return held


def remove_unneeded(folder: Path, manifest: Manifest, *, unfinished: Iterable[str] = ()) -> int:
    """Remove files and manifests that neither this generation nor a reader nor a kept one needs.

    Args:
        folder: Folder of the store.
        manifest: The newest generation.
        unfinished: Names of files that are being written for the next one.

    Returns:
        How many files were removed.
    """
    with _choosing(folder):
        needed = _pinned(folder) | set(manifest.kept.values()) | {manifest.generation}
        living = [manifest]
        for generation in generations(folder):
            if generation in needed and generation != manifest.generation:
                living.append(read_manifest(folder, generation))
        kept = {f"{each:010d}.json" for each in needed}
        rooms = {
            "manifests": kept,
            "state": set(unfinished).union(*(each.state_files() for each in living)),
            "evidence": set(unfinished).union(*(each.evidence_files() for each in living)),
        }
        removed = 0
        for room, names in rooms.items():
            for path in (folder / room).iterdir():
                if path.name not in names:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed


class WriterLock:
    """The right to write a store: one at a time, let go when its process ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            StoreBusyError: Another writer has it.
        """
        self._stream = (folder / "writer.lock").open("a+b")
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._stream.seek(0)
            holder = self._stream.read().decode("utf-8", "replace").strip()
            self._stream.close()
            raise StoreBusyError(folder.name, holder) from error
        self._stream.truncate(0)
        self._stream.write(f"number {os.getpid()} of the system".encode())
        self._stream.flush()

    def release(self) -> None:
        """Let another writer in."""
        self._stream.close()


def newest_manifest(folder: Path) -> Manifest:
    """Return the newest generation that is whole; a later one that is damaged is an error.

    Raises:
        DamagedStoreError: The newest manifest cannot be read.
    """
    known = generations(folder)
    if not known:
        raise DamagedStoreError("manifests", "there is none")
    return read_manifest(folder, known[-1])
