"""Delivery loses nothing, doubles nothing, and gives up in the open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from shuiheng.adapters.messages import TransportError
from shuiheng.adapters.records.models import Channel, Message, MessageState
from shuiheng.adapters.rulebook import message_policy
from shuiheng.services import deliver_messages as delivering
from shuiheng.services.deliver_messages import NO_RESULT, deliver_messages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
SECOND, CLAIM = timedelta(seconds=1), timedelta(seconds=message_policy().claim_seconds)


class Gateway:
    """Takes messages, drops repeated keys, and fails as told."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.taken: dict[str, str] = {}
        self.faults: list[Exception] = []
        self.broken_at = ""
        self.meanwhile: Callable[[], object] | None = None

    def send(self, *, address: str, title: str, text: str, key: str) -> None:
        self.heard.append(key)
        fault = self.faults.pop(0) if self.faults else None
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        if fault:
            raise fault
        if key == self.broken_at:
            _power_fails()
        self.taken.setdefault(key, address)


def _power_fails(*_: object) -> None:
    raise RuntimeError("power")


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


def test_a_crash_after_the_handing_over_sends_again_under_the_same_key(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = _message("a")
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_note", _power_fails)
        with pytest.raises(RuntimeError):
            deliver_messages(NOON)
    assert gateway.taken == {"a": "13800000000"}
    assert deliver_messages(NOON + CLAIM - SECOND) == 0
    assert deliver_messages(NOON + CLAIM) == 1
    assert gateway.heard == ["a", "a"] and list(gateway.taken) == ["a"]
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_message_that_breaks_its_way_does_not_hold_up_the_others(gateway: Gateway) -> None:
    first, second = _message("a"), _message("b")
    gateway.broken_at = "a"
    with pytest.raises(RuntimeError):
        deliver_messages(NOON)
    assert deliver_messages(NOON + SECOND) == 1
    second.refresh_from_db()
    assert second.state == MessageState.SENT
    at = NOON
    for _ in range(message_policy().attempts - 1):
        at += CLAIM
        with pytest.raises(RuntimeError):
            deliver_messages(at)
    assert deliver_messages(at + CLAIM) == 0
    first.refresh_from_db()
    assert (first.state, first.last_error) == (MessageState.DEAD, NO_RESULT)


def test_two_workers_at_once_hand_a_message_over_once(gateway: Gateway) -> None:
    _message("a")
    gateway.meanwhile = lambda: deliver_messages(NOON)
    assert deliver_messages(NOON) == 1
    assert gateway.heard == ["a"]


def test_a_failure_that_is_noted_late_does_not_undo_what_another_worker_did(gateway: Gateway) -> None:
    message = _message("a")
    gateway.faults.append(TransportError("slow"))
    gateway.meanwhile = lambda: deliver_messages(NOON + CLAIM)
    deliver_messages(NOON)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.SENT, "")


@pytest.mark.django_db(transaction=True)
def test_no_row_is_locked_while_the_other_side_is_waited_for(gateway: Gateway) -> None:
    _message("a")
    inside: list[bool] = []
    gateway.meanwhile = lambda: inside.append(connection.in_atomic_block)
    assert deliver_messages(NOON) == 1
    assert inside == [False]


def test_nothing_goes_out_before_its_time(gateway: Gateway) -> None:
    message = _message("a")
    message.not_before = NOON + timedelta(minutes=1)
    message.save()
    assert deliver_messages(NOON) == 0
    assert deliver_messages(NOON + timedelta(minutes=1)) == 1
