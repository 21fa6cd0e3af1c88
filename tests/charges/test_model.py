"""The nouns of charges hold still."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from charges.made import ladder
from shuiheng.charges.model import Mode


def test_a_ladder_cannot_be_changed_after_it_was_read() -> None:
    rule = ladder(("", "1"))
    with pytest.raises(FrozenInstanceError):
        rule.mode = Mode.TOTAL  # type: ignore[misc] # that it cannot be set is the point
