"""The use of a year says what is known of it and what may be missing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.metering.annual_use import MeterYear, annual_use

YEAR = 365 * 86400
WHOLE = MeterYear(expected_seconds=YEAR, known_seconds=YEAR, known_litres=7_000)
METERS = st.lists(
    st.builds(
        lambda known, estimated, missing, litres, flow: MeterYear(
            expected_seconds=known + estimated + missing,
            known_seconds=known,
            known_litres=litres if known else None,
            estimated_seconds=estimated,
            estimated_litres=estimated * 2,
            greatest_flow_l_h=flow,
        ),
        *[st.integers(0, 1000)] * 4,
        st.none() | st.integers(1, 9_000),
    ),
    max_size=4,
)


def test_a_year_without_gaps_is_exact() -> None:
    use = annual_use([WHOLE, WHOLE])
    assert (use.least_litres, use.most_litres, use.measured_share) == (14_000, 14_000, 1)


def test_a_gap_is_bounded_by_the_greatest_flow() -> None:
    gap = replace(WHOLE, known_seconds=YEAR - 5400, greatest_flow_l_h=1000)
    assert annual_use([gap]).most_litres == 7_000 + 1_500
    assert annual_use([replace(gap, greatest_flow_l_h=None)]).most_litres is None


def test_nothing_known_is_not_zero() -> None:
    for use in (annual_use([]), annual_use([MeterYear(expected_seconds=YEAR)])):
        assert use.known_litres is None and use.most_litres is None and use.missing_share == 1


def test_a_measured_zero_is_zero() -> None:
    assert annual_use([replace(WHOLE, known_litres=0)]).known_litres == 0


def test_time_without_any_meter_leaves_the_year_open() -> None:
    use = annual_use([WHOLE], untold_seconds=YEAR)
    assert (use.least_litres, use.most_litres, use.missing_share) == (7_000, None, Fraction(1, 2))


def test_an_estimate_counts_and_is_told_apart() -> None:
    use = annual_use(
        [replace(WHOLE, known_seconds=YEAR // 2, estimated_seconds=YEAR // 2, estimated_litres=5)]
    )
    assert (use.known_litres, use.measured_litres, use.estimated_share) == (7_005, 7_000, Fraction(1, 2))


@given(METERS, st.integers(0, 50))
def test_shares_add_up_and_bounds_hold_in_order(meters: list[MeterYear], untold: int) -> None:
    use = annual_use(meters, untold_seconds=untold)
    assert use.measured_share + use.estimated_share + use.missing_share == 1
    assert use.most_litres is None or use.least_litres <= use.most_litres


@given(METERS, st.integers(0, 3))
def test_a_meter_that_falls_silent_never_narrows_what_is_known(meters: list[MeterYear], index: int) -> None:
    if index >= len(meters):
        return
    silent = replace(
        meters[index], known_seconds=0, known_litres=None, estimated_seconds=0, estimated_litres=0
    )
    before, after = annual_use(meters), annual_use([*meters[:index], silent, *meters[index + 1 :]])
    assert after.least_litres <= before.least_litres
