"""Words that compare."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.kernel.comparison import WORDS, UnknownComparisonError, comparison_of, is_met
from shuiheng.plans.extract.quantities import BEFORE

LIMIT = Decimal(50_000)
STEP = Decimal("0.01")


@pytest.mark.parametrize(
    ("word", "below", "exact", "above"),
    [
        ("以上", False, True, True),
        ("不低于", False, True, True),
        ("超过", False, False, True),
        ("以外", False, False, True),
        ("大于", False, False, True),
        ("以下", True, True, False),
        ("以内", True, True, False),
        ("届满", True, True, False),
        ("不超过", True, True, False),
        ("不满", True, False, False),
        ("低于", True, False, False),
    ],
)
def test_a_word_takes_in_its_number_or_not(word: str, below: bool, exact: bool, above: bool) -> None:
    found = comparison_of(word)
    assert [is_met(LIMIT + step, found, LIMIT) for step in (-STEP, Decimal(0), STEP)] == [below, exact, above]


def test_fifty_thousand_is_fifty_thousand_and_above_and_a_hundred_thousand_does_not_exceed_itself() -> None:
    assert is_met(Decimal("50000.00"), comparison_of("以上"), LIMIT)
    assert not is_met(Decimal(100_000), comparison_of("超过"), Decimal(100_000))


def test_the_reader_of_plans_takes_the_words_alike() -> None:
    by_plans = {word: operator.value for operator, words in BEFORE.items() for word in words}
    assert {word: by_plans[word] for word in WORDS if word in by_plans} == {
        word: comparison.value for word, comparison in WORDS.items() if word in by_plans
    }


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(UnknownComparisonError, match="左右"):
        comparison_of("左右")
