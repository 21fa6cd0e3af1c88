"""Districts are coloured by the rank of their figure; equal figures have one colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.web.pages.map.tiles import Tile, columns_for, legend_of, ranked

VALUES = st.dictionaries(st.integers(1, 99), st.floats(allow_nan=False, allow_infinity=False), max_size=20)


def _tile(key: int, rank: int, value: float | None) -> Tile:
    shown = "" if value is None else f"{value:.0f}"
    return Tile(key=key, name=str(key), value=value, shown=shown, rank=rank, group=None)


def test_classes_run_from_the_least_to_the_greatest() -> None:
    assert ranked({1: 10, 2: 20, 3: 30, 4: 40, 5: 50}) == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
    assert ranked({1: 10, 2: 20}) == {1: 1, 2: 5}
    assert ranked({1: 10, 2: 10}) == {1: 3, 2: 3}
    assert ranked({}) == {}


@given(values=VALUES)
def test_a_greater_figure_never_has_a_lower_class(values: dict[int, float]) -> None:
    ranks = ranked(values)
    assert set(ranks) == set(values) and set(ranks.values()) <= {1, 2, 3, 4, 5}
    assert all(ranks[a] <= ranks[b] for a in values for b in values if values[a] <= values[b])


def test_the_grid_is_nearly_square_and_fits_a_desk() -> None:
    assert [columns_for(count) for count in (0, 1, 2, 4, 5, 9, 10, 40)] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_the_legend_gives_the_figures_between_which_a_class_lies() -> None:
    lines = legend_of([_tile(1, 5, 9), _tile(2, 5, 7), _tile(3, 1, 2), _tile(4, 0, None)])
    assert [(line["rank"], line["span"]) for line in lines] == [(5, ["7", "9"]), (1, ["2"]), (0, [])]
