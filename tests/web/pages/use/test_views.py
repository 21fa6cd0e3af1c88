"""The explorer shows any grouping and period, says what is missing, and exports what it shows."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, Event
from shuiheng.adapters.records.queries_use import Grouping

pytestmark = pytest.mark.django_db
JANUARY, NOT_THERE = date(2026, 1, 1), 404


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    """Two districts, a mill with two years of Januaries, a school with a silent meter."""
    made = metered_city(the_office().place, the_office(), "东港区", "西岭区")
    mill = made.user("青禾印染厂", made.districts[0], use_class="industry", industry_code="1713")
    meter = made.meter(mill)
    for year, litres in ((2025, 1_000_000), (2026, 1_250_000)):
        settle(meter, date(year, 1, 1), litres)
    made.meter(made.user("青禾中学", made.districts[1]))
    return made


def _page(office: Client, query: str = "") -> str:
    return office.get(reverse("use") + query).content.decode()


def _picture(page: str) -> dict[str, object]:
    found = re.search(r'<script id="use-values" type="application/json">(.*?)</script>', page)
    assert found is not None
    return dict(json.loads(found[1]))


def test_groups_stand_beside_the_year_before_and_what_is_missing_is_said(
    office: Client, city: MeteredCity
) -> None:
    page = _page(office, "?by=district&from=2026-01&to=2026-01")
    assert "东港区" in page and "1,250" in page and "+25.0 %" in page
    assert "西岭区" in page and "缺" in page and "1 个表·月无数据" in page
    assert _picture(page)["series"][0] == {"name": "东港区", "values": [1250.0]}  # type: ignore[index]
    assert _picture(page)["before"] == [1000.0] and _picture(page)["lacks"] == ["缺 50.0 %"]


@pytest.mark.parametrize("by", [by.value for by in Grouping])
@pytest.mark.parametrize("step", ["month", "quarter", "year", "day"])
def test_every_grouping_and_period_is_shown(office: Client, city: MeteredCity, by: str, step: str) -> None:
    answer = office.get(reverse("use"), {"by": by, "step": step, "from": "2026-01", "to": "2026-02"})
    assert answer.status_code == 200


def test_filters_leave_what_they_name(office: Client, city: MeteredCity) -> None:
    east = city.districts[0].pk
    page = _page(office, f"?by=user&district={east}&class=industry&from=2026-01&to=2026-01")
    assert "青禾印染厂" in page and "青禾中学" not in page
    assert "没有数据不等于没有用水" in _page(office, "?by=user&class=power&from=2026-01&to=2026-01")


def test_nonsense_in_the_address_is_dropped(office: Client, city: MeteredCity) -> None:
    query = "?by=x&step=y&from=2026-13&to=0000-01&district=%00&class=%00&user=999999999999&zone=%00&order=z"
    assert office.get(reverse("use") + query).status_code == 200
    assert office.get(reverse("use") + "?from=1960-01&to=2199-12").status_code == 200


def test_an_export_holds_every_row_and_is_written_down(office: Client, city: MeteredCity) -> None:
    answer = office.get(reverse("use_export", args=["xlsx"]), {"from": "2026-01", "to": "2026-01"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:5] == ["东港区", "", "", 1250, 1000]
    assert rows[2][0] == "西岭区" and rows[2][2] == ""
    assert Event.objects.filter(action="table.exported", subject="use").exists()
    text = office.get(
        reverse("use_export", args=["csv"]), {"step": "day", "from": "2026-01", "to": "2026-01"}
    )
    assert text.status_code == 200
    assert office.get(reverse("use_export", args=["pdf"])).status_code == NOT_THERE


def test_too_many_days_are_refused_in_words(office: Client, city: MeteredCity) -> None:
    assert "逐日分析最多" in _page(office, "?step=day&from=2024-01&to=2026-01")


def test_whoever_may_not_look_at_readings_finds_no_page(client: Client, reader: Account) -> None:
    client.force_login(reader)
    assert client.get(reverse("use")).status_code == NOT_THERE
