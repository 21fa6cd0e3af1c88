"""Readings from outside: frames of meters, interval files, messages of a broker.

In: bytes. Out: `ReceivedReading` values with the sender's number of the meter, UTC seconds and whole
litres, and for what cannot be read an error or a finding that says where and why. Nothing is stored
here: whoever calls gives a sink, and only what the sink made durable is acknowledged. Words, units and
topics are given by the caller, who has them from the rulebook (`csv_columns`, `mqtt_topics`).
"""

from shuiheng.adapters.telemetry.cjt188 import Cjt188Reader
from shuiheng.adapters.telemetry.errors import FrameError, PayloadError, SinkNotReadyError
from shuiheng.adapters.telemetry.frames import FrameReader
from shuiheng.adapters.telemetry.interval_csv import CsvRules, DayOnly, read_interval_csv
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.mqtt import DeadLetter, Delivered, Subscriber
from shuiheng.adapters.telemetry.mqtt_connection import MqttSettings, TlsFiles
from shuiheng.adapters.telemetry.pace import BatchRules
from shuiheng.adapters.telemetry.payloads import Units

__all__ = [
    "BatchRules",
    "Cjt188Reader",
    "CsvRules",
    "DayOnly",
    "DeadLetter",
    "Delivered",
    "FrameError",
    "FrameReader",
    "MqttSettings",
    "PayloadError",
    "ReceivedReading",
    "SinkNotReadyError",
    "Subscriber",
    "TlsFiles",
    "Units",
    "read_interval_csv",
]
