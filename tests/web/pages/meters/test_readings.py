"""Readings are shown with what passed between them, marked in words, and leave as a file."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from metered import Callbacks
from shuiheng.adapters.records.models import Account, Event
from shuiheng.services.readings.edit_batches import ReadingChange
from shuiheng.services.readings.edit_reading import edit_readings
from shuiheng.services.readings.preview_edit import preview_edit
from web.pages.meters.conftest import BEGIN, WRONG, Metered

pytestmark = pytest.mark.django_db
GONE = 404


def _corrected(officer: Account, metered: Metered, callbacks: Callbacks) -> None:
    change = [ReadingChange(read_at=WRONG, litres=3000)]
    mark = preview_edit(officer, metered.meter.pk, change).mark
    with callbacks(execute=True):
        edit_readings(officer, metered.meter.pk, change, mark=mark, reason="照片核对")


def test_a_wrong_reading_stands_out_in_words(office: Client, metered: Metered) -> None:
    address = reverse("meter_readings", args=[metered.meter.pk])
    page = office.get(address, {"from": "2026-03-01", "to": "2026-03-02"})
    text = page.content.decode()
    assert page.context["count"] == 47 and page.context["unknown"] == 1  # the one at 00:00 closes February
    assert "读数倒退" in text and "单个读数偏高" in text and "未知" in text and "m³ 已知水量" in text
    assert "剔除" in text


def test_a_supplier_looks_and_is_offered_nothing_to_decide(supplier: Client, metered: Metered) -> None:
    text = supplier.get(reverse("meter_readings", args=[metered.meter.pk])).content.decode()
    assert "来历" in text and "剔除" not in text and "补录读数" not in text


def test_days_without_readings_are_not_days_without_use(office: Client, metered: Metered) -> None:
    address = reverse("meter_readings", args=[metered.meter.pk])
    text = office.get(address, {"from": "2027-01-01", "to": "2027-01-31"}).content.decode()
    assert "没有读数不等于没有用水" in text


def test_an_instant_shows_all_that_was_said_and_the_row_of_the_file(
    office: Client, officer: Account, metered: Metered, django_capture_on_commit_callbacks: Callbacks
) -> None:
    _corrected(officer, metered, django_capture_on_commit_callbacks)
    address = reverse("meter_reading", args=[metered.meter.pk, WRONG])
    page = office.get(address, {"batch": metered.batch.pk})
    assert [each.register_litres for each in page.context["versions"]] == [3000, 900_000]
    ((place, row),) = page.context["sent"]
    assert place == 48 and row.register_litres == 900_000
    assert "照片核对" in page.content.decode() and metered.batch.sha256 in page.content.decode()
    listed = office.get(reverse("meter_readings", args=[metered.meter.pk])).content.decode()
    assert "人工更正" in listed and "sev-disqualify" not in listed


def test_the_row_of_a_file_that_is_gone_is_said_to_be_gone(office: Client, metered: Metered) -> None:
    metered.batch.stored_name = "nowhere"
    metered.batch.save()
    address = reverse("meter_reading", args=[metered.meter.pk, WRONG])
    assert "原始文件已不在" in office.get(address, {"batch": metered.batch.pk}).content.decode()
    assert office.get(address, {"batch": "x"}).context["sent_of"] is None


def test_an_instant_without_a_word_is_empty(office: Client, metered: Metered) -> None:
    address = reverse("meter_reading", args=[metered.meter.pk, BEGIN + 1])
    assert "没有任何读数记录" in office.get(address).content.decode()
    assert office.get(reverse("meter_reading", args=[metered.meter.pk, 10**17])).status_code == GONE


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_readings_leave_as_a_file_with_their_marks_and_that_is_written_down(
    supplier: Client, metered: Metered, ending: str
) -> None:
    address = reverse("meter_readings_export", args=[metered.meter.pk, ending])
    answer = supplier.get(address, {"from": "2026-03-01", "to": "2026-03-02"})
    assert answer.status_code == 200
    if ending == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "2026-03-01 21:00" in text and "读数倒退" in text and "单个读数偏高" in text
    assert Event.objects.filter(action="table.exported", subject__startswith="meter_readings").exists()


def test_a_file_of_an_unknown_form_is_not_there(office: Client, metered: Metered) -> None:
    assert office.get(reverse("meter_readings_export", args=[metered.meter.pk, "exe"])).status_code == GONE
