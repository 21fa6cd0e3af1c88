"""Numbers that follow from a seed."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from programmes.draw.chi_square import deviation
from shuiheng.programmes.draw import chance
from shuiheng.programmes.draw.chance import digest_of, whole_number


def test_words_are_hashed_as_a_list_so_that_no_two_lists_run_together() -> None:
    assert digest_of("a", "b", 0) == hashlib.sha256(b'["a","b",0]').hexdigest()
    assert digest_of("ab", "c") != digest_of("a", "bc")


def test_numbers_are_spread_evenly() -> None:
    counts = Counter(str(whole_number(str(seed), "start", below=7)) for seed in range(7000))
    assert abs(deviation(counts, {str(each): 1000.0 for each in range(7)})) < 4


def test_a_number_behind_the_last_whole_multiple_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "SPAN", 2**255)  # so that every second number lies behind it
    seed = next(str(each) for each in range(99) if int(digest_of(str(each), "start", 0), 16) >= 2**255)
    turn = next(each for each in range(99) if int(digest_of(seed, "start", each), 16) < 2**255)
    assert turn > 0
    assert whole_number(seed, "start", below=11) == int(digest_of(seed, "start", turn), 16) % 11
