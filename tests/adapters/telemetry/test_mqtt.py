"""The subscriber against a real broker."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.telemetry.broker import (
    PATIENCE,
    QUICK,
    UNITS,
    Broker,
    Kept,
    broker_in,
    needs_mosquitto,
    publishing,
    reading_of,
    settings_for,
    subscribed,
    subscriber_for,
    until,
)
from places import ROOT
from shuiheng.adapters.rulebook.mqtt_topics import mqtt_topics
from shuiheng.adapters.telemetry.mqtt import Delivered, Subscriber

pytestmark = [
    needs_mosquitto,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
]
TOPIC = "shuiheng/v1/12/readings"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with broker_in(tmp_path) as running:
        yield running


def _nothing_left(broker: Broker) -> bool:
    """Return whether the broker keeps no message for the subscriber."""
    kept = Kept()
    broker.until_gone()
    with subscribed(settings_for(broker), kept):
        time.sleep(1)
    broker.until_gone()
    return not kept.readings and not kept.letters


@pytest.mark.parametrize("is_version_5", [True, False])
def test_what_was_sent_while_the_subscriber_was_away_comes_once(broker: Broker, is_version_5: bool) -> None:
    settings, kept = settings_for(broker, is_version_5=is_version_5), Kept()
    with subscribed(settings, Kept()):
        pass
    with publishing(broker) as publish:
        for number in range(50):
            publish(TOPIC, reading_of(number))
    with subscribed(settings, kept) as subscriber:
        until(lambda: len(kept.readings) == 50)
        assert subscriber.counts.messages == 50
    assert kept.registers == [number * 1000 for number in range(50)]
    assert _nothing_left(broker)


@contextmanager
def _child(manner: str, broker: Broker, notes: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a subscriber in a process of its own, and kill it at the end of the block."""
    script = Path(__file__).with_name("reader_child.py")
    child = subprocess.Popen([sys.executable, str(script), manner, str(broker.port), str(notes)], cwd=ROOT)
    try:
        yield child
    finally:
        child.kill()
        child.wait(PATIENCE)


def _noted(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text("utf-8").split()] if notes.exists() else []


def test_a_subscriber_killed_before_it_acknowledged_gets_the_messages_again(
    broker: Broker, tmp_path: Path
) -> None:
    notes, number = tmp_path / "notes", 0
    with _child("hold", broker, notes), publishing(broker) as publish:
        deadline = time.monotonic() + PATIENCE
        while not _noted(notes):  # it subscribes some time after it began
            assert time.monotonic() < deadline
            number += 1
            publish(TOPIC, reading_of(number))
            time.sleep(0.05)
    seen, kept = _noted(notes), Kept()
    with subscribed(settings_for(broker), kept) as subscriber:
        until(lambda: set(seen) <= set(kept.registers))
        assert subscriber.counts.repeated >= len(seen)
    assert kept.registers == sorted(set(kept.registers))
    assert _nothing_left(broker)


@pytest.mark.parametrize("kills", [4, pytest.param(60, marks=pytest.mark.nightly)])
def test_no_message_is_lost_however_often_the_subscriber_is_killed(
    broker: Broker, tmp_path: Path, kills: int
) -> None:
    notes, dice, number = tmp_path / "notes", random.Random(kills), 0  # noqa: S311 - moments, no secret
    with subscribed(settings_for(broker), Kept()):
        pass  # from here on the broker keeps what comes
    broker.until_gone()
    with publishing(broker) as publish:
        for _ in range(kills):
            with _child("keep", broker, notes):
                begin, before = time.monotonic(), len(_noted(notes))
                life = dice.uniform(0.0, 0.5)
                while len(_noted(notes)) == before or time.monotonic() - begin < life:
                    assert time.monotonic() - begin < PATIENCE
                    number += 1
                    publish(TOPIC, reading_of(number))
    kept = Kept()
    expected = {each * 1000 for each in range(1, number + 1)}
    with subscribed(settings_for(broker), kept):
        until(lambda: expected <= {*_noted(notes), *kept.registers})
    assert {*_noted(notes), *kept.registers} == expected
    twice = len(_noted(notes)) + len(kept.readings) - number
    print(f"mqtt: {number} messages, {kills} kills, {twice} came twice, none lost")


def test_a_broker_that_restarts_loses_nothing(broker: Broker) -> None:
    kept = Kept()
    with subscribed(settings_for(broker), kept) as subscriber:
        kept.is_sink_ready = False
        with publishing(broker) as publish:
            for number in range(20):
                publish(TOPIC, reading_of(number))
        until(lambda: kept.refused > 0)
        broker.stop()
        until(lambda: not subscriber.connection.is_up)
        broker.start()
        until(lambda: subscriber.connection.session == 2)
        with publishing(broker) as publish:
            for number in range(20, 40):
                publish(TOPIC, reading_of(number))
        kept.is_sink_ready = True
        until(lambda: set(kept.registers) == {number * 1000 for number in range(40)})
        time.sleep(0.5)
    assert _nothing_left(broker)


def test_late_and_disordered_readings_pass_as_they_came(broker: Broker) -> None:
    hours = list(range(24))
    random.Random(7).shuffle(hours)  # noqa: S311 - an order, no secret
    kept = Kept()
    with subscribed(settings_for(broker), kept), publishing(broker) as publish:
        for hour in [*hours, *hours[:5]]:
            publish(TOPIC, reading_of(hour, at=f"2026-05-01 {hour:02}:00"))
        until(lambda: len(kept.readings) == 29)
    assert kept.registers == [hour * 1000 for hour in [*hours, *hours[:5]]]


