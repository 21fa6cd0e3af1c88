"""Choices that are the same in every row of a page."""

from __future__ import annotations

from shuiheng.web.choices import MOST_IN_ROWS, is_shared


def test_few_choices_stand_in_every_row_and_many_stand_once() -> None:
    assert not is_shared(50, 30)
    assert not is_shared(1, MOST_IN_ROWS)
    assert is_shared(50, 2000)
