"""Exported lists say what they show, and their files are named by city, what, period and day."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from office import make_account
from shuiheng.adapters.records.models import Role
from shuiheng.services.found_city import found_city, join
from shuiheng.web.exporting import export_name, export_notes, said_filter

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = make_account("li", Role.OFFICE_CLERK, display_name="李工")
    return request


def test_a_file_is_named_by_city_what_period_and_day(request_of: HttpRequest) -> None:
    day = f"{timezone.localdate():%Y%m%d}"
    name = export_name(request_of, "进展清单", "xlsx", period="2026年上半年")
    city, *rest = name.split("_")
    assert city.endswith("市") and rest == ["进展清单", "2026年上半年", f"{day}.xlsx"]


def test_a_reader_of_two_cities_gets_no_city_in_the_name(request_of: HttpRequest) -> None:
    join(request_of.user, found_city("白石市", slug="baishi"), Role.OFFICE_CLERK)  # type: ignore[arg-type]  # an account
    request_of.user._known_memberships = None  # type: ignore[union-attr]
    assert export_name(request_of, "单位名录", "csv").startswith("单位名录_")


def test_the_notes_say_filter_order_day_reader_and_rows(request_of: HttpRequest) -> None:
    notes = export_notes(
        request_of, wanted=said_filter([("状态", "待审"), ("单位", "")]), order="按单位", count=3
    )
    assert [note.split("：")[0] for note in notes] == ["筛选条件", "排序", "导出时间", "导出人", "行数"]
    assert notes[0].endswith("状态 待审") and "李工" in notes[3] and notes[4].endswith("3")
    assert said_filter([("状态", "")]) == "全部"