BAD = [b"", b"{", b"\xff\x00", b'{"readings": [{"at": "soon", "register": 1}]}', b"[" * 90_000]


def test_a_message_that_cannot_be_read_is_kept_whole_and_the_others_go_on(broker: Broker) -> None:
    kept = Kept()
    with subscribed(settings_for(broker), kept), publishing(broker) as publish:
        for number, payload in enumerate(BAD):
            publish(TOPIC, payload)
            publish(TOPIC, reading_of(number))
        publish("shuiheng/v1/12/cjt188", b"68 10")
        until(lambda: len(kept.readings) == len(BAD) and len(kept.letters) == len(BAD) + 1)
    assert [letter.payload for letter in kept.letters] == [*BAD, b"68 10"]
    assert all(letter.causes and letter.reason for letter in kept.letters)
    assert _nothing_left(broker)


def test_a_busy_dead_letter_sink_holds_no_reading_up_and_loses_nothing(broker: Broker) -> None:
    kept = Kept()
    kept.is_burial_ready = False
    with subscribed(settings_for(broker), kept), publishing(broker) as publish:
        for number in range(10):
            publish(TOPIC, b"bad")
            publish(TOPIC, reading_of(number))
        until(lambda: len(kept.readings) == 10 and kept.refused > 1)
        assert not kept.letters
    again = Kept()
    with subscribed(settings_for(broker), again):
        until(lambda: len(again.letters) == 10)
    assert not again.readings
    assert _nothing_left(broker)


def test_a_sink_that_is_not_ready_is_asked_again_and_nothing_is_acknowledged(broker: Broker) -> None:
    kept = Kept()
    kept.is_sink_ready = False
    with subscribed(settings_for(broker), kept), publishing(broker) as publish:
        for number in range(30):
            publish(TOPIC, reading_of(number))
        until(lambda: kept.refused > 2)
    assert not kept.readings
    again = Kept()
    with subscribed(settings_for(broker), again):
        until(lambda: len(again.readings) == 30)


def test_a_sink_that_fails_ends_the_run_and_the_messages_come_again(broker: Broker) -> None:
    def fail(readings: Sequence[Delivered]) -> None:
        raise OSError("the disk is gone")

    with subscribed(settings_for(broker), Kept()):
        pass
    with publishing(broker) as publish:
        publish(TOPIC, reading_of(5))
    subscriber = Subscriber(
        settings_for(broker), rules=mqtt_topics(), units=UNITS, sink=fail, dead_letters=print, batches=QUICK
    )
    with pytest.raises(OSError, match="disk"):
        subscriber.run()
    kept = Kept()
    with subscribed(settings_for(broker), kept):
        until(lambda: kept.registers == [5000])


def test_the_broker_keeps_what_a_small_window_cannot_take(broker: Broker) -> None:
    kept = Kept()
    kept.is_sink_ready = False
    with subscribed(settings_for(broker, window=10), kept) as subscriber, publishing(broker) as publish:
        for number in range(200):
            publish(TOPIC, reading_of(number))
        until(lambda: kept.refused > 2)
        assert subscriber._queue.qsize() <= 10
        kept.is_sink_ready = True
        until(lambda: len(kept.readings) == 200)
    assert kept.registers == [number * 1000 for number in range(200)]


def test_a_subscriber_waits_for_a_broker_that_is_not_there_yet(tmp_path: Path) -> None:
    broker, kept = Broker(tmp_path), Kept()
    with subscribed(settings_for(broker), kept, is_up=False) as subscriber:
        until(lambda: "does not answer" in subscriber.connection.fault)
        broker.start()
        try:
            until(lambda: subscriber.connection.is_up)
            assert subscriber.connection.fault == ""
        finally:
            subscriber.stop()
            broker.stop()


def test_stopping_does_not_wait_for_a_sink_that_is_not_ready(broker: Broker) -> None:
    kept = Kept()
    kept.is_sink_ready = False
    subscriber = subscriber_for(settings_for(broker), kept)
    thread = threading.Thread(target=subscriber.run)
    thread.start()
    with publishing(broker) as publish:
        until(lambda: subscriber.connection.is_up)
        time.sleep(0.1)
        publish(TOPIC, reading_of(5))
        until(lambda: kept.refused > 0)
    begin = time.monotonic()
    subscriber.stop()
    thread.join(PATIENCE)
    assert time.monotonic() - begin < 5


def test_a_reading_is_durable_soon_after_it_was_sent(
    broker: Broker, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, sent = Kept(), []
    with subscribed(settings_for(broker), kept), publishing(broker) as publish:
        for number in range(200):
            sent.append(time.time())
            publish(TOPIC, reading_of(number))
            time.sleep(0.005)
        until(lambda: len(kept.readings) == 200)
    waits = sorted(after - before for before, after in zip(sent, kept.kept_at, strict=True))
    with capsys.disabled():
        print(
            f"\nmqtt: published to kept, 200 messages: median {statistics.median(waits) * 1e3:.0f} ms, "
            f"95 % {waits[189] * 1e3:.0f} ms, longest {waits[-1] * 1e3:.0f} ms"
        )
    assert waits[189] < 5
