"""Evidence is accepted or rejected once, by another person than who brought it."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, check_kept, code, sent
from shuiheng.adapters.records.models import CaseEvidence
from shuiheng.services.cases.add_case_evidence import EvidenceFields, add_case_files
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.cases.review_case_evidence import review_case_evidence
from shuiheng.services.errors import NotPermittedError, NotThereError

pytestmark = pytest.mark.django_db
PHOTO = EvidenceFields(step="visit", kind="photo")


def test_a_second_person_accepts_once(cast: Cast) -> None:
    row = cast.invited()
    piece = add_case_files(cast.inspector, row.pk, PHOTO, [sent("甲")])[0]
    own = code(review_case_evidence, cast.inspector, piece.pk, is_accepted=True)
    assert own == "programmes.same_person"
    review_case_evidence(cast.city.reviewer, piece.pk, is_accepted=True)
    kept = CaseEvidence.objects.get(pk=piece.pk)
    assert (kept.is_accepted, kept.reviewed_by) == (True, cast.city.reviewer)
    assert state_of(row).evidence[piece.key].is_accepted is True
    again = code(review_case_evidence, cast.city.leader, piece.pk, is_accepted=False, note="模糊")
    assert again == "programmes.evidence_settled"
    check_kept(row)


def test_a_rejection_says_why(cast: Cast) -> None:
    row = cast.invited()
    piece = add_case_files(cast.inspector, row.pk, PHOTO, [sent("甲")])[0]
    bare = code(review_case_evidence, cast.city.reviewer, piece.pk, is_accepted=False, note=" ")
    assert bare == "cases.reason_needed"
    review_case_evidence(cast.city.reviewer, piece.pk, is_accepted=False, note="看不清水表")
    assert CaseEvidence.objects.get(pk=piece.pk).review_note == "看不清水表"
    again = add_case_files(cast.inspector, row.pk, PHOTO, [sent("甲")])[0]
    assert again != piece  # the same bytes may be brought anew after a rejection


def test_the_unit_reviews_nothing(cast: Cast) -> None:
    row = cast.invited()
    piece = add_case_files(cast.inspector, row.pk, PHOTO, [sent("甲")])[0]
    with pytest.raises(NotPermittedError):
        review_case_evidence(cast.filer, piece.pk, is_accepted=True)
    with pytest.raises(NotThereError):
        review_case_evidence(cast.city.reviewer, piece.pk + 1, is_accepted=True)
