"""Volumes are read as people type them, and nothing else is taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.web.fields import FieldError
from shuiheng.web.pages.allowances.typed import month_volumes, volume_of, wanted_volume


def test_separators_and_signs_are_read_and_nothing_is_none() -> None:
    assert volume_of({"v": " 12,345.5 "}, "v") == Decimal("12345.5")
    assert volume_of({"v": "-3"}, "v") == -3 and volume_of({"v": " "}, "v") is None


@pytest.mark.parametrize("text", ["很多", "1e5", "1.2345", "NaN", "1 2"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(FieldError):
        volume_of({"v": text}, "v")


def test_a_wanted_field_is_filled_and_empty_months_are_zero() -> None:
    with pytest.raises(FieldError):
        wanted_volume({}, "v")
    assert month_volumes({"m1": "5", "m12": "7"}) == [5, *[0] * 10, 7]
