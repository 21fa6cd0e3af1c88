"""Readings from outside: frames of meters, interval files, messages of a broker.

In: bytes. Out: `ReceivedReading` values with the sender's number of the meter, UTC seconds and whole
litres, and for what cannot be read an error or a finding that says where and why. Nothing is stored
here: whoever calls gives a sink, and only what the sink made durable is acknowledged.
"""

from shuiheng.adapters.telemetry.cjt188 import Cjt188Reader
from shuiheng.adapters.telemetry.errors import FrameError, PayloadError, SinkNotReadyError
from shuiheng.adapters.telemetry.frames import FrameReader
from shuiheng.adapters.telemetry.model import ReceivedReading

__all__ = [
    "Cjt188Reader",
    "FrameError",
    "FrameReader",
    "PayloadError",
    "ReceivedReading",
    "SinkNotReadyError",
]
