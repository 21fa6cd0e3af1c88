"""Tables of a case leave out what does not concern it, and never show what is unknown as nothing."""

from __future__ import annotations

from decimal import Decimal

from reports.case_papers import KINDS, SUBJECT, paper_of, walked
from shuiheng.reports.case_paper import BLANK
from shuiheng.reports.case_tables import (
    amount_annex,
    amounts_of,
    case_table,
    evidence_annex,
    given_words,
    lacking,
    opinions_annex,
    points_words,
    score_annex,
    steps_annex,
)

COMPOUND, PIPE = KINDS["saving_compound"], KINDS["pipe_renewal"]


def test_a_case_is_told_without_empty_lines() -> None:
    rows = dict(case_table(paper_of(walked(PIPE, ""), note="")).rows)
    assert rows["对象名称"] == SUBJECT and "说明" not in rows and "编号" not in rows
    assert all(rows.values())


def test_an_amount_that_is_not_known_is_blank() -> None:
    begun, done = paper_of(walked(PIPE, "")), paper_of(walked(PIPE))
    assert {words for _name, _unit, words in amounts_of(begun)} == {""}
    assert amounts_of(done)[0][2] == "3km"
    annex = amount_annex(begun)
    assert annex is not None and annex.tables[0].rows[0][-1] == BLANK
    assert amount_annex(paper_of(walked(COMPOUND))) is None


def test_what_is_missing_of_a_step_is_counted() -> None:
    step = COMPOUND.step("visit")
    missing = lacking(paper_of(walked(COMPOUND, "")), step)
    assert len(missing) == len(step.evidence) and "尚缺2份" in "".join(missing)
    assert lacking(paper_of(walked(COMPOUND)), step) == []


def test_evidence_is_listed_with_what_was_handed_in() -> None:
    annex = evidence_annex(
        paper_of(walked(COMPOUND), titles={"apply-application-0": "申报书"}), COMPOUND.steps
    )
    assert annex is not None
    rows = annex.tables[0].rows
    assert len(rows) == sum(len(step.evidence) for step in COMPOUND.steps) and rows[0][-1] == "申报书"
    assert evidence_annex(paper_of(walked(COMPOUND)), ()) is None


def test_steps_and_opinions_follow_what_has_ended() -> None:
    paper = paper_of(walked(COMPOUND, "apply"))
    rows = steps_annex(paper).tables[0].rows
    assert [row[4] == BLANK for row in rows] == [False] + [True] * (len(COMPOUND.steps) - 1)
    said = opinions_annex(paper, COMPOUND.steps).tables[0].rows
    assert said[0][1] == "通过。" and said[1][1] == BLANK


def test_points_are_said_plainly() -> None:
    assert points_words(Decimal("7.500")) == "7.5" and points_words(Decimal("6.665")) == "6.67"
    assert given_words(None) == BLANK
    assert score_annex(paper_of(walked(PIPE))) is None
