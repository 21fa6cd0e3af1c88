"""A document of a case is made from its rows; who is outside does not read drafts of the office."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from docx import Document

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.cases.case_papers import case_file, case_report, papers_for
from shuiheng.services.errors import NotThereError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db


def _words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_certificate_is_written_with_the_unit_of_whoever_gave_it(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    words = _words(case_file(city.clerk, row, "certificate"))
    assert "清河苑" in words and row.number in words and "节水型居民小区证书" in words
    assert "【草稿】" not in words and city.clerk.memberships.get().organisation.name in words
    assert case_file(city.clerk, row, "certificate") == case_file(city.clerk, row, "certificate")
    assert {line.id for line in papers_for(city.clerk, row) if line.is_draft} >= {"revocation_notice"}


def test_the_score_of_a_document_is_that_of_its_day(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    report = case_report(city.clerk, row, "score_sheet")
    assert report.title.startswith("【草稿】") and report.signer == ""
    assert "得分：0分至" in "".join(each.text for each in report.opening)


def test_a_score_that_only_paper_bears_is_not_reckoned_again(city: CaseCity) -> None:
    row = bring_on(city, city.open("saving_compound", "清河苑", sort="place"))
    row.score_lowest = row.score_highest = Decimal("91.5")
    said = "".join(each.text for each in case_report(city.clerk, row, "score_sheet").opening)
    assert "得分：91.5分，以存档的评分材料为准" in said and "尚不能确定" not in said
    row.score_highest = None
    said = "".join(each.text for each in case_report(city.clerk, row, "score_sheet").opening)
    assert "尚未评分" in said


def test_a_unit_reads_what_is_done_and_drafts_of_its_own(city: CaseCity) -> None:
    user = city.user("一中")
    row = city.open("saving_school", "一中", subject=city.about(user))
    filer = Account.objects.create(username="filer")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    assert {line.id for line in papers_for(filer, row)} == {"application_form", "score_sheet"}
    with pytest.raises(NotThereError):
        case_report(filer, row, "review_opinion")
    bring_on(city, row)
    assert {"certificate", "review_opinion"} <= {line.id for line in papers_for(filer, row)}
    with pytest.raises(NotThereError):
        case_report(filer, row, "revocation_notice")
    with pytest.raises(NotThereError):
        case_report(city.clerk, row, "activity_report")
