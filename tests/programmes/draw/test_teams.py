"""Inspectors go where they may, and nobody has more to do than must be."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.draw.registers import dice
from shuiheng.programmes.draw.teams import Wanted, teams_of


def squares(loads: dict[str, int]) -> int:
    """Return the sum of the squares of loads: the smaller, the more even."""
    return sum(load**2 for load in loads.values())


def loads_of(teams: dict[str, tuple[str, ...]], inspectors: list[str]) -> dict[str, int]:
    return {each: sum(each in team for team in teams.values()) for each in inspectors}


@st.composite
def wanted(draw: st.DrawFn) -> tuple[Wanted, list[str]]:
    """Make few objects and inspectors, so that all sharings can be tried."""
    inspectors = [f"J{n}" for n in range(draw(st.integers(2, 5)))]
    team = draw(st.integers(1, 2))
    may_go = {
        f"D{n}": frozenset(draw(st.sets(st.sampled_from(inspectors), min_size=team)))
        for n in range(draw(st.integers(1, 4)))
    }
    return Wanted(team=team, may_go=may_go), inspectors


@settings(max_examples=200, deadline=None)
@given(wanted(), st.text("0123456789abcdef", max_size=8))
def test_no_sharing_of_the_work_is_more_even(case: tuple[Wanted, list[str]], seed: str) -> None:
    asked, inspectors = case
    teams = teams_of(asked, inspectors, seed)
    assert all(len(set(team)) == asked.team for team in teams.values())
    assert all(set(team) <= asked.may_go[name] for name, team in teams.items())
    every = [itertools.combinations(sorted(free), asked.team) for free in asked.may_go.values()]
    names = list(asked.may_go)
    best = min(
        squares(loads_of(dict(zip(names, one, strict=True)), inspectors)) for one in itertools.product(*every)
    )
    assert squares(loads_of(teams, inspectors)) == best


def test_without_recusals_loads_differ_by_one_at_most() -> None:
    inspectors = [f"J{n}" for n in range(7)]
    asked = Wanted(team=2, may_go={f"D{n}": frozenset(inspectors) for n in range(24)})
    loads = loads_of(teams_of(asked, inspectors, "seed"), inspectors).values()
    assert (min(loads), max(loads), sum(loads)) == (6, 7, 48)


def test_work_is_handed_on_along_a_chain_when_no_single_step_helps() -> None:
    # J0 may go everywhere J1 may, J1 where J2 may: whoever is served first, J2 ends with as much as J0
    chance, inspectors = dice(5), ["J0", "J1", "J2", "J3"]
    free = [{"J0", "J1"}, {"J0", "J1"}, {"J1", "J2"}, {"J0", "J1"}, {"J2", "J3"}, {"J2", "J3"}]
    for _ in range(30):
        chance.shuffle(free)
        asked = Wanted(team=1, may_go={f"D{n}": frozenset(each) for n, each in enumerate(free)})
        loads = loads_of(teams_of(asked, inspectors, str(chance.random())), inspectors)
        assert max(loads.values()) == 2


def test_chance_decides_who_goes_where_and_not_the_order_of_names() -> None:
    inspectors = ["J0", "J1", "J2", "J3"]
    asked = Wanted(team=2, may_go={"D0": frozenset(inspectors)})
    met = {teams_of(asked, inspectors, str(seed))["D0"] for seed in range(200)}
    assert len(met) == 12  # every pair in both orders
    assert teams_of(asked, inspectors[::-1], "1") == teams_of(asked, inspectors, "1")
