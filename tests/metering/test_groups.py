"""Sums over groups of meters."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from shuiheng.metering.groups import Change, Group, GroupKind, Member, change_between, total_of
from shuiheng.metering.model import Method, Volume

DAY = Volume(start_at=0, end_at=100, method=Method.BY_TIME)
FULL = replace(DAY, measured_litres=60, measured_seconds=100)
MIXED = replace(
    DAY,
    measured_litres=10,
    spread_litres=20,
    estimated_litres=10,
    measured_seconds=40,
    spread_seconds=30,
    estimated_seconds=20,
    missing_seconds=10,
)
ZONE = Group(id="z1", kind=GroupKind.ZONE, members=(Member(meter="in"), Member(meter="out", sign=-1)))


def test_litres_add_with_their_signs_and_shares_without_them() -> None:
    found = total_of(ZONE, {"in": FULL, "out": MIXED}, seconds=100)
    assert found.litres == 60 - 40
    assert (found.measured_litres, found.spread_litres, found.estimated_litres) == (50, -20, -10)
    assert (found.measured_share, found.estimated_share) == (Fraction(70, 100), Fraction(10, 100))
    times = (found.measured_time_share, found.estimated_time_share, found.missing_time_share)
    assert times == (Fraction(170, 200), Fraction(20, 200), Fraction(10, 200))
    assert sum(times) == 1 and found.silent == ()


@pytest.mark.parametrize("absent", [{}, {"out": replace(DAY, missing_seconds=100)}])
def test_a_member_of_which_nothing_is_known_is_named_and_missing(absent: dict[str, Volume]) -> None:
    found = total_of(ZONE, {"in": FULL, **absent}, seconds=100)
    assert found.silent == ("out",) and found.litres == 60
    assert found.missing_time_share == Fraction(1, 2)


def test_a_group_of_which_nothing_is_known_has_no_litres() -> None:
    found = total_of(ZONE, {}, seconds=100)
    assert found.litres is None and found.measured_share is None and found.estimated_share is None
    assert found.missing_time_share == 1
    assert total_of(replace(ZONE, members=()), {}, seconds=100).missing_time_share == 1


def test_zero_litres_are_known_but_have_no_shares() -> None:
    found = total_of(ZONE, {"in": replace(FULL, measured_litres=0)}, seconds=100)
    assert found.litres == 0 and found.estimated_share is None


def test_a_change_is_told_with_whether_it_can_be_compared() -> None:
    full = total_of(ZONE, {"in": FULL, "out": FULL}, seconds=100)
    former = total_of(ZONE, {"in": FULL, "out": MIXED}, seconds=100)
    latter = total_of(ZONE, {"in": replace(FULL, measured_litres=65), "out": MIXED}, seconds=100)
    share = Fraction(1, 20)
    assert change_between(former, latter, most_missing=share) == Change(
        litres=5, rate=Fraction(1, 4), is_comparable=True
    )
    assert not change_between(former, latter, most_missing=share - Fraction(1, 1000)).is_comparable
    assert change_between(full, latter, most_missing=share).rate is None
    nothing = total_of(ZONE, {}, seconds=100)
    assert change_between(nothing, latter, most_missing=share) == Change(
        litres=None, rate=None, is_comparable=False
    )
