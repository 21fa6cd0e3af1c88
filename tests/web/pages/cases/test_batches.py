"""The pages of batches: a workbook goes out, comes in, is taken in by another person and taken back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.cases.books import KIND, a_book, a_done_row, a_row
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import CaseBatch, ProgrammeCase
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def _file(*rows: dict[str, object]) -> dict[str, object]:
    return {"file": SimpleUploadedFile("小区.xlsx", a_book(*rows))}


def test_a_workbook_is_sent_checked_taken_in_by_another_and_undone(city: CaseCity, browser: Browser) -> None:
    office, review = browser(city.clerk), browser(city.reviewer)
    assert "还没有成批立项" in office.get(reverse("case_batches")).content.decode()
    office.post(reverse("send_case_book"), _file(a_done_row("甲小区"), a_row("乙小区")))
    batch = CaseBatch.objects.get()
    own = office.get(reverse("case_batch", args=[batch.pk])).content.decode()
    assert "待另一人对照纸质材料确认写入" in own and "确认写入</button>" not in own
    assert "确认写入</button>" in review.get(reverse("case_batch", args=[batch.pk])).content.decode()
    review.post(reverse("take_case_book", args=[batch.pk]))
    assert ProgrammeCase.objects.filter(batch=batch).count() == 2
    assert "小区.xlsx" in office.get(reverse("case_batches")).content.decode()
    office.post(reverse("undo_case_batch", args=[batch.pk]), {"reason": "导错"})
    assert set(ProgrammeCase.objects.values_list("phase", flat=True)) == {"withdrawn"}
    assert "已撤销整批" in office.get(reverse("case_batch", args=[batch.pk])).content.decode()


def test_faults_stand_on_the_page_and_in_the_senders_own_workbook(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    office.post(reverse("send_case_book"), _file(a_done_row("甲小区", score=60)))
    batch = CaseBatch.objects.get()
    page = office.get(reverse("case_batch", args=[batch.pk])).content.decode()
    assert "评分" in page and "有错误" in page
    marked = office.get(reverse("marked_case_book", args=[batch.pk]))
    assert marked["Content-Disposition"].endswith(".xlsx") or "xlsx" in marked["Content-Disposition"]


def test_a_form_goes_out_empty_or_with_the_cases_that_stand(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    city.open(KIND, "甲小区", sort="place")
    empty = office.get(reverse("case_book_form") + f"?kind={KIND}").content
    filled = office.get(reverse("case_book_form") + f"?kind={KIND}&filled=1").content
    assert empty[:2] == filled[:2] == b"PK" and empty != filled
    assert office.get(reverse("case_book_form"))["Location"] == reverse("case_batches")
    listed = office.get(reverse("cases") + f"?kind={KIND}").content.decode()
    assert f"{reverse('case_book_form')}?kind={KIND}&amp;filled=1" in listed


def test_no_file_and_an_unknown_batch(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    office.post(reverse("send_case_book"), {})
    office.post(reverse("send_case_book"), {"file": SimpleUploadedFile("空.xlsx", b"x")})
    assert not CaseBatch.objects.exists()
    assert office.get(reverse("case_batch", args=[999])).status_code == GONE
    assert office.post(reverse("take_case_book", args=[999])).status_code == GONE
    assert office.post(reverse("undo_case_batch", args=[999]), {"reason": "x"}).status_code == GONE
