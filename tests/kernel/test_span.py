"""Spans are half-open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel import Span
from shuiheng.kernel.span import hull

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


def test_touching_spans_do_not_meet() -> None:
    assert not Span(0, 3).meets(Span(3, 5))
    assert Span(0, 4).meets(Span(3, 5))


def test_a_span_holds_itself_and_not_a_longer_one() -> None:
    assert Span(2, 5).holds(Span(2, 5))
    assert not Span(2, 5).holds(Span(2, 6))


def test_an_empty_span_is_still_a_place() -> None:
    assert bool(Span(3, 3)) is True
    assert len(Span(3, 3)) == 0


def test_no_spans_have_no_hull() -> None:
    assert hull(()) is None


@given(st.lists(spans, min_size=1))
def test_the_hull_holds_every_span_and_ends_at_some(parts: list[Span]) -> None:
    whole = hull(tuple(parts))
    assert whole is not None
    assert all(whole.holds(part) for part in parts)
    assert whole.start in {part.start for part in parts}
    assert whole.end in {part.end for part in parts}
