"""Layers cut at edges."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.charges.cutting import cuts, stacked

VOLUMES = st.lists(st.integers(0, 50).map(Decimal), max_size=6)
EDGES = st.sets(st.integers(1, 80).map(Decimal), max_size=4).map(sorted)


def test_a_layer_is_cut_where_an_edge_lies_inside_it() -> None:
    found = [
        (cut.band, cut.layer, cut.volume) for cut in cuts([Decimal(7), Decimal(6)], [Decimal(5), Decimal(9)])
    ]
    assert found == [(0, 0, 5), (1, 0, 2), (1, 1, 2), (2, 1, 4)]


def test_a_volume_that_ends_at_an_edge_stays_below_it() -> None:
    assert [cut.band for cut in cuts([Decimal(5)], [Decimal(5)])] == [0]


@given(VOLUMES, EDGES)
def test_no_litre_is_lost_or_counted_twice(layers: list[Decimal], edges: list[Decimal]) -> None:
    found = list(cuts(layers, edges))
    for place, size in enumerate(layers):
        assert sum(cut.volume for cut in found if cut.layer == place) == size
    total, low = sum(layers), Decimal(0)
    for place, edge in enumerate([*edges, max(total, *edges, 0) if edges else total]):
        assert sum(cut.volume for cut in found if cut.band == place) == max(0, min(edge, total) - low)
        low = edge


def test_a_fall_takes_off_what_came_last() -> None:
    levels = [Decimal(10), Decimal(30), Decimal(15), Decimal(15), Decimal(18)]
    assert stacked(levels) == [(0, 10), (1, 5), (4, 3)]
    assert stacked([Decimal(10), Decimal(0), Decimal(2)]) == [(2, 2)]


@given(st.lists(st.integers(0, 40).map(Decimal), max_size=12))
def test_the_layers_that_are_left_reach_the_last_level(levels: list[Decimal]) -> None:
    layers = stacked(levels)
    assert sum((size for _, size in layers), Decimal(0)) == (levels[-1] if levels else 0)
    assert all(size > 0 for _, size in layers)
    assert [step for step, _ in layers] == sorted({step for step, _ in layers})
