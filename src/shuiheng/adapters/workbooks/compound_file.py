"""Streams of a compound file, the container of old Office formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from shuiheng.adapters.containers.errors import ContainerRefusedError

_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the directory."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file whose chains were followed within its own length.

    Raises:
        ContainerRefusedError: `damaged`: the header, a chain or the directory lies.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        if len(content) < _HEADER.size:
            raise ContainerRefusedError("damaged")
        head = _HEADER.unpack_from(content)
        shift, mini_shift = head[5], head[6]
        if head[4] != 0xFFFE or shift not in (9, 12) or mini_shift != 6:
            raise ContainerRefusedError("damaged")
        self._sector, self._mini_sector = 1 << shift, 1 << mini_shift
        self._sectors = (len(content) + self._sector - 1) // self._sector
        self._mini_limit = head[12]
        self._table = self._allocation(head[9], first_more=head[15], content=content)
        directory = self._chain(head[10])
        self.entries = tuple(_entries(directory))
        self._mini_table = _numbers(self._chain(head[13])) if head[13] < _LAST_SECTOR else ()
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._mini = self._chain(root.start) if root is not None and root.start < _LAST_SECTOR else b""

    def stream(self, entry: Entry) -> bytes:
        """Return the bytes of a stream."""
        if entry.size >= self._mini_limit:
            return self._chain(entry.start)[: entry.size]
        at = entry.start
        parts: list[bytes] = []
        for _ in range(len(self._mini_table) + 1):
            if at >= _LAST_SECTOR:
                return b"".join(parts)[: entry.size]
            if at >= len(self._mini_table):
                break
            parts.append(self._mini[at * self._mini_sector : (at + 1) * self._mini_sector])
            at = self._mini_table[at]
        raise ContainerRefusedError("damaged")

    def _allocation(self, count: int, *, first_more: int, content: bytes) -> tuple[int, ...]:
        """Return the table that says which sector follows which."""
        places = list(struct.unpack_from("<109I", content.ljust(512, b"\xff"), 76))
        per_sector = self._sector // 4 - 1
        more, seen = first_more, 0
        while more < _LAST_SECTOR:
            numbers = _numbers(self._at(more))
            places += numbers[:per_sector]
            more, seen = numbers[per_sector], seen + 1
            if seen > self._sectors:
                raise ContainerRefusedError("damaged")
        used = [place for place in places if place < _LAST_SECTOR][:count]
        return _numbers(b"".join(self._at(place) for place in used))

    def _at(self, number: int) -> bytes:
        begin = (number + 1) * self._sector
        if begin >= len(self._content):
            raise ContainerRefusedError("damaged")
        return self._content[begin : begin + self._sector].ljust(self._sector, b"\x00")

    def _chain(self, first: int) -> bytes:
        at = first
        parts: list[bytes] = []
        while at < _LAST_SECTOR:
            if at >= len(self._table) or len(parts) > self._sectors:
                raise ContainerRefusedError("damaged")
            parts.append(self._at(at))
            at = self._table[at]
        return b"".join(parts)


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _entries(directory: bytes) -> Iterator[Entry]:
    for begin in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        line = directory[begin : begin + _ENTRY]
        length, kind = struct.unpack_from("<HB", line, 64)
        if kind == 0:
            continue
        start, size = struct.unpack_from("<II", line, 116)
        name = line[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        yield Entry(name=name, kind=kind, start=start, size=size)
