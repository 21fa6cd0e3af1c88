from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from shuiheng.indicators.reckoning import Bounds, SumOfCells, bounds_of

SIZE = 3
GRID = [f"{row}{column}" for row in range(SIZE) for column in range(SIZE)]
SUMS = [
    *(
        SumOfCells(total=f"r{row}", parts=tuple(f"{row}{column}" for column in range(SIZE)))
        for row in range(SIZE)
    ),
    *(
        SumOfCells(total=f"c{column}", parts=tuple(f"{row}{column}" for row in range(SIZE)))
        for column in range(SIZE)
    ),
]


def test_one_withheld_part_is_reckoned_exactly() -> None:
    sums = [SumOfCells(total="city", parts=("east", "west"))]
    found = bounds_of(["east"], {"city": Decimal(10), "west": Decimal("3.5")}, sums)
    assert found["east"] == Bounds(low=Decimal("6.5"), high=Decimal("6.5"))


def test_two_withheld_parts_share_what_is_left() -> None:
    sums = [SumOfCells(total="city", parts=("east", "west", "north"))]
    found = bounds_of(["east", "west"], {"city": Decimal(10), "north": Decimal(4)}, sums)
    assert found == {"east": Bounds(low=0, high=6), "west": Bounds(low=0, high=6)}


def test_nothing_bounds_a_cell_that_stands_in_no_sum() -> None:
    assert bounds_of(["east"], {}, [])["east"] == Bounds(low=0, high=None)


def test_a_withheld_sum_is_bounded_below_by_its_shown_parts() -> None:
    sums = [SumOfCells(total="city", parts=("east", "west"))]
    found = bounds_of(["city", "west"], {"east": Decimal(4)}, sums)
    assert found["city"] == Bounds(low=4, high=None)


def test_a_cell_without_a_way_round_is_reckoned_although_its_row_and_column_have_two() -> None:
    """Rows 0 and 1 hide columns 0 and 1, row 2 hides column 2 with the sums; the cell between is a bridge."""
    sums = [
        SumOfCells(total="a", parts=("x", "y")),
        SumOfCells(total="b", parts=("x", "y", "bridge")),
    ]
    found = bounds_of(["x", "y", "bridge"], {"a": Decimal(5), "b": Decimal(9)}, sums)
    assert found["bridge"] == Bounds(low=4, high=4)


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.integers(0, 3), min_size=SIZE * SIZE, max_size=SIZE * SIZE),
    hidden=st.sets(st.sampled_from(GRID), min_size=1, max_size=5),
)
def test_bounds_are_those_of_all_tables_that_could_have_been(values: list[int], hidden: set[str]) -> None:
    """Tables of whole numbers with given margins have their extremes at whole numbers."""
    true = dict(zip(GRID, values, strict=True))
    true |= {each.total: sum(true[part] for part in each.parts) for each in SUMS}
    shown = {key: Decimal(value) for key, value in true.items() if key not in hidden}
    names = sorted(hidden)
    possible = []
    for guess in product(range(3 * SIZE + 1), repeat=min(len(names), 3)):
        if len(names) > 3:
            break
        filled = true | dict(zip(names, guess, strict=True))
        if all(filled[each.total] == sum(filled[part] for part in each.parts) for each in SUMS):
            possible.append(guess)
    found = bounds_of(names, shown, SUMS)
    for place, name in enumerate(names):
        assert found[name].low <= true[name]
        assert found[name].high is not None
        assert true[name] <= found[name].high
        if possible:
            assert found[name] == Bounds(
                low=min(guess[place] for guess in possible), high=max(guess[place] for guess in possible)
            )
