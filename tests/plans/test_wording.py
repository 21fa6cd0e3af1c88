"""A wording answers with a place in the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel import Span
from shuiheng.plans.wording import EMPTY_WORDING, joined, squeeze


def test_a_word_broken_over_lines_spans_the_break() -> None:
    words = squeeze("节水型\n 企业", start=10)
    assert words.text == "节水型企业"
    assert words.span_of(2, 4) == Span(12, 16)


def test_an_empty_range_stands_nowhere() -> None:
    with pytest.raises(ValueError, match="no characters"):
        squeeze("水").span_of(1, 1)
    assert EMPTY_WORDING.span is None


@given(st.text(), st.integers(0, 1000))
def test_every_character_stands_where_it_says(text: str, start: int) -> None:
    words = squeeze(text, start=start)
    assert all(text[offset - start] == char for char, offset in zip(words.text, words.offsets, strict=True))
    assert words.text == "".join(text.split())


@given(st.text(), st.text())
def test_joining_keeps_order_and_places(first: str, second: str) -> None:
    left, right = squeeze(first), squeeze(second, start=len(first))
    assert joined([left, right]) == squeeze(first + second)
