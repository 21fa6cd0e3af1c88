"""Both sides of every limit, and what is missing puts nobody out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.comparison import Comparison
from shuiheng.rules.membership import (
    NOTHING_KNOWN,
    Bounds,
    Doubt,
    MembershipRule,
    Standing,
    Traits,
    Who,
    is_passed,
    is_spoken_of,
    verdict_of,
)

LIMIT = Decimal(6_000_000)
RULE = MembershipRule(duty="allowance", quantity="annual_use", op=Comparison.AT_LEAST, limit=LIMIT, who=Who())
AMOUNTS = st.integers(0, 20).map(Decimal)
BOUNDS = st.builds(
    lambda least, more: Bounds(least=least, most=None if more is None else least + more),
    AMOUNTS,
    st.none() | AMOUNTS,
)
RULES = st.builds(
    lambda op, limit: replace(RULE, op=op, limit=limit), st.sampled_from(list(Comparison)), AMOUNTS
)


def exactly(amount: int | Decimal) -> Bounds:
    return Bounds(least=Decimal(amount), most=Decimal(amount))


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (Comparison.AT_LEAST, False, True, True),
        (Comparison.ABOVE, False, False, True),
        (Comparison.AT_MOST, True, True, False),
        (Comparison.BELOW, True, False, False),
    ],
)
def test_a_limit_is_held_on_both_sides(op: Comparison, below: bool, at: bool, above: bool) -> None:
    passed = [is_passed(exactly(LIMIT + step), op, LIMIT) for step in (-1, 0, 1)]
    assert passed == [below, at, above]


def test_a_known_part_above_the_limit_is_enough_to_be_in() -> None:
    assert verdict_of(RULE, Traits(), Bounds(least=LIMIT, most=None)).standing is Standing.IN


def test_whoever_may_have_used_more_is_not_out() -> None:
    verdict = verdict_of(RULE, Traits(), Bounds(least=LIMIT - 1, most=None))
    assert (verdict.standing, verdict.doubts) == (Standing.UNKNOWN, (Doubt.AMOUNT,))
    assert verdict_of(RULE, Traits(), NOTHING_KNOWN).standing is Standing.UNKNOWN


def test_whoever_cannot_have_used_so_much_is_out_with_time_missing() -> None:
    assert verdict_of(RULE, Traits(), Bounds(least=Decimal(5), most=LIMIT - 1)).standing is Standing.OUT
    assert verdict_of(RULE, Traits(), Bounds(least=Decimal(5), most=LIMIT)).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("who", "traits", "standing", "doubts"),
    [
        (Who(classes=frozenset({"industry"})), Traits(use_class="industry"), "in", ()),
        (Who(classes=frozenset({"industry"})), Traits(use_class="services"), "out", ()),
        (Who(classes=frozenset({"industry"})), Traits(), "unknown", (Doubt.USE_CLASS,)),
        (Who(sources=frozenset({"supply"})), Traits(sources=frozenset({"supply", "abstraction"})), "in", ()),
        (Who(sources=frozenset({"supply"})), Traits(sources=frozenset({"abstraction"})), "out", ()),
        (Who(sources=frozenset({"supply"})), Traits(), "unknown", (Doubt.SOURCE,)),
        (Who(is_above_scale=True), Traits(is_above_scale=True), "in", ()),
        (Who(is_above_scale=True), Traits(is_above_scale=False), "out", ()),
        (Who(is_above_scale=True), Traits(), "unknown", (Doubt.SCALE,)),
        (Who(is_public=True), Traits(), "unknown", (Doubt.PUBLIC,)),
        (Who(is_public=False), Traits(), "in", ()),
        (Who(is_public=False), Traits(is_public=True), "out", ()),
        (Who(unread=("高耗水",)), Traits(), "unknown", (Doubt.WORDS,)),
        (Who(beside=("园区",)), Traits(), "in", ()),
    ],
)
def test_a_rule_covers_those_of_whom_it_speaks(
    who: Who, traits: Traits, standing: str, doubts: tuple[Doubt, ...]
) -> None:
    verdict = verdict_of(replace(RULE, who=who), traits, exactly(LIMIT))
    assert (verdict.standing.value, verdict.doubts) == (standing, doubts)
    assert is_spoken_of(who, traits) is (standing != "out")


def test_whoever_is_known_to_fail_one_part_is_out_whatever_else_is_unknown() -> None:
    rule = replace(RULE, who=Who(classes=frozenset({"industry"}), unread=("高耗水",)))
    assert verdict_of(rule, Traits(use_class="industry"), exactly(1)).standing is Standing.OUT


@given(rule=RULES, bounds=BOUNDS, amount=AMOUNTS)
def test_a_known_standing_holds_wherever_the_amount_turns_out_to_lie(
    rule: MembershipRule, bounds: Bounds, amount: Decimal
) -> None:
    if amount < bounds.least or (bounds.most is not None and amount > bounds.most):
        return
    before = verdict_of(rule, Traits(), bounds).standing
    assert before in (Standing.UNKNOWN, verdict_of(rule, Traits(), exactly(amount)).standing)


@given(
    limit=AMOUNTS, bounds=BOUNDS, more=AMOUNTS, op=st.sampled_from([Comparison.AT_LEAST, Comparison.ABOVE])
)
def test_more_use_never_takes_a_user_off_a_list_of_great_users(
    limit: Decimal, bounds: Bounds, more: Decimal, op: Comparison
) -> None:
    order = [Standing.OUT, Standing.UNKNOWN, Standing.IN]
    rule = replace(RULE, op=op, limit=limit)
    raised = Bounds(least=bounds.least + more, most=None if bounds.most is None else bounds.most + more)
    low, high = (verdict_of(rule, Traits(), each).standing for each in (bounds, raised))
    assert order.index(low) <= order.index(high)
