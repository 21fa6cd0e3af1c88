"""Category cells become steps of a path."""

from __future__ import annotations

import pytest

from shuiheng.plans.segment.category_cells import heading_of, headings_of_cell
from shuiheng.plans.wording import squeeze


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("（一）农业节水", ["农业节水"]),
        ("2 工业\n节水", ["工业节水"]),
        ("重点任务\n\n重点任务", ["重点任务"]),
        ("完善“三项机制”，夯实基础（二）价格机制", ["完善“三项机制”，夯实基础", "价格机制"]),
        ("保障措施", ["保障措施"]),
        ("", []),
    ],
)
def test_a_cell_gives_its_steps(text: str, steps: list[str]) -> None:
    assert [step.text for step in headings_of_cell(squeeze(text))] == steps


def test_a_heading_knows_where_its_words_stand() -> None:
    text = "3 城镇\n降损"
    found = heading_of(squeeze(text, start=10))
    assert (found.text, found.span.start, found.span.end) == ("城镇降损", 12, 17)


def test_a_cell_of_an_enumerator_alone_keeps_it() -> None:
    assert heading_of(squeeze("（一）")).text == "（一）"
