"""The port by which protocols of meters come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from shuiheng.adapters.telemetry.errors import FrameError
from shuiheng.adapters.telemetry.model import ReceivedReading


class FrameReader(Protocol):
    """Reads the frames of one protocol. CJ/T 188 is one; SL 651 and SZY 206 can be others."""

    @property
    def name(self) -> str:
        """Name by which settings choose the protocol."""
        ...

    def read(self, content: bytes, *, received_at: int) -> Iterator[ReceivedReading | FrameError]:
        """Yield the readings of all frames in order, and an error for each stretch that is none.

        Args:
            content: Bytes as they came; frames may stand one behind the other.
            received_at: UTC seconds at which they came, for meters without a clock.
        """
        ...
