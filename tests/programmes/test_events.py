"""Events: values that cannot change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from programmes.made import ended, opened
from shuiheng.programmes.events import NO_AMOUNTS


def test_an_event_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        opened().subject = "other"
    with pytest.raises(TypeError):
        NO_AMOUNTS["length"] = 1  # type: ignore[index]  # what must not be possible


def test_the_end_of_a_step_adds_nothing_unless_it_says_so() -> None:
    assert dict(ended("apply", 1).amounts) == {}
    assert ended("apply", 1) == ended("apply", 1)
