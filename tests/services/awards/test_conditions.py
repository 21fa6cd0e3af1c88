"""A condition holds, fails or is not known; nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.awards.made_up import OF_INDUSTRY, SAVED_5
from shuiheng.services.awards.conditions import (
    Comparison,
    Condition,
    Fact,
    Known,
    Verdict,
    checked_conditions,
    kept_verdict,
    overall,
    read_conditions,
    verdict_of,
)

AT_MOST_100 = Condition(fact=Fact.OVERDUE_YUAN, comparison=Comparison.AT_MOST, value=Decimal(100))


@pytest.mark.parametrize(
    ("condition", "known", "wanted"),
    [
        (SAVED_5, Decimal("0.05"), Verdict.YES),
        (SAVED_5, Decimal("0.0499999"), Verdict.NO),
        (SAVED_5, None, Verdict.UNKNOWN),
        (AT_MOST_100, Decimal(100), Verdict.YES),
        (AT_MOST_100, Decimal("100.01"), Verdict.NO),
        (AT_MOST_100, Decimal(0), Verdict.YES),
        (OF_INDUSTRY, frozenset({"industry"}), Verdict.YES),
        (OF_INDUSTRY, frozenset({"agriculture"}), Verdict.NO),
        (OF_INDUSTRY, frozenset(), Verdict.UNKNOWN),
        (OF_INDUSTRY, None, Verdict.UNKNOWN),
        (OF_INDUSTRY, Decimal(1), Verdict.UNKNOWN),
    ],
)
def test_each_side_of_an_edge_is_told_and_unknown_stays_unknown(
    condition: Condition, known: Known, wanted: Verdict
) -> None:
    assert verdict_of(condition, known) is wanted


def test_one_that_fails_decides_before_one_that_is_not_known() -> None:
    assert overall([Verdict.YES, Verdict.UNKNOWN, Verdict.NO]) is Verdict.NO
    assert overall([Verdict.YES, Verdict.UNKNOWN]) is Verdict.UNKNOWN
    assert overall([Verdict.YES]) is Verdict.YES
    assert overall([]) is Verdict.YES


def test_what_is_kept_says_what_was_found_and_is_read_back() -> None:
    conditions = [SAVED_5, OF_INDUSTRY, AT_MOST_100]
    assert read_conditions([each.as_json() for each in conditions]) == tuple(conditions)
    facts: dict[Fact, Known] = {Fact.SAVED_SHARE: Decimal("0.07"), Fact.USE_CLASS: frozenset({"power"})}
    checks = checked_conditions(conditions, facts)
    assert [each["verdict"] for each in checks] == ["yes", "no", "unknown"]
    assert [each["found"] for each in checks] == ["0.07", ["power"], None]
    assert kept_verdict(checks) is Verdict.NO
