"""What comes to a node goes out or is said not to add up; nothing is hidden, and unknown is not 0."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.errors import FlowCycleError, NegativeVolumeError
from shuiheng.indicators.flow import Imbalance, Stream, water_flow

VOLUMES = st.one_of(st.none(), st.decimals(min_value=0, max_value=10**9, places=4))


def _stream(source: str, target: str, volume: str | None) -> Stream:
    return Stream(source=source, target=target, volume=None if volume is None else Decimal(volume))


@st.composite
def _streams(draw: st.DrawFn) -> list[Stream]:
    """Return streams between numbered nodes, each to a later one."""
    pairs = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4)), max_size=14))
    return [Stream(source=f"n{a}", target=f"n{a + step}", volume=draw(VOLUMES)) for a, step in pairs]


@given(_streams())
def test_every_node_that_is_passed_has_in_equal_to_out_and_imbalance(streams: list[Stream]) -> None:
    flow = water_flow(streams)
    assert sorted(map(repr, [*flow.streams, *flow.unknown])) == sorted(map(repr, streams))
    imbalances = {imbalance.node: imbalance.volume for imbalance in flow.imbalances}
    passed = {stream.target for stream in streams} & {stream.source for stream in streams}
    assert set(imbalances) <= passed
    for node in passed:
        came = sum(
            (stream.volume for stream in flow.streams if stream.target == node and stream.volume), Decimal(0)
        )
        went = sum(
            (stream.volume for stream in flow.streams if stream.source == node and stream.volume), Decimal(0)
        )
        assert came == went + imbalances.get(node, Decimal(0))


@given(_streams())
def test_what_comes_from_sources_ends_somewhere_or_is_in_a_imbalance(streams: list[Stream]) -> None:
    flow = water_flow(streams)
    sources, targets = {stream.source for stream in streams}, {stream.target for stream in streams}
    known = [stream for stream in flow.streams if stream.volume is not None]
    begun = sum(
        (stream.volume for stream in known if stream.source not in targets and stream.volume), Decimal(0)
    )
    ended = sum(
        (stream.volume for stream in known if stream.target not in sources and stream.volume), Decimal(0)
    )
    assert begun - ended == sum((imbalance.volume for imbalance in flow.imbalances), Decimal(0))


def test_a_stream_that_is_not_known_leaves_its_water_in_the_imbalance() -> None:
    flow = water_flow([_stream("river", "works", "100"), _stream("works", "town", None)])
    assert [stream.target for stream in flow.unknown] == ["town"]
    assert list(flow.imbalances) == [Imbalance(node="works", volume=Decimal(100))]


def test_more_that_goes_out_than_came_is_a_imbalance_below_nothing() -> None:
    flow = water_flow([_stream("river", "works", "100"), _stream("works", "town", "130")])
    assert list(flow.imbalances) == [Imbalance(node="works", volume=Decimal(-30))]


def test_nothing_is_said_of_a_node_of_which_nothing_is_known() -> None:
    flow = water_flow([_stream("river", "works", None), _stream("works", "town", None)])
    assert not flow.imbalances and not flow.streams and len(flow.unknown) == 2


def test_a_volume_below_nothing_is_refused_and_0_is_not() -> None:
    assert water_flow([_stream("river", "works", "0")]).streams
    with pytest.raises(NegativeVolumeError):
        water_flow([_stream("river", "works", "-0.01")])


@pytest.mark.parametrize("circle", [("a", "a"), ("a", "b", "a"), ("a", "b", "c", "b")])
def test_water_that_comes_back_is_refused(circle: tuple[str, ...]) -> None:
    with pytest.raises(FlowCycleError):
        water_flow([_stream(one, other, "1") for one, other in pairwise(circle)])
