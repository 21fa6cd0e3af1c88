"""The nouns of a draw."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from shuiheng.programmes.draw import DrawObject, Recusal


def test_a_row_of_a_register_cannot_be_changed_after_it_was_made() -> None:
    row = DrawObject(id="D1", group="industry", credit="B")
    with pytest.raises(FrozenInstanceError):
        row.credit = "A"  # type: ignore[misc]  # that is what is tried


def test_recusals_are_ordered_by_inspector_then_object() -> None:
    rows = [Recusal("J2", "D1"), Recusal("J1", "D2"), Recusal("J1", "D1")]
    assert sorted(rows) == [Recusal("J1", "D1"), Recusal("J1", "D2"), Recusal("J2", "D1")]
