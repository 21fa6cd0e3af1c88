"""Decisions as JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.plan_values import pages, spans, words
from shuiheng.kernel import Span
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.plans.decide import Anchor, Decision, DecisionKind, ItemKind, decision_from_json, decision_json

anchors = st.builds(
    Anchor,
    kind=st.sampled_from(ItemKind),
    quote=words,
    span=spans,
    page=pages,
    reading=st.lists(st.tuples(words, words), max_size=3).map(tuple),
    context=words,
)
changes = st.dictionaries(words, st.none() | words | st.integers() | st.lists(words, max_size=2), max_size=3)
decisions = st.builds(
    Decision,
    kind=st.sampled_from(DecisionKind),
    anchor=anchors,
    changes=changes,
    parts=st.lists(changes, max_size=2).map(tuple),
    others=st.lists(anchors, max_size=2).map(tuple),
    reason=words,
    decided_by=words,
    decided_at=st.datetimes(timezones=st.just(UTC)),
    order=st.integers(0, 10**6),
)


@given(decisions)
def test_a_decision_comes_back_from_its_json(decision: Decision) -> None:
    assert decision_from_json(json.loads(json.dumps(decision_json(decision)))) == decision


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("decided_at", "2026-05-01T04:00:00"),
        ("decided_at", "today"),
        ("order", "1"),
        ("kind", "ponder"),
        ("anchor", {"kind": "task", "quote": "", "span": [0, 1], "context": "", "reading": [["a"]]}),
    ],
)
def test_a_bad_field_is_named(field: str, value: object) -> None:
    good = Decision(
        kind=DecisionKind.CONFIRM,
        anchor=Anchor(kind=ItemKind.TASK, quote="改造", span=Span(0, 2)),
        decided_by="王工",
        decided_at=datetime(2026, 5, 1, tzinfo=UTC),
        order=1,
    )
    with pytest.raises(JsonFormatError, match=field):
        decision_from_json({**decision_json(good), field: value})
