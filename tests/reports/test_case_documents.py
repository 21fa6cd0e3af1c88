"""Every document of every shipped kind comes out, from the first day and at the end, and is sound."""

from __future__ import annotations

import pytest

from reports.case_papers import DISTRICT, KINDS, SIGNING, SUBJECT, WORDS, paper_of, said, walked
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.reports.case_documents import BUILDERS, case_document
from shuiheng.reports.case_paper import DRAFT, REVOCATION_NOTICE, papers_of
from shuiheng.reports.checks import check_figures_have_one_value, check_words_say_the_value
from shuiheng.reports.errors import UnknownPaperError
from shuiheng.reports.model import tables_of
from shuiheng.reports.report_json import report_from_json, report_json

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
AFTER = {"return_notice", "evaluation_report", REVOCATION_NOTICE}
"""What a case that goes through all of its steps until its award does not yet bring about."""


@every_kind
def test_each_document_comes_out_as_a_draft_and_when_its_step_has_ended(kind: ProgrammeKind) -> None:
    first, last = paper_of(walked(kind, ""), score=None), paper_of(walked(kind))
    assert papers_of(kind)
    for document in papers_of(kind):
        draft, done = case_document(document, first, SIGNING), case_document(document, last, SIGNING)
        assert draft.title.startswith(DRAFT)
        assert (draft.signer, draft.issued_on) == ("", None)
        recheck = kind.result.recheck
        is_later = recheck is not None and document in recheck.documents
        is_earlier = any(document in step.documents for step in kind.steps)
        if document in AFTER or (is_later and not is_earlier and document != "recheck_notice"):
            assert done.title.startswith(DRAFT)
        else:
            assert not done.title.startswith(DRAFT) and done.issued_on is not None
        for report in (draft, done):
            assert SUBJECT in said(report) or document == "publication_text"
            assert all(len(row) == len(table.columns) for table in tables_of(report) for row in table.rows)
            assert not check_figures_have_one_value(report) and not check_words_say_the_value(report)
            assert report_from_json(report_json(report)) == report


def test_every_word_for_a_document_has_a_builder_and_every_builder_a_word() -> None:
    named = {document for kind in KINDS.values() for document in papers_of(kind)}
    assert set(BUILDERS) == set(WORDS.documents) == named


def test_a_document_of_another_kind_is_not_made() -> None:
    paper = paper_of(walked(KINDS["pipe_renewal"]))
    with pytest.raises(UnknownPaperError, match=r"reports\.unknown_paper"):
        case_document("activity_report", paper, SIGNING)


def test_a_publication_says_only_what_the_kind_makes_public() -> None:
    kind = KINDS["saving_compound"]
    report = case_document("publication_text", paper_of(walked(kind), note="内部说明"), SIGNING)
    (table,) = tables_of(report)
    assert {column.key for column in table.columns} <= set(kind.public)
    assert "内部说明" not in said(report) and DISTRICT in said(report)
