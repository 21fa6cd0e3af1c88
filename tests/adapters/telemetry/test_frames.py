"""The port of protocols."""

from __future__ import annotations

from collections.abc import Iterator

from shuiheng.adapters.telemetry.cjt188 import Cjt188Reader
from shuiheng.adapters.telemetry.errors import FrameError
from shuiheng.adapters.telemetry.frames import FrameReader
from shuiheng.adapters.telemetry.model import ReceivedReading


class _Other:
    """A protocol of one byte: the register in litres."""

    name = "other"

    def read(self, content: bytes, *, received_at: int) -> Iterator[ReceivedReading | FrameError]:
        for byte in content:
            yield ReceivedReading(meter_number="1", read_at=received_at, register_litres=byte)


def test_another_protocol_fits_the_port() -> None:
    readers: list[FrameReader] = [Cjt188Reader(), _Other()]
    assert [reader.name for reader in readers] == ["cjt188", "other"]
    assert [each.register_litres for each in readers[1].read(b"\x05", received_at=3)] == [5]  # type: ignore[union-attr]
