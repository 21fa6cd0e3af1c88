from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shuiheng.indicators.reckoning import Bounds, SumOfCells, bounds_of
from shuiheng.indicators.small_cells import SmallCellRule, TableCell, Withheld, is_near, withheld_cells

RULE = SmallCellRule(fewest=3, dominance=Decimal("0.85"), nearness=Decimal("0.05"))
CITY = [SumOfCells(total="city", parts=("east", "west", "north"))]


def cell(*volumes: int) -> TableCell:
    return TableCell(
        value=Decimal(sum(volumes)), users=len(volumes), largest=Decimal(max(volumes, default=0))
    )


def test_nothing_is_withheld_where_enough_users_stand_behind_every_cell() -> None:
    cells = {name: cell(5, 6, 7) for name in ("east", "west", "north")} | {"city": cell(*[5, 6, 7] * 3)}
    assert withheld_cells(cells, CITY, RULE) == {}


def test_a_cell_of_two_users_goes_and_another_with_it() -> None:
    cells = {
        "east": cell(50, 60),
        "west": cell(20, 20, 30),
        "north": cell(90, 80, 70),
        "city": cell(50, 60, 20, 20, 30, 90, 80, 70),
    }
    assert withheld_cells(cells, CITY, RULE) == {"east": Withheld.FEW, "west": Withheld.PROTECTING}


def test_three_users_are_enough_and_the_share_of_the_rule_may_be_reached() -> None:
    assert withheld_cells({"one": cell(85, 10, 5)}, [], RULE) == {}
    assert withheld_cells({"one": cell(86, 9, 5)}, [], RULE) == {"one": Withheld.DOMINATED}


def test_a_cell_without_users_is_shown_because_nobody_stands_behind_it() -> None:
    assert withheld_cells({"one": cell()}, [], RULE) == {}


def test_a_protecting_cell_is_large_enough_that_the_other_is_not_nearly_told() -> None:
    """West has 1 m³ only: with it alone, east would be known to lie between 0 and 1001 of 1000."""
    cells = {
        "east": cell(500, 500),
        "west": cell(1, 1, 1),
        "north": cell(300, 300, 300),
        "city": cell(500, 500, 1, 1, 1, 300, 300, 300),
    }
    assert withheld_cells(cells, CITY, RULE) == {"east": Withheld.FEW, "north": Withheld.PROTECTING}


def test_the_sum_itself_is_withheld_where_only_one_part_has_users() -> None:
    cells = {"east": cell(9, 9), "west": cell(), "north": cell(), "city": cell(9, 9)}
    assert withheld_cells(cells, CITY, RULE) == {"east": Withheld.FEW, "city": Withheld.FEW}


def test_what_was_withheld_before_stays_so_and_what_is_known_protects_nothing() -> None:
    cells = {
        "east": cell(50, 60),
        "west": cell(20, 20, 30),
        "north": cell(90, 80, 70),
        "city": cell(50, 60, 20, 20, 30, 90, 80, 70),
    }
    found = withheld_cells(cells, CITY, RULE, before=["north"])
    assert found == {"east": Withheld.FEW, "north": Withheld.BEFORE}
    assert withheld_cells(cells, CITY, RULE, known=["west"])["north"] is Withheld.PROTECTING


def test_a_value_is_near_from_either_side() -> None:
    assert is_near(Bounds(low=96, high=None), Decimal(100), RULE.nearness)
    assert not is_near(Bounds(low=95, high=105), Decimal(100), RULE.nearness)
    assert is_near(Bounds(low=0, high=104), Decimal(100), RULE.nearness)
    assert is_near(Bounds(low=0, high=0), Decimal(0), RULE.nearness)


ROWS, COLUMNS = ("east", "west", "north"), ("factory", "service", "school")


def table_of(volumes: dict[tuple[str, str], list[int]]) -> tuple[dict[str, TableCell], list[SumOfCells]]:
    """Return a table with sums on both sides and in the corner."""
    groups: dict[str, list[int]] = {f"{row}:{column}": found for (row, column), found in volumes.items()}
    for row in ROWS:
        groups[row] = [each for column in COLUMNS for each in volumes[row, column]]
    for column in COLUMNS:
        groups[column] = [each for row in ROWS for each in volumes[row, column]]
    groups["all"] = [each for found in volumes.values() for each in found]
    sums = [SumOfCells(total=row, parts=tuple(f"{row}:{column}" for column in COLUMNS)) for row in ROWS]
    sums += [SumOfCells(total=column, parts=tuple(f"{row}:{column}" for row in ROWS)) for column in COLUMNS]
    sums += [SumOfCells(total="all", parts=ROWS), SumOfCells(total="all", parts=COLUMNS)]
    return {key: cell(*found) for key, found in groups.items()}, sums


tables = st.fixed_dictionaries(
    {(row, column): st.lists(st.integers(1, 500), max_size=6) for row in ROWS for column in COLUMNS}
)


@settings(max_examples=60, deadline=None)
@given(volumes=tables)
def test_t48_no_withheld_cell_of_few_users_is_reckoned_within_five_percent(
    volumes: dict[tuple[str, str], list[int]],
) -> None:
    cells, sums = table_of(volumes)
    found = withheld_cells(cells, sums, RULE)
    shown = {key: each.value for key, each in cells.items() if key not in found}
    bounds = bounds_of(sorted(found), shown, sums)
    for key, why in found.items():
        if why in (Withheld.FEW, Withheld.DOMINATED):
            assert not is_near(bounds[key], cells[key].value, RULE.nearness), key
    for key, each in cells.items():
        if 0 < each.users < RULE.fewest:
            assert key in found
