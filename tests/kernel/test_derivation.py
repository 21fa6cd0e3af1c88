"""A result with its steps: which rules it rests on and whether it may be issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term, unique_citations


def cited(rule: str, *, is_binding: bool) -> Citation:
    return Citation(
        rule=rule,
        area="9901",
        since=date(2026, 1, 1),
        source="some-law",
        clause="第三条",
        is_checked=is_binding,
        is_binding=is_binding,
    )


def step(citation: Citation | None) -> Step:
    return Step(
        name="amount",
        terms=(Term(name="volume", value=Decimal(10), unit="m3"),),
        formula="10 × 2",
        value=Decimal(20),
        unit="yuan",
        citation=citation,
    )


def derived(*citations: Citation | None) -> Derived:
    return Derived(value=Decimal(20), unit="yuan", steps=tuple(step(each) for each in citations))


BINDING, LOOSE = cited("charges/a", is_binding=True), cited("charges/b", is_binding=False)


@pytest.mark.parametrize(
    ("citations", "is_trial"),
    [
        ((BINDING,), False),
        ((BINDING, None), False),
        ((BINDING, LOOSE), True),
        ((LOOSE,), True),
        ((None,), True),
        ((), True),
    ],
)
def test_only_an_amount_on_binding_rules_may_be_issued(
    citations: tuple[Citation | None, ...], is_trial: bool
) -> None:
    assert derived(*citations).is_trial is is_trial


def test_each_rule_is_cited_once_in_the_order_of_use() -> None:
    assert derived(LOOSE, None, BINDING, LOOSE).citations == (LOOSE, BINDING)
    assert unique_citations([None]) == ()
