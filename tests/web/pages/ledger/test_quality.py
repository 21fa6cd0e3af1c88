"""The page of a user says how well its water is known, and what its permits allow beside what it took."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from metered import some_meter
from shuiheng.adapters.records.models import Account, MeterFinding, SettledMonth, SourceKind
from shuiheng.services.ledger.keep_source import PermitFields, SourceFields, add_permit, add_source
from web.pages.ledger.conftest import FIRST, Ledger

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture
def river(officer: Account, ledger: Ledger) -> Ledger:
    """The mill takes water of its own too, 50 m³ a year, by a meter."""
    fields = SourceFields(water_kind="surface")
    source = add_source(officer, ledger.mill.pk, SourceKind.ABSTRACTION, fields, valid_from=FIRST)
    permit = PermitFields(expires_on=date(2030, 1, 1), volume_m3=Decimal(50), purpose="生产")
    add_permit(officer, source.pk, "D330000", permit, valid_from=FIRST)
    meter = some_meter(officer, "QS-1", user=ledger.mill.pk, keeper=ledger.supplier, source=source.pk)
    for month, told, estimated in ((1, 10_000, 0), (2, 5_000, 2_500)):
        SettledMonth.objects.create(
            meter=meter,
            month=date(2026, month, 1),
            by_time_litres=told,
            estimated_litres=estimated,
            measured_seconds=20 * DAY,
            spread_seconds=8 * DAY if month == 2 else 11 * DAY,
            estimated_seconds=7 * DAY if estimated else 0,
            rung="E2" if estimated else "",
        )
    return ledger


def test_a_permit_stands_beside_what_was_taken_of_its_source(office: Client, river: Ledger) -> None:
    page = office.get(reverse("water_user", args=[river.mill.pk]), {"on": "2026-02-28"})
    (permit,) = page.context["permit_uses"]
    assert (permit.permit_litres, permit.use.litres) == (50_000, 17_500)
    assert permit.taken_rate == pytest.approx(0.35)
    text = page.content.decode()
    assert "许可年取水量" in text and "35 %" in text and "其中估算 2.500" in text
    assert "缺" not in _of_permit(text)


def test_what_was_taken_says_how_much_of_it_is_missing(office: Client, river: Ledger) -> None:
    SettledMonth.objects.get(meter__number="QS-1", month=date(2026, 2, 1)).delete()
    page = office.get(reverse("water_user", args=[river.mill.pk]), {"on": "2026-02-28"})
    assert '<span class="missing">缺 47.5 %</span>' in _of_permit(page.content.decode())


def _of_permit(text: str) -> str:
    return text[text.index("许可年取水量") :].partition("</section>")[0]


def test_a_month_says_in_words_how_well_it_is_known_and_by_which_rung(office: Client, river: Ledger) -> None:
    page = office.get(reverse("water_user", args=[river.mill.pk]), {"on": "2026-02-28"})
    text = page.content.decode()
    assert "前几周同时段均值" in text and "其中估算" in text and "缺失" in text  # the other meter is silent


def test_the_findings_of_its_meters_are_counted_and_lead_to_the_meter(office: Client, ledger: Ledger) -> None:
    address = reverse("water_user", args=[ledger.mill.pk])
    assert "没有待处理的疑点" in office.get(address).content.decode()
    noon = datetime(2026, 3, 1, 4, tzinfo=UTC)
    finding = MeterFinding.objects.create(
        meter=ledger.meter,
        rule="V7",
        code="metering.stuck",
        mark="stuck",
        severity="warn",
        at=noon,
        found_at=noon,
    )
    text = office.get(address).content.decode()
    leads = reverse("findings_of_meter", args=[ledger.meter.pk])
    assert f"{leads}#f-{finding.pk}" in text and "水表停走" in text


def test_a_district_sees_findings_of_its_users_and_no_comparison_where_no_permit_is(
    district_clerk: Client, ledger: Ledger
) -> None:
    page = district_clerk.get(reverse("water_user", args=[ledger.mill.pk]))
    assert page.context["findings"].total == 0
    assert page.context["permit_uses"] == []
