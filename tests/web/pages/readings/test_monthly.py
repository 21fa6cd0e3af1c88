"""A water company gets its form, sends it back, and gets it marked."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from services.readings.meter_company import filled
from shuiheng.adapters.records.models import Account, LedgerBatch
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.web.fields import FieldError
from shuiheng.web.pages.readings.monthly import month_of

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
GONE = 404


@pytest.fixture
def meters(officer: Account) -> int:
    new = NewMeter(number="A-1", keeper=the_office().pk)
    return add_meter(officer, new, MeterFields(step_litres=1000), valid_from=date(2025, 1, 1)).keeper_id


def _form(office: Client, keeper: int) -> bytes:
    answer = office.get(reverse("month_form"), {"keeper": keeper, "month": "2026-03"})
    assert "2026%E5%B9%B43%E6%9C%88.xlsx" in answer["Content-Disposition"]
    return answer.content


def _send(office: Client, keeper: int, content: bytes, **more: str) -> str:
    file = SimpleUploadedFile("三月.xlsx", content)
    told = {"keeper": keeper, "file": file, **more}
    return office.post(reverse("send_month_workbook"), told, follow=True).content.decode()


def test_a_workbook_goes_out_comes_back_and_is_given_back_marked(
    office: Client, meters: int, django_capture_on_commit_callbacks: Callbacks
) -> None:
    page = office.get(reverse("reading_batches")).content.decode()
    assert "下载月抄表" in page
    content = filled(_form(office, meters), {0: {"read_on": "2026-03-31", "register": "约12"}})
    with django_capture_on_commit_callbacks(execute=True):
        _send(office, meters, content)
    batch = LedgerBatch.objects.get()
    page = office.get(reverse("reading_batch", args=[batch.pk])).content.decode()
    assert "本次读数" in page and "2026-03" in page and "下载标注后的原表" in page
    answer = office.get(reverse("marked_batch", args=[batch.pk]))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["J5"].comment is not None and str(sheet["A5"].value).startswith("错误：")


def test_what_cannot_be_sent_is_said(office: Client, meters: int) -> None:
    page = office.get(reverse("month_form"), {"keeper": meters, "month": "三月"}, follow=True)
    assert "三月" in page.content.decode()
    page = office.get(reverse("month_form"), {"keeper": meters}, follow=True)
    assert "没有选择" in page.content.decode()
    assert "改扩展名" in _send(office, meters, b"nothing of the kind")
    assert not LedgerBatch.objects.exists()


def test_a_batch_of_another_kind_has_no_marked_workbook(office: Client, meters: int) -> None:
    batch = LedgerBatch.objects.create(
        kind="interval_csv", place=the_office().place, organisation=the_office(), sha256="0" * 64
    )
    assert office.get(reverse("marked_batch", args=[batch.pk])).status_code == GONE


def test_a_reader_gets_no_form(looker: Client, meters: int) -> None:
    assert looker.get(reverse("month_form"), {"keeper": meters, "month": "2026-03"}).status_code == GONE
    assert looker.post(reverse("send_month_workbook")).status_code == GONE


def test_months_are_read_in_their_usual_forms() -> None:
    assert {month_of({"month": text}) for text in ("2026-03", "2026年3月", "2026/03")} == {date(2026, 3, 1)}
    assert month_of({}) is None
    with pytest.raises(FieldError):
        month_of({"month": "2026-13"})
