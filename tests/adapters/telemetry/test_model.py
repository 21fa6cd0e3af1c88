"""Readings as they come in."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from shuiheng.adapters.telemetry.model import ReceivedReading


def test_a_reading_cannot_be_changed_after_it_came_in() -> None:
    reading = ReceivedReading(meter_number="1", read_at=0, register_litres=5)
    with pytest.raises(FrozenInstanceError):
        reading.register_litres = 6  # type: ignore[misc]
