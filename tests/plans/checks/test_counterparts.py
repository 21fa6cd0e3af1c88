"""Which clause of the body belongs to which row."""

from __future__ import annotations

from plans.made import document_of, place_of, task
from shuiheng.kernel import Span
from shuiheng.plans.checks.counterparts import body_clauses, counterparts_of

DOCUMENT = document_of(
    "1.示范引领。打造10个节水示范酒店、20个节水示范校园和30个节水示范小区，常态化开展实践活动。",
    "打造10个节水示范酒店。",
)
ANNEX = place_of(DOCUMENT, "打造10个节水示范酒店。")


def test_a_clause_that_counts_several_things_is_cut_into_them() -> None:
    words = [clause.words for clause in body_clauses(DOCUMENT, ANNEX)]
    assert words == ["打造10个节水示范酒店", "20个节水示范校园", "30个节水示范小区", "常态化开展实践活动"]


def test_clauses_point_at_their_words_and_leave_out_what_they_are_told() -> None:
    clauses = body_clauses(DOCUMENT, ANNEX)
    assert [DOCUMENT.words(clause.span) for clause in clauses] == [clause.words for clause in clauses]
    assert body_clauses(DOCUMENT, ANNEX, leave_out=[Span(0, 200)]) == ()


def test_a_row_has_a_clause_word_for_word_or_in_other_words_or_not() -> None:
    row = task(DOCUMENT, "打造10个节水示范酒店。", nth=0)
    found = counterparts_of(body_clauses(DOCUMENT, ANNEX), [row])
    assert [clause.words for clause in found.exact] == ["打造10个节水示范酒店"]
    assert "常态化开展实践活动" in [clause.words for clause in found.alone]
    assert {task_id for _, task_id in found.rows()} == {"900-001"}
