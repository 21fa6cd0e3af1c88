"""A real broker on 127.0.0.1 and what the tests of the subscriber need around it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.rulebook.mqtt_topics import mqtt_topics
from shuiheng.adapters.telemetry.errors import SinkNotReadyError
from shuiheng.adapters.telemetry.mqtt import DeadLetter, Delivered, Subscriber
from shuiheng.adapters.telemetry.mqtt_connection import MqttSettings
from shuiheng.adapters.telemetry.pace import BatchRules
from shuiheng.adapters.telemetry.payloads import Units

MOSQUITTO = shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
needs_mosquitto = pytest.mark.skipif(
    MOSQUITTO is None, reason="mosquitto is not installed (Debian: apt-get install mosquitto)"
)
UNITS = Units(volume=csv_columns().volume_units, flow=csv_columns().flow_units)
QUICK = BatchRules(count=100, seconds=0.05, first_wait_seconds=0.05, longest_wait_seconds=0.1)
PATIENCE = 30.0


class Broker:
    """Mosquitto with a store in a folder; it can be stopped, killed and started again.

    Args:
        folder: Where it keeps everything.
        lines: Further lines of its configuration.
    """

    def __init__(self, folder: Path, *lines: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._folder = folder
        anonymous = [] if any("password_file" in line for line in lines) else ["allow_anonymous true"]
        text = [
            f"listener {self.port} 127.0.0.1",
            "user root",
            "persistence true",
            f"persistence_location {folder}/",
            "max_queued_messages 0",
            f"log_dest file {folder}/log",
            *anonymous,
            *lines,
        ]
        (folder / "conf").write_text("\n".join(text) + "\n", "utf-8")
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        assert MOSQUITTO is not None
        self._child = subprocess.Popen(
            [MOSQUITTO, "-c", str(self._folder / "conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._answers)

    def stop(self, *, how: int = signal.SIGTERM) -> None:
        """Stop it; SIGTERM lets it save its store."""
        if self._child is not None:
            self._child.send_signal(how)
            self._child.wait(PATIENCE)
            self._child = None

    def until_gone(self, client: str = "reader") -> None:
        """Wait until it has read all that a client said before it left, to its goodbye.

        A client that comes back before has its old connection cut, and what was not read yet is lost.
        """
        until(lambda: self._last(f"Client {client} ") > self._last(f" as {client} ("))

    def _last(self, words: str) -> int:
        return (self._folder / "log").read_text("utf-8", "replace").rfind(words)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


@contextmanager
def broker_in(folder: Path, *lines: str) -> Iterator[Broker]:
    """Run a broker for the length of a block."""
    broker = Broker(folder, *lines)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something holds, and fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.01)


@contextmanager
def publishing(broker: Broker, *, username: str = "", password: str = "") -> Iterator[Callable[..., None]]:
    """Yield a function that publishes at QoS 1 and, unless told not to, waits for the broker."""
    client = Client(CallbackAPIVersion.VERSION2)
    if username:
        client.username_pw_set(username, password)
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    until(client.is_connected)

    def publish(topic: str, payload: bytes | str, *, waits: bool = True) -> None:
        sent = client.publish(topic, payload, qos=1)
        if waits:
            sent.wait_for_publish(PATIENCE)

    try:
        yield publish
    finally:
        client.disconnect()
        client.loop_stop()


def reading_of(register: float, *, at: str = "2026-05-01 01:00") -> str:
    """Return a message with one reading."""
    return json.dumps({"readings": [{"at": at, "register": register}]})


class Kept:
    """Sinks that keep everything in memory and can be told to be busy."""

    def __init__(self) -> None:
        self.readings: list[Delivered] = []
        self.letters: list[DeadLetter] = []
        self.kept_at: list[float] = []
        self.is_sink_ready = True
        self.is_burial_ready = True
        self.refused = 0

    def sink(self, readings: Sequence[Delivered]) -> None:
        if not self.is_sink_ready:
            self.refused += 1
            raise SinkNotReadyError
        self.readings += readings
        self.kept_at += [time.time()] * len(readings)

    def bury(self, letters: Sequence[DeadLetter]) -> None:
        if not self.is_burial_ready:
            self.refused += 1
            raise SinkNotReadyError
        self.letters += letters

    @property
    def registers(self) -> list[int]:
        return [each.reading.register_litres for each in self.readings]


def settings_for(broker: Broker, **changes: object) -> MqttSettings:
    """Return settings for a broker."""
    values = {"host": "127.0.0.1", "port": broker.port, "client_id": "reader", "longest_wait_seconds": 1}
    return MqttSettings(**(values | changes))  # type: ignore[arg-type]


def subscriber_for(settings: MqttSettings, kept: Kept) -> Subscriber:
    """Return a subscriber that keeps what it reads in memory."""
    return Subscriber(
        settings, rules=mqtt_topics(), units=UNITS, sink=kept.sink, dead_letters=kept.bury, batches=QUICK
    )


@contextmanager
def subscribed(settings: MqttSettings, kept: Kept, *, is_up: bool = True) -> Iterator[Subscriber]:
    """Run a subscriber in a thread; an exception of its run fails the test."""
    subscriber = subscriber_for(settings, kept)
    thread = threading.Thread(target=subscriber.run)
    thread.start()
    try:
        if is_up:
            until(lambda: subscriber.connection.is_up)
            time.sleep(0.1)  # the subscription follows the connection
        yield subscriber
    finally:
        subscriber.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
