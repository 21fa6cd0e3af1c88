"""Readings are edited in two steps, each edit is listed, and one is undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from metered import Callbacks
from shuiheng.adapters.records.models import LedgerBatch, ReadingEdit, SettledMonth
from shuiheng.metering.civil_time import HOUR
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.edit_batches import ReadingChange
from shuiheng.web.pages.meters.editing import changes_from, instants_of
from web.pages.meters.conftest import BEGIN, WRONG, Metered

REFUSED, GONE = 422, 404
MARCH = date(2026, 3, 1)


def _march(metered: Metered) -> SettledMonth:
    return SettledMonth.objects.get(meter=metered.meter, month=MARCH)


@pytest.mark.django_db
def test_a_reading_is_set_aside_after_its_months_were_looked_at_and_brought_back(
    office: Client, metered: Metered, django_capture_on_commit_callbacks: Callbacks
) -> None:
    address = reverse("edit_meter_readings", args=[metered.meter.pk])
    asked = office.get(address, {"at": str(WRONG), "act": "aside"})
    assert [(line.litres, line.act) for line in asked.context["lines"]] == [(900_000, "aside")]
    before = _march(metered).by_time_litres
    posted = {"at": WRONG, f"act_{WRONG}": "aside", "step": "preview"}
    preview = office.post(address, posted)
    assert "确认后各月水量的变化" in preview.content.decode()
    assert preview.context["preview"].months[-1].after.litres == 4800
    assert not ReadingEdit.objects.exists() and _march(metered).by_time_litres == before
    posted |= {"step": "confirm", "mark": preview.context["preview"].mark}
    refused = office.post(address, posted | {"reason": " "})
    assert refused.status_code == REFUSED and refused.context["preview"] is not None
    with django_capture_on_commit_callbacks(execute=True):
        done = office.post(address, posted | {"reason": "采集器误报"})
    edits = reverse("meter_edits", args=[metered.meter.pk])
    assert done["Location"] == edits
    assert _march(metered).by_time_litres == 4800
    text = office.get(edits).content.decode()
    assert "采集器误报" in text and "剔除" in text and "撤销这次修改" in text
    undo = reverse("undo_meter_edit", args=[ReadingEdit.objects.get().pk])
    assert "没有说明" in office.post(undo, {"reason": ""}, follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(undo, {"reason": "读数属实"})
    assert _march(metered).by_time_litres == before
    assert "读数属实" in office.get(edits).content.decode()


@pytest.mark.django_db
def test_a_missing_reading_is_added_and_a_wrong_number_is_said_beside_the_form(
    office: Client, metered: Metered
) -> None:
    address = reverse("edit_meter_readings", args=[metered.meter.pk])
    posted = {"new_at": "2026-03-02T06:00", "new_m3": "4", "step": "preview"}
    preview = office.post(address, posted).context["preview"]
    assert preview.changes == [ReadingChange(read_at=BEGIN + 30 * HOUR, litres=4000)]
    for wrong in (
        {"new_m3": "x"},
        {"new_at": "noon"},
        {"new_m3": "1.2345"},
        {"new_m3": "1e999"},
        {"new_at": "", "new_m3": ""},
    ):
        refused = office.post(address, posted | wrong)
        assert refused.status_code == REFUSED and 'role="alert"' in refused.content.decode()


@pytest.mark.django_db
def test_an_edit_that_is_under_way_asks_for_itself_and_keeps_nobody_out(
    office: Client, metered: Metered
) -> None:
    edit = ReadingEdit.objects.create(meter=metered.meter, batch=metered.batch, read_at="2026-03-01T12:00Z")
    LedgerBatch.objects.update(state="taking")
    address = reverse("meter_edits", args=[metered.meter.pk])
    assert 'hx-trigger="every 2s"' in office.get(address).content.decode()
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "写入中" in part
    assert "撤销这次修改" not in part and edit.batch.edits.count() == 1


@pytest.mark.django_db
def test_who_only_looks_may_neither_edit_nor_undo(supplier: Client, metered: Metered) -> None:
    edit = ReadingEdit.objects.create(meter=metered.meter, batch=metered.batch, read_at="2026-03-01T12:00Z")
    assert supplier.get(reverse("edit_meter_readings", args=[metered.meter.pk])).status_code == GONE
    undo = reverse("undo_meter_edit", args=[edit.pk])
    assert supplier.post(undo, {"reason": "x"}).status_code == GONE
    assert supplier.get(reverse("meter_edits", args=[metered.meter.pk])).status_code == 200


@pytest.mark.django_db
def test_unknown_meters_and_edits_are_not_there(office: Client) -> None:
    assert office.get(reverse("edit_meter_readings", args=[9])).status_code == GONE
    assert office.post(reverse("undo_meter_edit", args=[9]), {"reason": "x"}).status_code == GONE


def test_instants_are_whole_numbers_of_our_time_each_once() -> None:
    given = QueryDict(f"at={WRONG}&at={WRONG}&at=-1&at=x&at=99999999999999999999&at={BEGIN}")
    assert instants_of(given) == [BEGIN, WRONG]


def test_what_is_kept_is_no_change_and_full_width_digits_are_digits() -> None:
    given = QueryDict(
        f"at={WRONG}&at={BEGIN}&act_{BEGIN}=correct&to_{BEGIN}=１,２３４.５", mutable=False, encoding="utf-8"
    )
    assert changes_from(given) == [ReadingChange(read_at=BEGIN, litres=1_234_500)]
    with pytest.raises(ServiceError):
        changes_from(QueryDict(f"at={BEGIN}&act_{BEGIN}=correct&to_{BEGIN}=NaN"))
