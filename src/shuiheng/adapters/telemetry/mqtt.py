"""A subscriber that acknowledges a message only when what it holds is durable.

The thread of the connection puts messages into a bounded queue; the thread that runs the subscriber
takes them in batches, gives the readings to a sink and what cannot be read to a dead-letter sink, and
acknowledges a message when both have said that they keep it. A full queue makes the connection wait,
and the broker keeps what it may not send. What was not acknowledged comes again, so readings may come
twice and late: the store keeps one of each meter, instant and arrival.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from paho.mqtt.client import topic_matches_sub

from shuiheng.adapters.telemetry.errors import FrameError, PayloadError, SinkNotReadyError
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.mqtt_connection import Arrived, MqttConnection, MqttSettings
from shuiheng.adapters.telemetry.pace import BatchRules, Pace
from shuiheng.adapters.telemetry.payloads import TopicRule, Units, readings_of

_GLANCE_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A reading with the message that brought it, so that what was sent can be kept as it was.

    Args:
        reading: The reading.
        received_at: When its message came, UTC seconds.
        topic: Where it came.
        payload: All of the message.
    """

    reading: ReceivedReading
    received_at: int
    topic: str = ""
    payload: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message of which a part cannot be read, whole.

    Args:
        topic: Where it came.
        payload: All of it.
        received_at: When it came, UTC seconds.
        causes: Why its parts cannot be read, codes of the rulebook without their room.
        values: What stands there and where, for the sentence of each cause.
        reason: The first of them in words.
    """

    topic: str
    payload: bytes
    received_at: int
    causes: tuple[str, ...]
    values: tuple[Mapping[str, str], ...]
    reason: str


ReadingSink = Callable[[Sequence[Delivered]], None]
DeadLetterSink = Callable[[Sequence[DeadLetter]], None]


@dataclass(slots=True)
class Counts:
    """What a subscriber has done since it began, for the status page."""

    messages: int = 0
    repeated: int = 0
    readings: int = 0
    dead_letters: int = 0
    batches: int = 0
    waits: int = 0


@dataclass(slots=True)
class _Read:
    """A message, what it holds, and what of it is not durable yet."""

    message: Arrived
    readings: list[Delivered] = field(default_factory=list)
    letter: DeadLetter | None = None


class Subscriber:
    """Reads the messages of a broker into a sink.

    Args:
        settings: Where and as whom.
        rules: How messages are read, by topic; the first filter that fits is taken.
        units: Litres of units.
        sink: Keeps a batch of readings and returns when it is durable. SinkNotReadyError has it asked
            again with the same batch; any other exception ends `run`, and nothing is acknowledged.
        dead_letters: Keeps what cannot be read, likewise. While it is not ready, readings go on.
        batches: When a batch goes to the sink.
    """

    def __init__(  # noqa: PLR0913 - what a subscriber stands between
        self,
        settings: MqttSettings,
        *,
        rules: Sequence[TopicRule],
        units: Units,
        sink: ReadingSink,
        dead_letters: DeadLetterSink,
        batches: BatchRules | None = None,
    ) -> None:
        self._rules = rules
        self._units = units
        self._sink = sink
        self._dead_letters = dead_letters
        self._batches = batches or BatchRules()
        self._pace = Pace(self._batches)
        self._count = min(self._batches.count, settings.window)
        self._queue: queue.Queue[Arrived] = queue.Queue(maxsize=settings.window)
        self._stopping = threading.Event()
        self._held: list[_Read] = []
        self._connection = MqttConnection(
            settings, filters=[rule.filter for rule in rules], arrived=self._put
        )
        self.counts = Counts()

    @property
    def connection(self) -> MqttConnection:
        """The connection, for the status page."""
        return self._connection

    def run(self) -> None:
        """Read messages until `stop` is called; what a sink raises but SinkNotReadyError comes out."""
        self._connection.start()
        try:
            while not self._stopping.is_set():
                self._deliver(self._take())
        finally:
            self._stopping.set()
            self._connection.stop()

    def stop(self) -> None:
        """Have `run` return after the batch under way; what it did not acknowledge comes again."""
        self._stopping.set()

    def _put(self, message: Arrived) -> None:
        """Put a message into the queue; while it is full, the connection waits."""
        while not self._stopping.is_set():
            try:
                self._queue.put(message, timeout=_GLANCE_SECONDS)
            except queue.Full:
                continue
            return

    def _take(self) -> list[Arrived]:
        """Return the next batch of messages; empty when none came within a glance.

        When somebody wants us to stop, what was gathered goes as it is.
        """
        messages: list[Arrived] = []
        deadline = time.monotonic() + _GLANCE_SECONDS
        while len(messages) < self._count and (left := deadline - time.monotonic()) > 0:
            try:
                messages.append(self._queue.get(timeout=min(left, _GLANCE_SECONDS)))
            except queue.Empty:
                if not messages or self._stopping.is_set():
                    break
                continue
            if len(messages) == 1:
                deadline = time.monotonic() + self._pace.seconds(time.monotonic())
        return messages

    def _deliver(self, messages: list[Arrived]) -> None:
        read = [self._read(message) for message in messages]
        readings = [reading for each in read for reading in each.readings]
        if not self._kept(readings):
            return
        self.counts.messages += len(messages)
        self.counts.repeated += sum(message.is_repeated for message in messages)
        self.counts.readings += len(readings)
        self.counts.batches += bool(readings)
        self._connection.acknowledge([each.message for each in read if each.letter is None])
        self._held = [each for each in self._held if self._is_ours(each.message)]
        self._held += [each for each in read if each.letter is not None]
        self._bury()

    def _is_ours(self, message: Arrived) -> bool:
        """Return whether a message will not come again by itself, as those of a broken connection do."""
        return message.number is None or message.session == self._connection.session

    def _read(self, message: Arrived) -> _Read:
        read = _Read(message)
        errors: list[FrameError | PayloadError] = []
        rule = next((each for each in self._rules if topic_matches_sub(each.filter, message.topic)), None)
        if rule is None:
            errors.append(PayloadError("payload_no_topic", found=message.topic))
        else:
            for found in readings_of(
                message.payload,
                topic=message.topic,
                rule=rule,
                units=self._units,
                received_at=message.received_at,
            ):
                if isinstance(found, ReceivedReading):
                    read.readings.append(
                        Delivered(
                            reading=found,
                            received_at=message.received_at,
                            topic=message.topic,
                            payload=message.payload,
                        )
                    )
                else:
                    errors.append(found)
        if errors:
            read.letter = DeadLetter(
                topic=message.topic,
                payload=message.payload,
                received_at=message.received_at,
                causes=tuple(error.cause for error in errors),
                values=tuple(error.values for error in errors),
                reason=str(errors[0]),
            )
        return read

    def _kept(self, readings: list[Delivered]) -> bool:
        """Return whether the sink keeps the readings; False when we were stopped before it could."""
        wait = self._batches.first_wait_seconds
        while readings:
            try:
                self._sink(readings)
            except SinkNotReadyError:
                self.counts.waits += 1
                if self._stopping.wait(wait):
                    return False
                wait = min(wait * 2, self._batches.longest_wait_seconds)
            else:
                break
        return True

    def _bury(self) -> None:
        """Give what cannot be read to its sink; when that is not ready, it is asked with the next batch."""
        letters = [each.letter for each in self._held if each.letter is not None]
        if not letters:
            return
        try:
            self._dead_letters(letters)
        except SinkNotReadyError:
            self.counts.waits += 1
            return
        self.counts.dead_letters += len(letters)
        self._connection.acknowledge([each.message for each in self._held])
        self._held = []
