"""The ledger goes out as a workbook, and its differences are looked at before they are taken in."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Role, UserFact
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
GONE, FIRST_ROW = 404, 5


@pytest.fixture
def users(officer: Account) -> None:
    settle_demo_ledger(officer, the_office().place)


def _book(office: Client, name: str) -> bytes:
    answer = office.get(reverse("ledger_book_file"), {"closed": "1"})
    book = load_workbook(io.BytesIO(answer.content))
    page = book["用水户"]
    at = next(cell.column for cell in page[2] if cell.value == "*名称")
    page.cell(FIRST_ROW, at).value = name
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _send(office: Client, callbacks: Callbacks, content: bytes) -> LedgerBatch:
    file = SimpleUploadedFile("台账.xlsx", content)
    with callbacks(execute=True):
        office.post(reverse("send_ledger_book"), {"file": file, "reason": "核对"})
    return LedgerBatch.objects.latest("pk")


def test_a_workbook_is_sent_looked_at_taken_in_and_undone(
    office: Client, users: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    assert "还没有批量导入过台账" in office.get(reverse("ledger_books")).content.decode()
    batch = _send(office, django_capture_on_commit_callbacks, _book(office, "示例纺织厂"))
    address = reverse("ledger_book", args=[batch.pk])
    page = office.get(address).content.decode()
    assert "示例纺织厂" in page and "diff-old" in page and "确认写入" in page and "核对" in page
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("take_ledger_book", args=[batch.pk]))
    assert UserFact.objects.filter(name="示例纺织厂", superseded_at__isnull=True).exists()
    undo = reverse("undo_ledger_book", args=[batch.pk])
    assert "没有说明修改的理由" in office.post(undo, {"reason": ""}, follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(undo, {"reason": "传错"})
    assert "已撤销" in office.get(address).content.decode()
    assert not UserFact.objects.filter(name="示例纺织厂", superseded_at__isnull=True).exists()


def test_errors_bar_a_workbook_and_are_given_back_in_it(
    office: Client, users: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    batch = _send(office, django_capture_on_commit_callbacks, _book(office, "同上"))
    page = office.get(reverse("ledger_book", args=[batch.pk])).content.decode()
    assert "下载标注后的原表" in page and "确认写入" not in page
    answer = office.get(reverse("marked_ledger_book", args=[batch.pk]))
    assert str(load_workbook(io.BytesIO(answer.content))["用水户"].cell(FIRST_ROW, 1).value).startswith(
        "错误"
    )
    taken = office.post(reverse("take_ledger_book", args=[batch.pk]), follow=True)
    assert "处错误" in taken.content.decode()


def test_a_batch_in_work_asks_for_its_part_again(office: Client, users: None) -> None:
    file = SimpleUploadedFile("台账.xlsx", b"x")
    office.post(reverse("send_ledger_book"), {"file": file})
    batch = LedgerBatch.objects.get()
    part = office.get(reverse("ledger_book", args=[batch.pk]), headers={"HX-Request": "true"})
    assert "hx-get" in part.content.decode() and "<html" not in part.content.decode()
    assert "没有选择" in office.post(reverse("send_ledger_book"), follow=True).content.decode()
    readings = reverse("undo_batch_of_readings", args=[batch.pk])
    assert office.post(readings, {"reason": "x"}).status_code == GONE
    assert office.get(reverse("reading_batch", args=[batch.pk])).status_code == GONE


def test_a_batch_of_readings_is_no_workbook_of_the_ledger(office: Client, users: None) -> None:
    batch = LedgerBatch.objects.create(
        kind="interval_csv", place=the_office().place, organisation=the_office(), sha256="0" * 64
    )
    for name in ("ledger_book", "marked_ledger_book"):
        assert office.get(reverse(name, args=[batch.pk])).status_code == GONE
    for name in ("take_ledger_book", "undo_ledger_book"):
        assert office.post(reverse(name, args=[batch.pk])).status_code == GONE


def test_a_reader_may_neither_export_nor_send(looker: Client, users: None) -> None:
    for name in ("ledger_books", "ledger_book_file"):
        assert looker.get(reverse(name)).status_code == GONE
    assert looker.post(reverse("send_ledger_book")).status_code == GONE


def test_who_works_for_several_cities_chooses_one(office: Client, officer: Account, users: None) -> None:
    other = found_city("禾田市", slug="hetian", is_synthetic=True)
    assert 'name="city"' not in office.get(reverse("ledger_books")).content.decode()
    join(officer, other, Role.OFFICE_CLERK)
    page = office.get(reverse("ledger_books")).content.decode()
    assert 'name="city"' in page and f"closed=1&amp;city={other.place.pk}" in page
    assert f"city={other.place.pk}" in office.get(reverse("ledger")).content.decode()
    assert "请选择城市" in office.get(reverse("ledger_book_file"), follow=True).content.decode()
    chosen = {"city": str(other.place.pk)}
    assert office.get(reverse("ledger_book_file"), chosen)["Content-Type"].endswith("sheet")
    assert office.get(reverse("ledger_book_file"), {"city": "999999"}).status_code == GONE
    assert office.post(reverse("send_ledger_book"), {"city": "999999"}).status_code == GONE
    file = SimpleUploadedFile("台账.xlsx", b"x")
    office.post(reverse("send_ledger_book"), {"file": file, **chosen})
    assert LedgerBatch.objects.get().place == other.place
