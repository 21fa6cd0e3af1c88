"""The import centre leads from a file to a batch, and from its check to settled months."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, SettledMonth
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
GONE, TEXT = (
    404,
    "表号,读数时间,读数(m3)\nA-1,2026-03-01 00:00,1\nA-1,2026-03-31 00:00,9\nZ-9,2026-03-31 00:00,9\n",
)


@pytest.fixture
def meters(officer: Account) -> None:
    new = NewMeter(number="A-1", keeper=the_office().pk)
    add_meter(officer, new, MeterFields(), valid_from=date(2025, 1, 1))


def _send(office: Client, content: str = TEXT) -> str:
    file = SimpleUploadedFile("三月.csv", content.encode())
    answer = office.post(reverse("send_readings"), {"keeper": the_office().pk, "file": file}, follow=True)
    return answer.content.decode()


def test_a_file_is_sent_checked_taken_in_and_undone(
    office: Client, meters: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    assert "还没有导入过读数" in office.get(reverse("reading_batches")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert "三月.csv" in _send(office)
    batch = LedgerBatch.objects.get()
    page = office.get(reverse("reading_batch", args=[batch.pk])).content.decode()
    assert "待确认" in page and "Z-9" in page and "确认写入" in page
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("take_batch", args=[batch.pk]))
    assert SettledMonth.objects.get(month=date(2026, 3, 1)).as_read_litres == 8000
    assert "已写入" in office.get(reverse("reading_batches"), {"state": "taken"}).content.decode()
    undo = reverse("undo_batch_of_readings", args=[batch.pk])
    assert "没有说明修改的理由" in office.post(undo, {"reason": ""}, follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(undo, {"reason": "传错月份"})
    page = office.get(reverse("reading_batch", args=[batch.pk])).content.decode()
    assert "已撤销" in page and "传错月份" in page


def test_a_batch_that_is_being_worked_on_asks_again_for_its_part_only(office: Client, meters: None) -> None:
    _send(office)
    address = reverse("reading_batch", args=[LedgerBatch.objects.get().pk])
    assert "hx-get" in office.get(address).content.decode()
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "校验中" in part


def test_what_cannot_be_sent_is_said_and_nothing_is_kept(
    office: Client, meters: None, settings: Settings
) -> None:
    assert "没有任何内容" in _send(office, "")
    settings.UPLOAD_BYTES = 2**20
    assert "1 MB" in _send(office, "x" * (2**20 + 1))
    assert office.post(reverse("send_readings"), {"keeper": the_office().pk}, follow=True).status_code == 200
    assert not LedgerBatch.objects.exists()


def test_a_reader_finds_no_import_centre(looker: Client, meters: None) -> None:
    assert looker.get(reverse("reading_batches")).status_code == GONE
    assert looker.post(reverse("send_readings")).status_code == GONE


def test_a_batch_is_checked_again_when_the_ledger_knows_its_meters(
    office: Client, officer: Account, meters: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _send(office)
    address = reverse("repeat_batch", args=[LedgerBatch.objects.get().pk])
    assert "仍然没有" in office.post(address, follow=True).content.decode()
    new = NewMeter(number="Z-9", keeper=the_office().pk)
    add_meter(officer, new, MeterFields(), valid_from=date(2025, 1, 1))
    first = LedgerBatch.objects.get()
    page = office.get(reverse("reading_batch", args=[first.pk])).content.decode()
    assert "按现在的台账重新校验" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(address, follow=True)
    again = LedgerBatch.objects.exclude(pk=first.pk).get()
    assert answer.redirect_chain[-1][0] == reverse("reading_batch", args=[again.pk])
    assert (again.counts["good"], again.state) == (3, "checked")


def test_a_batch_of_a_broker_of_which_nothing_counts_asks_for_no_word(
    office: Client, officer: Account, meters: None
) -> None:
    LedgerBatch.objects.create(
        kind="mqtt",
        place=the_office().place,
        organisation=the_office(),
        sha256="0" * 64,
        original_name="mqtt-1-unread",
        state="checked",
        counts={"good": 0, "bad": 1},
        findings=[
            {
                "code": "telemetry.payload_not_json",
                "severity": "disqualify",
                "subject": "shuiheng/v1/7/readings",
                "values": {"line": "1", "found": "oops"},
            }
        ],
    )
    page = office.get(reverse("reading_batch", args=[LedgerBatch.objects.get().pk])).content.decode()
    assert "shuiheng/v1/7/readings" in page and "oops" in page
    assert "无可写入" in page and "待确认" not in page and "重新上传" not in page
    assert "无可写入" in office.get(reverse("reading_batches")).content.decode()
