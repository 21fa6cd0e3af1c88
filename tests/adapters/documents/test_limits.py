from __future__ import annotations

import pytest

from shuiheng.adapters.documents.limits import ReadingLimits


def test_a_limit_cannot_be_changed_after_it_is_set() -> None:
    with pytest.raises(AttributeError):
        ReadingLimits().file_bytes = 1  # type: ignore[misc]  # that it fails is what is tested


def test_recognition_and_conversion_get_more_than_plain_reading() -> None:
    limits = ReadingLimits()
    assert limits.heavy_memory_bytes > limits.memory_bytes
    assert limits.heavy_wall_seconds > limits.wall_seconds
