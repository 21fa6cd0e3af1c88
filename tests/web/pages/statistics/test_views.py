"""The table shows what is confirmed, what waits and what is missing; a fact shows its history."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from office import the_office
from shuiheng.adapters.records.models import Event, Statistic
from shuiheng.services.indicators.keep_statistic import decide_statistics

pytestmark = pytest.mark.django_db
GONE, OK = 404, 200


def _page(client: Client, name: str, *key: object, **query: object) -> str:
    answer = client.get(reverse(name, args=key), query)
    assert answer.status_code == OK, name
    return answer.content.decode()


def test_the_table_tells_confirmed_waiting_and_missing_apart(office: Client, told: list[Statistic]) -> None:
    page = _page(office, "statistics", topic="water_use")
    assert (
        "36,800.5" in page
        and "37,000" in page
        and "待确认" in page
        and '<span class="missing">缺</span>' in page
    )
    assert "地区生产总值" not in page
    only = _page(office, "statistics", gaps="waiting")
    assert "37,000" in only and "农业用水量" not in only


def test_a_place_or_fact_that_is_not_there_is_not_there(office: Client) -> None:
    place = the_office().place_id
    for name, key in (("statistic_fact", (10**9, "use_total")), ("statistic_fact", (place, "moon"))):
        assert office.get(reverse(name, args=key)).status_code == GONE
    assert office.get(reverse("statistics"), {"place": 10**9}).status_code == GONE


def test_a_fact_shows_its_history_and_who_uses_it(
    office: Client, told: list[Statistic], reviewer: object
) -> None:
    decide_statistics(reviewer, [told[1].pk], is_confirmed=False, reason="与公报不一致")  # type: ignore[arg-type]
    page = _page(office, "statistic_fact", the_office().place_id, "use_total")
    assert "万元国内生产总值用水量" in page and "表1-2" in page
    assert "已退回" in page and "与公报不一致" in page and "已确认" in page


def test_what_stands_goes_out_as_a_file_and_is_recorded(office: Client, told: list[Statistic]) -> None:
    answer = office.get(reverse("statistics_export", args=("csv",)), {"topic": "water_use"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    values = {row[6]: row[8] for row in rows if "用水总量" in row}
    assert values == {"36800.5": "已确认", "37000": "待确认"}
    assert Event.objects.filter(action="table.exported", subject="statistics").exists()
    assert office.get(reverse("statistics_export", args=("pdf",))).status_code == GONE
