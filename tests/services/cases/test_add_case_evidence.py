"""Evidence is kept with its hash, for the step and by those whom it concerns; the same bytes once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.acting import Cast, check_kept, code, sent
from shuiheng.adapters.records.models import CaseEvidence, Event
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.add_case_evidence import (
    EvidenceFields,
    SentFile,
    add_case_files,
    case_evidence_file,
    note_case_paper,
)
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.errors import EmptyFileError, NotThereError
from shuiheng.services.file_store import discard_file

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
FORM = EvidenceFields(step="apply", kind="application", title="申报书")


def test_files_come_together_with_hash_time_and_place(cast: Cast) -> None:
    row = cast.invited()
    taken = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
    where = replace(FORM, taken_at=taken, longitude=Decimal("116.39"), latitude=Decimal("39.9"))
    found = add_case_files(
        cast.filer, row.pk, where, [SentFile(name="现场.png", content=PNG), sent("申报书正文")]
    )
    assert [each.key for each in found] == ["e1", "e2"]
    photo = CaseEvidence.objects.get(key="e1")
    assert (photo.sha256, photo.media_type) == (hashlib.sha256(PNG).hexdigest(), "image/png")
    assert (photo.is_electronic, photo.taken_at, photo.longitude) == (True, taken, Decimal("116.390000"))
    assert not CaseEvidence.objects.get(key="e2").is_electronic
    assert Event.objects.get(action="case.evidence_added").after["evidence"] == "e1, e2"
    check_kept(row)


def test_the_same_bytes_for_the_same_need_are_kept_once(cast: Cast) -> None:
    row = cast.invited()
    first = add_case_files(cast.filer, row.pk, FORM, [sent("甲")])[0]
    assert add_case_files(cast.filer, row.pk, FORM, [sent("甲"), sent("乙")])[0] == first
    other = replace(FORM, kind="self_assessment")
    assert add_case_files(cast.filer, row.pk, other, [sent("甲")])[0] != first
    assert CaseEvidence.objects.count() == 3


def test_one_file_that_is_refused_refuses_all(cast: Cast) -> None:
    row = cast.invited()
    with pytest.raises(EmptyFileError):
        add_case_files(cast.filer, row.pk, FORM, [sent("甲"), sent("")])
    wrong = SentFile(name="x.exe", content=b"MZ")
    assert code(add_case_files, cast.filer, row.pk, FORM, [sent("甲"), wrong]) == "progress.evidence_kind"
    assert code(add_case_files, cast.filer, row.pk, FORM, []) == "services.nothing_chosen"
    moon = replace(FORM, kind="moonlight")
    assert code(add_case_files, cast.filer, row.pk, moon, [sent("甲")]) == "cases.wrong_evidence"
    far = replace(FORM, longitude=Decimal(181))
    assert code(add_case_files, cast.filer, row.pk, far, [sent("甲")]) == "cases.bad_position"
    assert not CaseEvidence.objects.exists()


def test_paper_says_where_it_lies(cast: Cast) -> None:
    row = cast.invited()
    assert code(note_case_paper, cast.filer, row.pk, replace(FORM, title=" ")) == "cases.place_of_paper"
    paper = note_case_paper(cast.filer, row.pk, replace(FORM, title="档案室 2025-17"))
    assert (paper.is_paper, paper.sha256) == (True, "")
    note_case_paper(cast.filer, row.pk, replace(FORM, kind="self_assessment", title="档案室 2025-18"))
    assert end_case_step(cast.filer, row.pk, EndedStep(step="apply")).open_steps == ["review"]
    with pytest.raises(NotThereError):
        case_evidence_file(cast.filer, paper.pk)


def test_nobody_adds_to_the_step_of_somebody_else(cast: Cast) -> None:
    row = cast.invited()
    opinion = EvidenceFields(step="review", kind="opinion")
    assert code(add_case_files, cast.filer, row.pk, opinion, [sent("同意")]) == "cases.not_your_step"
    assert add_case_files(cast.district, row.pk, opinion, [sent("同意")])
    with pytest.raises(NotThereError):
        add_case_files(cast.third, row.pk, FORM, [sent("甲")])


def test_evidence_never_lies_before_what_has_happened_or_ahead(cast: Cast) -> None:
    row = cast.invited()
    early = replace(FORM, on=cast.on(-1))
    assert code(add_case_files, cast.filer, row.pk, early, [sent("甲")]) == "programmes.day_order"
    ahead = replace(FORM, on=timezone.localdate() + timedelta(days=1))
    assert code(add_case_files, cast.filer, row.pk, ahead, [sent("甲")]) == "cases.future_day"
    assert not CaseEvidence.objects.exists()


def test_a_file_is_shown_to_whoever_may_see_the_case_and_the_look_is_told(cast: Cast) -> None:
    row = cast.invited()
    piece = add_case_files(cast.filer, row.pk, FORM, [sent("甲")])[0]
    assert case_evidence_file(cast.city.clerk, piece.pk).content == "甲".encode()
    assert Event.objects.filter(action="case.evidence_opened", subject=f"case:{row.pk}").count() == 1
    with pytest.raises(NotThereError):
        case_evidence_file(cast.third, piece.pk)
    discard_file(piece.stored_name)
    with pytest.raises(NotThereError):
        case_evidence_file(cast.city.clerk, piece.pk)


def test_the_same_file_counts_anew_after_the_case_was_sent_back(cast: Cast) -> None:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    need = EvidenceFields(step="review", kind="opinion", on=cast.on(2))
    first = add_case_files(cast.district, row.pk, need, [sent("同意")])
    assert add_case_files(cast.district, row.pk, need, [sent("同意")]) == first
    cast.end(cast.district, row, "review", 2, outcome=StepOutcome.RETURN, reason="缺盖章页")
    cast.end(cast.filer, row, "apply", 3)
    again = add_case_files(cast.district, row.pk, replace(need, on=cast.on(3)), [sent("同意")])
    assert again != first and row.evidence.filter(step="review").count() == 2
