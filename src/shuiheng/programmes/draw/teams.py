"""Who goes where: at least so many inspectors to each object, nobody who is recused, the load shared.

Objects are served in the order in which they were drawn; each gets those who have least so far, and chance
decides between equals. Recusals can leave a load uneven: then work is handed on along chains (from one
to the next at an object where the first is and the next may go) as long as a chain ends at somebody who
has at least two less. When no such chain is left, no other sharing is more even: neither the greatest
load nor the sum of the squares could be smaller (Harvey, Ladner, Lovász and Tamir 2003).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuiheng.programmes.draw.chance import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who may go to which of the objects that were drawn.

    Args:
        team: How many go to each.
        may_go: For each object in the order of the draw, who is not recused; at least `team`.
    """

    team: int
    may_go: Mapping[str, frozenset[str]]


def teams_of(wanted: Wanted, inspectors: Sequence[str], seed: str) -> dict[str, tuple[str, ...]]:
    """Return the inspectors of each object (检查组), in the order in which chance puts them."""
    keys = {
        (subject, each): digest_of(seed, "inspector", subject, each)
        for subject, free in wanted.may_go.items()
        for each in free
    }
    load = dict.fromkeys(sorted(inspectors), 0)
    teams: dict[str, set[str]] = {}
    for subject, free in wanted.may_go.items():
        first = sorted(free, key=lambda each: (load[each], keys[subject, each]))[: wanted.team]
        teams[subject] = set(first)
        for each in first:
            load[each] += 1
    while _hand_on(wanted, teams, load):
        pass
    return {
        subject: tuple(sorted(team, key=lambda each: keys[subject, each])) for subject, team in teams.items()
    }


def _hand_on(wanted: Wanted, teams: Mapping[str, set[str]], load: dict[str, int]) -> bool:
    """Hand work on along one chain, from those with most; return whether there was a chain."""
    least = min(load.values())
    for giver in sorted(load, key=lambda each: (-load[each], each)):
        if load[giver] < least + 2:
            return False
        if (chain := _chain(wanted, teams, load, giver)) is not None:
            for subject, before, after in chain:
                teams[subject].remove(before)
                teams[subject].add(after)
            load[giver] -= 1
            load[chain[0][2]] += 1
            return True
    return False


def _chain(
    wanted: Wanted, teams: Mapping[str, set[str]], load: Mapping[str, int], giver: str
) -> list[tuple[str, str, str]] | None:
    """Return the shortest chain from a giver, its last step first, or None."""
    came: dict[str, tuple[str, str]] = {}
    waiting = deque([giver])
    while waiting:
        before = waiting.popleft()
        for subject, team in teams.items():
            if before not in team:
                continue
            for after in sorted(wanted.may_go[subject] - team - came.keys() - {giver}):
                came[after] = (subject, before)
                if load[after] <= load[giver] - 2:
                    return _steps(came, giver, after)
                waiting.append(after)
    return None


def _steps(came: Mapping[str, tuple[str, str]], giver: str, last: str) -> list[tuple[str, str, str]]:
    steps, after = [], last
    while after != giver:
        subject, before = came[after]
        steps.append((subject, before, after))
        after = before
    return steps
