"""What was found on a visit is kept at once: a record for a second person, and points that rest on it."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, check_kept, code
from shuiheng.adapters.records.models import CaseAnswer, CaseEvidence, ProgrammeCase
from shuiheng.services.cases.add_case_evidence import case_evidence_file
from shuiheng.services.cases.answer_case import GivenAnswer
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.file_visit import VisitFields, file_visit, record_text, visit_step
from shuiheng.services.cases.keep_case import state_of

pytestmark = pytest.mark.django_db
TEN = GivenAnswer(sort="criterion", name="records", value="10")
VISIT = VisitFields(
    step="visit", visited_at="2025-03-01T09:30", present="后勤处", record="水表完好", answers=(TEN,)
)


def _to_visit(cast: Cast) -> ProgrammeCase:
    return _bring_to_visit(cast, cast.invited())


def _bring_to_visit(cast: Cast, row: ProgrammeCase) -> ProgrammeCase:
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    return cast.end(cast.district, row, "review", 2)


def test_a_record_is_evidence_and_the_source_of_its_points(cast: Cast) -> None:
    row = _to_visit(cast)
    evidence = file_visit(cast.inspector, row.pk, VISIT)
    assert (evidence.kind, evidence.step, evidence.is_accepted) == ("site_record", "visit", None)
    text = case_evidence_file(cast.inspector, evidence.pk).content.decode()
    assert text == record_text(VISIT, kind_of(row))
    assert "水表完好" in text and "用水台账与巡检记录" in text and "在场：后勤处" in text
    assert CaseAnswer.objects.get(case=row).source == f"现场核查记录 {evidence.key}"
    check_kept(row)


def test_points_that_cannot_be_leave_no_record(cast: Cast) -> None:
    row = _to_visit(cast)
    many = GivenAnswer(sort="criterion", name="records", value="99")
    wrong = VisitFields(step="visit", visited_at="", present="", record="水表完好", answers=(many,))
    before = CaseEvidence.objects.count()
    assert code(file_visit, cast.inspector, row.pk, wrong) == "programmes.bad_points"
    bare = VisitFields(step="visit", visited_at="", present="", record=" ")
    assert code(file_visit, cast.inspector, row.pk, bare) == "cases.words_needed"
    assert code(file_visit, cast.filer, row.pk, VISIT) == "cases.not_your_step"
    assert CaseEvidence.objects.count() == before


def test_the_step_of_the_visit_is_the_open_one_that_asks_for_its_record(cast: Cast) -> None:
    row = cast.invited()
    assert visit_step(kind_of(row), state_of(row)) is None
    row = _bring_to_visit(cast, row)
    wanted = visit_step(kind_of(row), state_of(row))
    assert wanted is not None and wanted.id == "visit"


def test_after_the_award_it_is_the_recheck(cast: Cast) -> None:
    row = cast.certified()
    wanted = visit_step(kind_of(row), state_of(row))
    assert wanted is not None and wanted.id == "recheck"
