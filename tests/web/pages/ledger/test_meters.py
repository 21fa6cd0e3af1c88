"""The page of a meter: what it is, what happened to it, what it measured."""

from __future__ import annotations

from datetime import date

from django.test import Client

from shuiheng.adapters.records.models import MeterEvent, MeterFact, SettledMonth, SourceFact
from shuiheng.web.pages.ledger.meters import whole_months
from web.pages.ledger.conftest import Ledger


def test_a_swap_is_recorded_with_the_registers_that_the_dials_show(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/meters/{ledger.meter.pk}/event/"
    posted = {"kind": "swapped", "at": "2025-06-01T10:30", "start_m3": "0.5", "serial": "SN-2"}
    refused = office.post(path, posted)
    assert refused.status_code == 422 and 'value="SN-2"' in refused.content.decode()
    assert office.post(path, posted | {"final_m3": "12345.678"}).status_code == 302
    event = MeterEvent.objects.get()
    assert (event.final_litres, event.start_litres) == (12_345_678, 500)
    assert event.at.isoformat() == "2025-06-01T02:30:00+00:00"
    page = office.get(f"/ledger/meters/{ledger.meter.pk}/").content.decode()
    assert "12,345.678" in page and "换表" in page


def test_an_event_in_the_future_or_of_no_kind_is_refused(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/meters/{ledger.meter.pk}/event/"
    for posted in (
        {"kind": "sealed", "at": "2999-01-01T00:00"},
        {"kind": "burned", "at": "2025-06-01T10:30"},
        {"kind": "sealed", "at": "noon"},
        {"kind": "swapped", "at": "2025-06-01T10:30", "start_m3": "0.0001", "final_m3": "1"},
    ):
        assert office.post(path, posted).status_code == 422
    assert not MeterEvent.objects.exists()


def test_an_event_is_withdrawn_with_a_reason_and_stays(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/meters/{ledger.meter.pk}/"
    office.post(f"{path}event/", {"kind": "sealed", "at": "2025-06-01T10:30"})
    event = MeterEvent.objects.get()
    office.post(f"/ledger/events/{event.pk}/withdraw/", {"reason": " "})
    assert office.get(path).context["found"].events
    office.post(f"/ledger/events/{event.pk}/withdraw/", {"reason": "记错表"})
    assert not office.get(path).context["found"].events
    assert MeterEvent.objects.get().superseded_at is not None


def test_a_meter_changes_from_a_day_and_its_page_keeps_what_was_said(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/meters/{ledger.meter.pk}/"
    posted = {line.ask.name: line.value for line in office.get(f"{path}change/").context["lines"]}
    posted |= {"nominal_mm": "80", "valid_from": "2026-01-01", "reason": "扩容"}
    assert office.post(f"{path}change/", posted).status_code == 302
    assert [fact.nominal_mm for fact, _said in office.get(path).context["history"]] == [80, None, None]
    assert office.get(f"{path}?on=2025-06-01").context["fact"].nominal_mm is None
    wrong = office.post(f"{path}change/", posted | {"nominal_mm": "1.5"})
    assert wrong.status_code == 422 and MeterFact.objects.count() == 3


def test_a_source_changes_and_its_form_shows_what_was_said(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/sources/{ledger.source.pk}/change/"
    page = office.get(path)
    assert len(page.context["history"]) == 1
    posted = {line.ask.name: line.value for line in page.context["lines"]}
    posted |= {"price_class": "special", "valid_from": "2026-01-01", "reason": "改价"}
    assert office.post(path, posted).status_code == 302
    assert SourceFact.objects.filter(price_class="special", superseded_at=None).count() == 1


def test_a_month_that_was_not_settled_stands_as_missing_between_the_others(
    office: Client, ledger: Ledger
) -> None:
    path = f"/ledger/meters/{ledger.meter.pk}/"
    assert "没有数据不等于没有用水" in office.get(path).content.decode()
    for month in (date(2025, 12, 1), date(2026, 2, 1)):
        SettledMonth.objects.create(meter=ledger.meter, month=month, as_read_litres=0, by_time_litres=0)
    months = office.get(path).context["months"]
    assert [(month.month, row is None) for month, row in months] == [(2, False), (1, True), (12, False)]


def test_months_before_the_first_that_tells_something_are_left_out() -> None:
    april, may, july = (SettledMonth(month=date(2025, month, 1)) for month in (4, 5, 7))
    may.by_time_litres = 0
    assert whole_months([july, may, april]) == [
        (date(2025, 7, 1), july),
        (date(2025, 6, 1), None),
        (date(2025, 5, 1), may),
    ]
    assert whole_months([april]) == [(date(2025, 4, 1), april)] and whole_months([]) == []
