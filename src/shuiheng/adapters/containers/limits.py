"""The limits that a gate asks for, whoever sets them."""

from __future__ import annotations

from typing import Protocol

MIB = 1024 * 1024


class ArchiveLimits(Protocol):
    """What an archive may hold: size unpacked, number of parts, ratio of unpacked to packed size."""

    @property
    def unpacked_bytes(self) -> int: ...

    @property
    def part_count(self) -> int: ...

    @property
    def expansion(self) -> int: ...
