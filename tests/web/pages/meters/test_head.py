"""Every page of a meter leads to the others, and days are chosen as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from metered import some_meter
from shuiheng.adapters.records.models import Account, Meter
from shuiheng.web.pages.meters.head import span_from
from web.pages.meters.conftest import Metered

pytestmark = pytest.mark.django_db
GONE = 404


@pytest.fixture
def silent(officer: Account) -> Meter:
    return some_meter(officer, "B-2")


def test_each_page_names_the_others_and_how_many_findings_wait(office: Client, metered: Metered) -> None:
    for name in ("ledger_meter", "meter_readings", "meter_heat", "findings_of_meter", "meter_edits"):
        page = office.get(reverse(name, args=[metered.meter.pk])).content.decode()
        for other in ("meter_readings", "meter_heat", "findings_of_meter", "meter_edits"):
            assert reverse(other, args=[metered.meter.pk]) in page
        assert 'class="count-mark">1<' in page


def test_who_may_not_look_at_readings_finds_none_of_the_pages(looker: Client, metered: Metered) -> None:
    for name in ("meter_readings", "meter_heat", "findings_of_meter", "meter_edits"):
        assert looker.get(reverse(name, args=[metered.meter.pk])).status_code == GONE


def test_without_days_the_last_ones_with_readings_are_shown(office: Client, metered: Metered) -> None:
    span = span_from({}, metered.meter, most_days=400)
    assert (span.first, span.last) == (date(2026, 1, 31), date(2026, 3, 2))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({"from": "2026-03-05", "to": "2026-03-01"}, date(2026, 3, 1), date(2026, 3, 5)),
        ({"from": "2026年3月1日"}, date(2026, 3, 1), date(2026, 3, 31)),
        ({"to": "2026-03-31"}, date(2026, 3, 1), date(2026, 3, 31)),
        ({"from": "2020-01-01", "to": "2026-03-31"}, date(2026, 2, 20), date(2026, 3, 31)),
        ({"from": "0001-01-01", "to": "2026-03-31"}, date(2026, 3, 1), date(2026, 3, 31)),
        ({"from": "x", "to": "2026-03-31"}, date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_days_are_turned_filled_up_and_cut(
    silent: Meter, asked: dict[str, str], first: date, last: date
) -> None:
    span = span_from(asked, silent, most_days=40)
    assert (span.first, span.last) == (first, last)
    assert span.shifted(1).first == date.fromordinal(last.toordinal() + 1)
