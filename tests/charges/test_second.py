"""The program and a second reckoning in fractions agree to the fen, whatever chance makes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from importlib import import_module

import pytest

from charges import second
from charges.random_cases import KINDS, answers
from shuiheng.charges.cutting import Cut, cuts

PIECE = 10_000
F = Fraction


def differences(seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """Return how many cases of each kind were asked, and the first that came out otherwise."""
    asked: Counter[str] = Counter()
    wrong = []
    for name, (ours, theirs) in answers(seed, count):
        asked[name] += 1
        if ours != theirs:
            wrong.append(f"seed {seed}, {name} {asked[name]}: {ours} and {theirs}")
    return asked, wrong[:3]


def test_both_agree_to_the_fen_on_twenty_thousand_cases() -> None:
    asked, wrong = differences(20261122, 20_000)
    assert wrong == []
    assert set(asked) == {name for name, _ in KINDS}
    assert sum(asked.values()) >= 20_000


@pytest.mark.nightly
def test_both_agree_to_the_fen_on_a_million_cases() -> None:
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = list(pool.map(differences, range(100), [PIECE] * 100))
    assert [line for _, wrong in found for line in wrong] == []
    assert sum(sum(asked.values()) for asked, _ in found) >= 1_000_000


def test_the_second_reckoning_knows_the_vectors_of_the_sheet() -> None:
    weihai = second.LadderRule(second.Steps([F("0.1"), F("0.3"), None], [F(1), F(2), F(3)]))
    shares = second.LadderRule(second.Steps([F("0.3"), F("0.5"), None], [F("0.2"), F("0.5"), F(1)]))
    total = second.LadderRule(second.Steps([F("0.2"), F("0.5"), None], [F(2), F(3), F(4)]), is_total=True)
    assert second.surcharge(weihai, [(F(14000), F(10000), F("4.32"))])[0] == 34560
    assert second.surcharge(shares, [(F(16000), F(10000), F("4.32"))])[0] == 11232
    assert second.surcharge(total, [(F(14000), F(10000), F(1))])[1] == 10_000
    shanxi = second.LadderRule(
        second.Steps([F("0.2"), F("0.4"), None], [F(2), F("2.5"), F(3)]), is_total=True
    )
    assert second.tax([(F(150_000), F(100_000), F(1))], shanxi, F(1)) == 220_000
    assert second.tax([(F(10_000_000), F(0), F("0.2"))], None, F("0.85")) == 1_700_000
    prices = [[F("3.40")], [F("5.32")], [F("7.00")]]
    ningbo = second.TierRule([F(17), F(30), None], prices, included=3, extra=F(5))
    assert second.home_bill(ningbo, second.Home(F(40))) == F("196.96")
    assert second.home_bill(ningbo, second.Home(F(40), persons=5)) == F("160.96")


def _edges_moved(layers: Sequence[Decimal], edges: Sequence[Decimal]) -> Iterator[Cut]:
    return cuts(layers, [edge + Decimal("0.5") for edge in edges])


def _last_layer_only(changes: Sequence[Decimal]) -> list[tuple[int, Decimal]]:
    return [(len(changes) - 1, changes[-1])] if changes[-1] else []


FAULTS = {
    "an edge that is moved": ("ladder", "cuts", _edges_moved),
    "a tier that is moved": ("household", "cuts", _edges_moved),
    "a band of the tax that is moved": ("resource_tax", "cuts", _edges_moved),
    "one price for all layers": ("ladder", "stacked", _last_layer_only),
    "halves to even": ("steps", "ROUND_HALF_UP", ROUND_HALF_EVEN),
    "cut off and not rounded": ("steps", "ROUND_HALF_UP", ROUND_DOWN),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_the_program_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, planted = FAULTS[fault]
    monkeypatch.setattr(import_module(f"shuiheng.charges.{module}"), name, planted)
    assert differences(7, 3000)[1] != []
