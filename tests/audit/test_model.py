"""The nouns of the event log."""

from __future__ import annotations

import dataclasses

import pytest

from audit.making import event
from shuiheng.audit.canonical import event_json
from shuiheng.audit.model import NO_SEAL, EventRecord


def test_every_field_of_an_event_is_hashed() -> None:
    hashed = set(event_json(event(1)))
    assert hashed == {field.name for field in dataclasses.fields(EventRecord)} | {"form"}


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        event(1).reason = "later"  # type: ignore[misc]  that is what must fail


def test_what_stands_for_no_seal_has_the_length_of_a_hash() -> None:
    assert bytes.fromhex(NO_SEAL) == bytes(32)
