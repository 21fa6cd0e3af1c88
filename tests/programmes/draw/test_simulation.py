"""Many draws: chances are as stated, no recusal is broken, and the program of a stranger makes each again."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import pytest

from programmes.draw.chi_square import deviation
from programmes.draw.registers import COMMITTED_ON, KNOWN_ON, dice, public_number, some_register
from shuiheng.programmes.draw import draw, draw_json
from shuiheng.programmes.draw.verify import check_record

PIECE, REGISTERS = 1_000, 4
OFF = 4.5  # standard deviations; by chance once in some hundred thousand runs


@dataclass
class Seen:
    """What became of many draws from one register."""

    draws: int = 0
    picked: Counter[str] = field(default_factory=Counter)  # one of the drawn of each draw, at random
    met: Counter[str] = field(default_factory=Counter)
    chances: dict[str, float] = field(default_factory=dict)
    broken: int = 0
    uneven: int = 0

    def add(self, other: Seen) -> None:
        self.draws += other.draws
        self.picked += other.picked
        self.met += other.met
        self.chances = other.chances
        self.broken += other.broken
        self.uneven += other.uneven


def simulated(which: int, first: int, count: int) -> Seen:
    """Draw many times from one register, and have each draw made again by the program of a stranger."""
    register, chance, seen = some_register(dice(which)), dice(first), Seen(draws=count)
    barred = {(each.inspector, each.subject) for each in register.recusals}
    for number in range(first, first + count):
        made = draw(register, public_number(number))
        assert check_record(draw_json(made, committed_on=COMMITTED_ON, drawn_on=KNOWN_ON)) == register.size
        seen.picked[chance.choice(made.drawn).id] += 1
        seen.met.update(each.id for each in made.drawn)
        for each in made.drawn:
            seen.broken += any((who, each.id) in barred for who in each.inspectors)
            seen.uneven += len(set(each.inspectors)) != register.rules.team
        seen.chances = {name: float(share) for name, share in made.chances.items()}
    return seen


def check(seen: Seen) -> None:
    size = sum(seen.chances.values())
    expected = {name: seen.draws * chance / size for name, chance in seen.chances.items()}
    assert abs(deviation(seen.picked, expected)) < OFF
    for name, chance in seen.chances.items():
        spread = (seen.draws * chance * (1 - chance)) ** 0.5
        assert abs(seen.met[name] - seen.draws * chance) <= OFF * spread
    assert (seen.broken, seen.uneven) == (0, 0)


def test_two_thousand_draws_are_as_stated() -> None:
    for which in range(REGISTERS):
        check(simulated(which, 0, 500))


@pytest.mark.nightly
def test_a_hundred_thousand_draws_are_as_stated() -> None:
    pieces = [(which, first) for which in range(REGISTERS) for first in range(0, 25 * PIECE, PIECE)]
    totals = [Seen() for _ in range(REGISTERS)]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = pool.map(simulated, *zip(*pieces, strict=True), [PIECE] * len(pieces))
        for (which, _first), seen in zip(pieces, found, strict=True):
            totals[which].add(seen)
    assert sum(each.draws for each in totals) == 100_000
    for each in totals:
        check(each)


def test_a_draw_that_only_looks_weighted_is_found_out() -> None:
    # Drawing one after the other by weight is often taken for weighted sampling; its chances are others.
    register, chance = some_register(dice(0)), dice(1)
    made = draw(register, public_number(0))
    credit = {each.id: each.credit for each in register.objects}
    seen = Seen(draws=4_000, chances={name: float(share) for name, share in made.chances.items()})
    for _ in range(seen.draws):
        left = {name: float(register.rules.weights[credit[name]]) for name in seen.chances}
        drawn = []
        while len(drawn) < register.size:
            drawn.append(chance.choices(list(left), list(left.values()))[0])
            del left[drawn[-1]]
        seen.picked[chance.choice(drawn)] += 1
        seen.met.update(drawn)
    with pytest.raises(AssertionError):
        check(seen)
