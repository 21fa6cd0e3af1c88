"""What a revision changed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import ProgressStep, RegisterTarget
from shuiheng.web.pages.progress.diffs import LONGEST, history_of, pieces_of

TARGET = RegisterTarget(pk=7, metric="数量", value=Decimal(4), unit="处")


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_both_texts(old: str, new: str) -> None:
    pieces = pieces_of(old, new)
    assert "".join(piece.text for piece in pieces if piece.sort != "new") == old
    assert "".join(piece.text for piece in pieces if piece.sort != "old") == new


def test_a_number_changes_as_a_whole() -> None:
    assert [(p.sort, p.text) for p in pieces_of("改造12处", "改造13处")] == [
        ("same", "改造"),
        ("old", "12"),
        ("new", "13"),
        ("same", "处"),
    ]


def test_very_long_texts_are_shown_one_after_the_other() -> None:
    assert [piece.sort for piece in pieces_of("水" * (LONGEST + 1), "水")] == ["old", "new"]


def test_each_step_shows_its_own_changes_the_newest_first() -> None:
    steps = [
        ProgressStep(revision=1, content={"done_text": "甲", "values": {"7": "2"}}),
        ProgressStep(revision=2, content={"done_text": "甲", "values": {"7": "3"}, "is_complete": True}),
        ProgressStep(revision=3, content={"done_text": "甲", "values": {"7": "3"}, "is_complete": True}),
    ]
    changes = [[(c.field, c.label) for c in each.changes] for each in history_of(steps, {7: TARGET})]
    assert changes == [[], [("is_complete", ""), ("values", "数量")], [("done_text", ""), ("values", "数量")]]


def test_a_value_of_history_stands_as_its_plan_prints_it() -> None:
    target = RegisterTarget(pk=7, metric="面积", value=Decimal(12000), unit="亩", quote="1.2万亩")
    step = ProgressStep(revision=1, content={"values": {"7": "9000", "8": "5"}})
    known, unknown = history_of([step], {7: target})[0].changes
    assert [(c.label, c.pieces[0].text) for c in (known, unknown)] == [("面积", "0.9 万亩"), ("", "5")]
