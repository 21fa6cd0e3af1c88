"""Knowledge may be empty."""

from __future__ import annotations

from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans import PlanKnowledge


def test_nothing_need_be_known() -> None:
    assert PlanKnowledge() == PlanKnowledge(organisations=(), indicators=(), sources=())


def test_ids_of_the_rulebook_are_unique() -> None:
    known = load_knowledge()
    for terms in (known.organisations, known.indicators, known.sources):
        ids = [term.id for term in terms]
        assert len(ids) == len(set(ids)) > 50
