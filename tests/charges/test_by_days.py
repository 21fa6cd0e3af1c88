"""Volumes split at the days on which prices change."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.charges.by_days import day_steps, parts_by_days
from shuiheng.charges.errors import BadFigureError
from shuiheng.kernel.derivation import Term


def test_thirds_of_a_volume_lose_no_litre() -> None:
    assert parts_by_days(Decimal(10), [1, 1, 1]) == (Decimal("3.333"), Decimal("3.334"), Decimal("3.333"))


def test_the_last_part_keeps_the_fineness_of_the_register() -> None:
    assert parts_by_days(Decimal("0.0004"), [1, 1]) == (0, Decimal("0.0004"))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 31), min_size=1, max_size=6).filter(any))
def test_parts_add_up_and_none_is_negative(litres: int, days: list[int]) -> None:
    volume = Decimal(litres) / 1000
    parts = parts_by_days(volume, days)
    assert sum(parts) == volume
    assert min(parts) >= 0
    exact = [volume * count / sum(days) for count in days]
    assert all(abs(part - share) <= Decimal("0.001") for part, share in zip(parts, exact, strict=True))


@pytest.mark.parametrize("days", [[0], [-1, 5], [0, 0]])
def test_a_period_without_days_is_refused(days: list[int]) -> None:
    with pytest.raises(BadFigureError):
        parts_by_days(Decimal(1), days)


def test_the_steps_say_how_the_volume_was_split() -> None:
    volume = Term(name="volume", value=Decimal(10), unit="m3")
    steps = day_steps(volume, [12, 18], ["a", "b"])
    assert [(step.formula, step.value) for step in steps] == [("10 × 12 ÷ 30", 4), ("10 × 30 ÷ 30 − 4", 6)]
