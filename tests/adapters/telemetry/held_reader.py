"""A subscriber whose sink never ends: it notes what came and waits to be killed."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.rulebook.mqtt_topics import mqtt_topics
from shuiheng.adapters.telemetry.mqtt import BatchRules, Delivered, Subscriber
from shuiheng.adapters.telemetry.mqtt_connection import MqttSettings
from shuiheng.adapters.telemetry.payloads import Units

PORT, NOTES = int(sys.argv[1]), Path(sys.argv[2])


def hold(readings: Sequence[Delivered]) -> None:
    """Note the registers and never say that they are durable."""
    NOTES.write_text(" ".join(str(each.reading.register_litres) for each in readings), "utf-8")
    time.sleep(600)


Subscriber(
    MqttSettings(host="127.0.0.1", port=PORT, client_id="reader"),
    rules=mqtt_topics(),
    units=Units(volume=csv_columns().volume_units, flow=csv_columns().flow_units),
    sink=hold,
    dead_letters=lambda letters: None,
    batches=BatchRules(count=10, seconds=0.2),
).run()
