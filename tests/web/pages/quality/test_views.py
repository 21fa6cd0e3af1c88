"""The board counts meters by finding and district, and each number opens its list."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, Event, Meter, MeterFinding

pytestmark = pytest.mark.django_db
AT, NOT_THERE = datetime(2026, 1, 20, 4, 0, tzinfo=UTC), 404
HOURS = {"meter": "M", "at": "2026-01-20 12:00", "since": "2026-01-01 00:00", "hours": 460, "expected": 3}


def found(meter: Meter, code: str, **fields: object) -> MeterFinding:
    """Write a finding of a meter."""
    plain = {"rule": "V2", "mark": code, "severity": "warn", "at": AT, "found_at": AT, "values": HOURS}
    return MeterFinding.objects.create(meter=meter, code=code, **(plain | fields))


@pytest.fixture
def meters(officer: Account) -> tuple[MeteredCity, Meter, Meter]:
    """A silent meter in the east, a stuck one in the west."""
    made = metered_city(the_office().place, the_office(), "东港区", "西岭区")
    silent = made.meter(made.user("青禾印染厂", made.districts[0]))
    stuck = made.meter(made.user("青禾中学", made.districts[1]))
    settle(stuck, date(2026, 1, 1), 600, measured_seconds=80, estimated_seconds=20, estimated_litres=200)
    found(silent, "metering.silent", severity="disqualify")
    found(stuck, "metering.stuck")
    found(stuck, "metering.gap", decision="dismissed")
    found(stuck, "metering.clock_drifted", gone_at=AT)
    return made, silent, stuck


def _links(page: str) -> dict[str, str]:
    return {name: href for href, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', page)}


def test_the_board_counts_open_findings_by_district(
    office: Client, meters: tuple[MeteredCity, Meter, Meter]
) -> None:
    page = office.get(reverse("quality")).content.decode()
    assert "东港区" in page and "西岭区" in page
    assert page.index("读数中断") < page.index("水表停走")
    assert "缺数" not in page and "时钟漂移" not in page
    assert "25.0 %" in page  # a fifth of an hour, a quarter of the water


def test_each_number_opens_its_list(office: Client, meters: tuple[MeteredCity, Meter, Meter]) -> None:
    city, silent, stuck = meters
    page = office.get(reverse("quality")).content.decode()
    for code, meter, other in (("metering.silent", silent, stuck), ("metering.stuck", stuck, silent)):
        district = city.districts[0 if meter is silent else 1].pk
        address = f"{reverse('meter_findings')}?code={code}&amp;district={district}"
        assert address in page
        listed = office.get(address.replace("&amp;", "&")).content.decode()
        assert meter.number in listed and other.number not in listed
        assert reverse("ledger_meter", args=[meter.pk]) in listed


def test_the_number_of_open_work_leaves_notes_out_and_opens_a_list_without_them(
    office: Client, meters: tuple[MeteredCity, Meter, Meter]
) -> None:
    city, _, stuck = meters
    quiet = city.meter(None)
    found(quiet, "metering.corrected", severity="note", values={})
    page = office.get(reverse("quality")).content.decode()
    assert f'<a href="{reverse("meter_findings")}?level=weighty"><b>2</b>' in page
    listed = office.get(reverse("meter_findings"), {"level": "weighty"}).content.decode()
    assert stuck.number in listed and quiet.number not in listed
    assert quiet.number in office.get(reverse("meter_findings"), {"level": "note"}).content.decode()
    assert stuck.number in office.get(reverse("meter_findings"), {"level": "x"}).content.decode()


@pytest.mark.parametrize(
    ("state", "name"), [("dismissed", "缺数"), ("gone", "时钟漂移"), ("undecided", "水表停走")]
)
def test_findings_are_found_by_what_became_of_them(
    office: Client, meters: tuple[MeteredCity, Meter, Meter], state: str, name: str
) -> None:
    listed = office.get(reverse("meter_findings"), {"state": state}).content.decode()
    assert f"<b data-doc>{name}</b>" in listed


def test_findings_are_found_by_meter_and_user(
    office: Client, meters: tuple[MeteredCity, Meter, Meter]
) -> None:
    _, silent, stuck = meters
    for words, meter in ((silent.number, silent), ("中学", stuck)):
        listed = office.get(reverse("meter_findings"), {"q": words}).content.decode()
        assert f'">{meter.number}</a>' not in words and meter.number in listed
    assert "没有符合条件的疑点" in office.get(reverse("meter_findings"), {"q": "无此表"}).content.decode()


def test_a_meter_without_a_user_stands_in_a_column_of_its_own(office: Client, officer: Account) -> None:
    made = metered_city(the_office().place, the_office())
    found(made.meter(None, role="inlet", zone="甲区"), "metering.silent")
    page = office.get(reverse("quality")).content.decode()
    assert "未注明" in page and "district=0" in page
    assert (
        "甲" not in page
        and "共 1 个" in office.get(reverse("meter_findings"), {"district": "0"}).content.decode()
    )


def test_an_empty_board_says_so(office: Client) -> None:
    page = office.get(reverse("quality")).content.decode()
    assert "没有未消除的疑点" in page and "还没有结算过的月份" in page


def test_the_list_is_exported_with_its_filter(
    office: Client, meters: tuple[MeteredCity, Meter, Meter]
) -> None:
    answer = office.get(reverse("quality_export", args=["xlsx"]), {"code": "metering.stuck"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:2]] == [meters[2].number] and rows[1][2] == "西岭区"
    assert Event.objects.filter(action="table.exported", subject="meter_findings").exists()
    assert office.get(reverse("quality_export", args=["pdf"])).status_code == NOT_THERE
