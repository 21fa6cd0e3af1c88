"""V11, V12, V13, V15."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from metering.checks.cases import RULES, codes, daily, only, record
from metering.histories import at
from shuiheng.kernel import Severity
from shuiheng.metering.checks.comparisons import (
    Reported,
    check_master_and_subs,
    check_reported_volumes_add_up,
    check_use_by_allowance,
    check_use_by_norm,
)
from shuiheng.metering.model import Meter, Method, Register, Volume


def _volume(litres: int, *, missing: int = 0) -> Volume:
    return Volume(
        start_at=at(1),
        end_at=at(1) + 1000,
        method=Method.BY_TIME,
        measured_litres=litres,
        measured_seconds=1000 - missing,
        missing_seconds=missing,
    )


def _reported(*litres: int) -> list[Reported]:
    return [Reported(start_at=at(day), end_at=at(day + 1), litres=each) for day, each in enumerate(litres, 1)]


@pytest.mark.parametrize(
    ("step", "reported", "is_found"),
    [(1, 1_010, False), (1, 1_011, True), (1, 989, True), (50, 1_100, False), (50, 1_101, True)],
)
def test_reported_volumes_may_differ_by_two_steps_or_a_hundredth(
    step: int, reported: int, is_found: bool
) -> None:
    known = record(daily([400, 600]), meter=Meter(id="m1", register=Register(step_litres=step)))
    found = check_reported_volumes_add_up(known, _reported(400, reported - 400), rules=RULES)
    assert codes(found) == ["reported_differs"] * is_found


def test_nothing_is_said_where_the_register_does_not_tell_the_whole_time() -> None:
    known = record(daily([400, 600]))
    assert check_reported_volumes_add_up(known, [], rules=RULES) == ()
    assert check_reported_volumes_add_up(known, _reported(400, 600, 99), rules=RULES) == ()
    holed = [_reported(900)[0], replace(_reported(900)[0], start_at=at(2, 1), end_at=at(3))]
    assert check_reported_volumes_add_up(known, holed, rules=RULES) == ()
    cut = [replace(_reported(900)[0], end_at=at(2, 1))]
    assert check_reported_volumes_add_up(known, cut, rules=RULES) == ()


@pytest.mark.parametrize(
    ("subs", "code"),
    [
        (900, None),
        (899, "tree_differs"),
        (1_101, "tree_differs"),
        (800, "tree_differs"),
        (799, "tree_alarm"),
        (1_201, "tree_alarm"),
    ],
)
def test_sub_meters_are_held_against_their_master(subs: int, code: str | None) -> None:
    volumes = {"a": _volume(300), "b": _volume(subs - 300)}
    found = check_master_and_subs("m", _volume(1_000), volumes, rules=RULES)
    assert codes(found) == ([code] if code else [])


@pytest.mark.parametrize(("missing", "is_comparable"), [(50, True), (51, False)])
def test_a_tree_with_too_much_missing_is_not_compared(missing: int, is_comparable: bool) -> None:
    found = only(check_master_and_subs("m", _volume(1_000), {"a": _volume(1, missing=missing)}, rules=RULES))
    assert (found.code == "metering.tree_alarm") is is_comparable
    assert (found.severity is Severity.NOTE) is not is_comparable


def test_a_tree_without_use_or_subs_is_not_compared() -> None:
    assert codes(check_master_and_subs("m", _volume(0), {"a": _volume(1)}, rules=RULES)) == [
        "tree_not_comparable"
    ]
    assert check_master_and_subs("m", _volume(5), {}, rules=RULES) == ()


@pytest.mark.parametrize(
    ("litres", "code"),
    [(2_000, None), (2_001, "far_above_norm"), (200, None), (199, "far_below_norm"), (0, "far_below_norm")],
)
def test_use_is_held_against_norm_times_activity(litres: int, code: str | None) -> None:
    found = check_use_by_norm("u1", _volume(litres), Fraction(1_000), rules=RULES)
    assert codes(found) == ([code] if code else [])


def test_use_of_which_a_part_is_missing_is_not_held_against_the_norm() -> None:
    assert check_use_by_norm("u1", _volume(5, missing=1), Fraction(1_000), rules=RULES) == ()


@pytest.mark.parametrize(("litres", "is_found"), [(120_000, False), (120_001, True)])
def test_use_above_its_allowance_is_told_whatever_is_missing(litres: int, is_found: bool) -> None:
    found = check_use_by_allowance("u1", _volume(litres, missing=9), 100_000, rules=RULES)
    assert codes(found) == ["above_allowance"] * is_found
    nothing = replace(_volume(0, missing=1000), measured_seconds=0)
    assert check_use_by_allowance("u1", nothing, 100_000, rules=RULES) == ()
