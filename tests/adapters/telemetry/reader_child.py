"""A subscriber in a process of its own, to be killed: its sink never ends (`hold`) or syncs (`keep`)."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.rulebook.mqtt_topics import mqtt_topics
from shuiheng.adapters.telemetry.mqtt import Delivered, Subscriber
from shuiheng.adapters.telemetry.mqtt_connection import MqttSettings
from shuiheng.adapters.telemetry.pace import BatchRules
from shuiheng.adapters.telemetry.payloads import Units

MANNER, PORT, NOTES = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])


def hold(readings: Sequence[Delivered]) -> None:
    """Note the registers and never say that they are durable."""
    keep(readings)
    time.sleep(600)


def keep(readings: Sequence[Delivered]) -> None:
    """Append the registers to the notes, one line for each, and return when they are on the disk."""
    with NOTES.open("a", encoding="utf-8") as notes:
        notes.writelines(f"{each.reading.register_litres}\n" for each in readings)
        notes.flush()
        os.fsync(notes.fileno())


Subscriber(
    MqttSettings(host="127.0.0.1", port=PORT, client_id="reader"),
    rules=mqtt_topics(),
    units=Units(volume=csv_columns().volume_units, flow=csv_columns().flow_units),
    sink={"hold": hold, "keep": keep}[MANNER],
    dead_letters=lambda letters: None,
    batches=BatchRules(count=20, seconds=0.05),
).run()
