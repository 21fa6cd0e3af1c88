"""What a workbook brings, against what stands already."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.books import a_book, a_done_row, a_row
from services.cases.made_up import CaseCity
from shuiheng.services.cases.book_check import BookCheck, check_cases
from shuiheng.services.cases.case_rows import Persons
from shuiheng.services.cases.keep_case import desk_for
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def _check(city: CaseCity, kind: str, content: bytes) -> BookCheck:
    desk = desk_for(city.metered.place, kind, timezone.localdate())
    persons = Persons(first=str(city.clerk.pk), second="second")
    return check_cases(city.clerk, desk, content, "事项.xlsx", persons)


def test_each_good_row_is_a_new_case_with_its_row_of_the_sheet(city: CaseCity) -> None:
    found = _check(city, "saving_compound", a_book(a_row("甲小区"), a_done_row("乙小区")))
    assert [(each.subject.name, each.has_steps) for each in found.new] == [
        ("甲小区", False),
        ("乙小区", True),
    ]
    assert found.new[1].number == found.new[0].number + 1
    assert (found.errors, found.same) == (0, 0)


def test_an_area_is_one_of_the_city(city: CaseCity) -> None:
    kind = "county_saving_society"
    rows = [a_row("东河区", level="省级"), a_row("无名县", level="省级")]
    found = _check(city, kind, a_book(*rows, kind=kind))
    assert [each.subject.key for each in found.new] == [f"place:{city.district.pk}"]
    assert [each.code for each in found.table.errors] == ["case_batches.no_area"]


def test_the_same_subject_under_way_twice_in_a_file_is_a_fault(city: CaseCity) -> None:
    user = city.user("青禾花园")
    rows = [a_row("青禾花园", user=user.number), a_row("青禾花园二期", user=user.number)]
    assert [each.code for each in _check(city, "saving_compound", a_book(*rows)).table.errors] == [
        "cases.running"
    ]


def test_what_is_no_workbook_is_refused(city: CaseCity) -> None:
    with pytest.raises(ServiceError):
        _check(city, "saving_compound", b"not a workbook")
