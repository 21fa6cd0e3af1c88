"""Forms of a case hold what is known, and blanks for what is not; what is unknown is no point."""

from __future__ import annotations

from programmes.made import ground
from reports.case_papers import KINDS, SIGNING, paper_of, said, walked
from shuiheng.programmes.scoring import score_of
from shuiheng.reports.case_documents import case_document
from shuiheng.reports.case_paper import BLANK
from shuiheng.reports.model import tables_of

COMPOUND = KINDS["saving_compound"]


def test_a_score_sheet_has_every_criterion_with_its_points() -> None:
    walk = walked(COMPOUND)
    assert COMPOUND.criteria is not None
    leaves = list(COMPOUND.criteria.leaves())
    (table,) = tables_of(case_document("score_sheet", paper_of(walk), SIGNING))
    assert len(table.rows) == len(leaves) and BLANK not in {row[3] for row in table.rows}
    (blank,) = tables_of(case_document("score_sheet", paper_of(walk, score=None), SIGNING))
    assert {row[3] for row in blank.rows} == {BLANK}


def test_a_score_that_is_open_says_its_bounds_and_what_is_missing() -> None:
    assert COMPOUND.criteria is not None
    score = score_of(COMPOUND, COMPOUND.criteria, ground())
    report = case_document("score_sheet", paper_of(walked(COMPOUND), score=score), SIGNING)
    assert "得分：0分至" in said(report) and "尚不能确定" in said(report) and "缺：" in said(report)


def test_a_template_says_that_nobody_checked_it() -> None:
    report = case_document("score_sheet", paper_of(walked(COMPOUND)), SIGNING)
    assert COMPOUND.is_template and "未核对的模板" in said(report)


def test_an_application_lists_what_has_to_be_handed_in_and_who_gives_an_opinion() -> None:
    paper = paper_of(walked(COMPOUND, "apply"))
    report = case_document("application_form", paper, SIGNING)
    for need in COMPOUND.step("apply").evidence:
        assert need.names["zh"] in said(report)
    last = report.annexes[-1].tables[0]
    assert len(last.rows) == len(COMPOUND.steps) - 1 and last.rows[0][1] == BLANK


def test_a_visit_is_looked_at_by_what_a_person_judges() -> None:
    report = case_document("visit_record", paper_of(walked(COMPOUND), score=None), SIGNING)
    assert COMPOUND.criteria is not None
    manual = [leaf for leaf in COMPOUND.criteria.leaves() if leaf.rule == "manual"]
    assert manual and all(leaf.names["zh"] in said(report) for leaf in manual)


def test_amounts_stand_with_their_units_and_unknown_ones_are_blank() -> None:
    kind = KINDS["pipe_renewal"]
    assert "3km" in said(case_document("acceptance_form", paper_of(walked(kind)), SIGNING))
    assert "3km" not in said(case_document("acceptance_form", paper_of(walked(kind, "")), SIGNING))
