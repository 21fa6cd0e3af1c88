"""Delivery loses nothing, doubles nothing, and gives up in the open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shuiheng.adapters.messages import TransportError
from shuiheng.adapters.records.models import Channel, Message, MessageState
from shuiheng.services import deliver_messages as delivering
from shuiheng.services.deliver_messages import deliver_messages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


class Gateway:
    """Takes messages, drops repeated keys, and fails as told."""

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}
        self.faults: list[Exception] = []

    def send(self, *, address: str, title: str, text: str, key: str) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.setdefault(key, address)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    made = Gateway()
    monkeypatch.setattr(delivering, "transports", lambda: {"sms": made})
    return made


def _message(key: str, address: str = "13800000000") -> Message:
    return Message.objects.create(
        key=key, kind="reminder", channel=Channel.SMS, title="t", text="x", address=address
    )


def test_a_waiting_message_goes_out_once(gateway: Gateway) -> None:
    message = _message("a")
    assert deliver_messages(NOON) == 1
    assert deliver_messages(NOON) == 0
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert gateway.taken == {"a": "13800000000"}


def test_a_failure_waits_twice_as_long_each_time_and_then_for_a_person(gateway: Gateway) -> None:
    message = _message("a")
    at, waits = NOON, []
    for _ in range(6):
        gateway.faults.append(TransportError("busy"))
        deliver_messages(at)
        message.refresh_from_db()
        if message.not_before and message.state == MessageState.WAITING:
            waits.append((message.not_before - at).total_seconds())
            at = message.not_before
    assert waits == [60, 120, 240, 480, 960]
    assert message.state == MessageState.DEAD
    assert gateway.taken == {}


def test_an_address_that_does_not_exist_is_not_tried_again(gateway: Gateway) -> None:
    message = _message("a", address="")
    deliver_messages(NOON)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.DEAD, 1)


def test_a_crash_after_the_handing_over_sends_again_under_the_same_key(gateway: Gateway) -> None:
    message = _message("a")
    gateway.taken["a"] = "13800000000"  # taken, but the power failed before the note of it
    assert deliver_messages(NOON) == 1
    assert list(gateway.taken) == ["a"]
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_crash_in_one_message_leaves_the_others_noted(gateway: Gateway) -> None:
    first, second = _message("a"), _message("b")
    sent = Gateway.send

    def falls_at_b(self: Gateway, *, address: str, title: str, text: str, key: str) -> None:
        if key == "b":
            raise RuntimeError("power")
        sent(self, address=address, title=title, text=text, key=key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gateway, "send", falls_at_b)
        with pytest.raises(RuntimeError):
            deliver_messages(NOON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (MessageState.SENT, MessageState.WAITING)


def test_nothing_goes_out_before_its_time(gateway: Gateway) -> None:
    message = _message("a")
    message.not_before = NOON + timedelta(minutes=1)
    message.save()
    assert deliver_messages(NOON) == 0
    assert deliver_messages(NOON + timedelta(minutes=1)) == 1
