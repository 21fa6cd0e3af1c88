"""Objects of a scope come from the ledger, weighted by credit records that are shown; unknown is never 0."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from metered_city import settle
from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import CreditRecord
from shuiheng.services.inspections.draw_objects import objects_of
from shuiheng.services.inspections.draw_scope import DrawScope, ObjectKind
from shuiheng.services.inspections.keep_draw import make_draw

pytestmark = pytest.mark.django_db


def names(city: InspectedCity, scope: DrawScope) -> list[str]:
    return [row.name for row in objects_of(city.plan(scope=scope), city.today).rows]


def test_a_scope_limits_by_district_class_and_list(city: InspectedCity) -> None:
    east = city.metered.districts[0]
    assert len(names(city, DrawScope())) == 6
    city.metered.user("庚店", east, use_class="services")
    city.metered.user("辛厂", None, use_class="industry")
    assert names(city, DrawScope(classes=("services",))) == ["庚店"]
    listed = DrawScope(numbers=(city.users[2].number, "无此号"))
    found = objects_of(city.plan(scope=listed), city.today)
    assert [row.name for row in found.rows] == ["丙厂"] and found.not_found == ("无此号",)
    inside = names(city, DrawScope(districts=(east.pk,)))
    assert "庚店" in inside and "辛厂" not in inside and len(inside) == 7


def test_a_district_inspects_what_lies_in_it(city: InspectedCity) -> None:
    city.metered.user("庚厂", None)
    row = make_draw(city.clerk, city.fields(area=city.metered.districts[0].pk))
    found = [each.name for each in objects_of(row, city.today).rows]
    assert len(found) == 6 and "庚厂" not in found


def test_who_has_no_known_use_is_left_out_and_counted(city: InspectedCity) -> None:
    month = (city.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for user, litres in ((city.users[0], 5_000_000), (city.users[1], 4_000)):
        settle(city.metered.meter(user), month, litres)
    found = objects_of(city.plan(scope=DrawScope(use_m3=Decimal(1000))), city.today)
    assert [row.name for row in found.rows] == ["甲厂"] and found.without_use == 4


def test_the_gravest_record_that_is_shown_decides_the_class(city: InspectedCity) -> None:
    def record(order: int, **fields: object) -> None:
        given: dict[str, object] = {"kind": "bad", "state": "shown", "shown_from": city.today}
        given |= {"happened_on": date(2026, 1, 1), "made_by": city.clerk, "made_at": timezone.now()}
        unit = city.users[order].organisation
        CreditRecord.objects.create(place=city.metered.place, organisation=unit, **(given | fields))

    record(0, grade="severe")
    record(0, grade="minor")
    record(1, kind="good")
    record(2, grade="severe", shown_until=city.today)
    record(3, grade="severe", state="proposed")
    found = {row.name: row.credit for row in objects_of(city.plan(), city.today).rows}
    unrated = dict.fromkeys(("丙厂", "丁厂", "戊厂", "己厂"), "unrated")
    assert found == {"甲厂": "D", "乙厂": "A"} | unrated


def test_projects_and_permits_are_objects_too(city: InspectedCity) -> None:
    assert names(city, DrawScope(kind=ObjectKind.PROJECT)) == []
    assert names(city, DrawScope(kind=ObjectKind.PERMIT)) == []
