"""What counts for a target: its cases, districts, years and rate; what is not known is said and is not 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on, long_ago
from services.cases.test_link_targets import BUILT, one
from shuiheng.adapters.records.models import (
    Account,
    Place,
    PlaceKind,
    PlanVersion,
    ProgrammeCase,
    RegisterTarget,
    ReportingPeriod,
)
from shuiheng.programmes.counting import Stage
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.count_target import (
    TargetCount,
    count_target,
    count_targets,
    desk_of,
    years_counted,
)
from shuiheng.services.cases.link_targets import Chosen, choose_link, count_not, linked_targets
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def now(words: str = "节水型企业", on: date | None = None) -> TargetCount:
    """Return what counts for a target on a day."""
    linked = one(words)
    return count_target(desk_of(linked.target.plan.place, on or timezone.localdate()), linked)


def enterprise(city: CaseCity, name: str, *, until: str = "", place: int = 0) -> ProgrammeCase:
    """Return the case of an enterprise that was brought on until a step, or to its award."""
    district = city.metered.districts[place].pk
    row = city.open("saving_enterprise", name, district=district)
    return bring_on(city, row, until=until)


def test_a_target_counts_its_cases_and_tells_how_far_the_others_are(
    city: CaseCity, published: PlanVersion
) -> None:
    awarded = enterprise(city, "甲厂")
    enterprise(city, "乙厂", until="application", place=1)
    found = now()
    assert (found.value, found.least, found.short) == (1, 1, 11) and not found.is_reached
    assert found.count is not None and [each.tally.case for each in found.count.cases] == [str(awarded.pk)]
    sums = found.stage_sums()
    assert sums[Stage.DONE] == 1 and sums[Stage.PLANNED] + sums[Stage.UNDER_WAY] == 1
    assert {name: part.value for name, part in found.count.by_district().items()} == {
        str(city.district.pk): 1
    }


def test_a_case_in_a_town_counts_in_the_district_above(city: CaseCity, published: PlanVersion) -> None:
    town = Place.objects.create(slug="t", name="南镇", kind=PlaceKind.TOWN, parent=city.district)
    bring_on(city, city.open("saving_enterprise", "甲厂", district=town.pk))
    found = now()
    assert found.count is not None and set(found.count.by_district()) == {str(city.district.pk)}
    assert set(found.stages) == {str(city.district.pk)}


def test_a_past_day_counts_what_stood_on_it(city: CaseCity, published: PlanVersion) -> None:
    row = enterprise(city, "甲厂")
    assert row.reached_on is not None
    assert now(on=row.reached_on - timedelta(days=1)).value == 0
    assert now(on=row.reached_on).value == 1
    desk = desk_of(published.plan.place, timezone.localdate())
    years = years_counted(desk, count_target(desk, one("节水型企业")))
    assert [each.year for each in years] == list(
        range(timezone.localdate().year, row.reached_on.year - 1, -1)
    )
    assert {each.value for each in years} == {1}


def test_a_count_of_a_frozen_period_does_not_move(city: CaseCity, published: PlanVersion) -> None:
    enterprise(city, "甲厂")
    late = enterprise(city, "乙厂", until="publication")
    last = timezone.localdate() - timedelta(days=30)
    ReportingPeriod.objects.create(
        plan=published.plan,
        kind="half_year",
        starts_on=last - timedelta(days=180),
        ends_on=last,
        due_on=last,
        opened_by=city.clerk,
        frozen_at=timezone.now(),
    )
    before = [now(on=last - timedelta(days=days)).value for days in range(0, 900, 50)]
    with pytest.raises(ServiceError):
        bring_on(city, late)
    with pytest.raises(ServiceError):
        enterprise(city, "丙厂")
    city.open("saving_enterprise", "丁厂", on=timezone.localdate())
    assert [now(on=last - timedelta(days=days)).value for days in range(0, 900, 50)] == before


def test_an_amount_that_is_unknown_leaves_a_least_value(city: CaseCity, published: PlanVersion) -> None:
    bring_on(city, city.open("efficient_irrigation", "北坡片", sort="area"))
    found = now("高效节水灌溉面积")
    assert found.count is not None and len(found.count.unknown) == 1
    assert (found.value, found.least) == (None, 0)


def test_a_scope_means_its_district_and_an_unknown_district_is_said(
    city: CaseCity, published: PlanVersion
) -> None:
    enterprise(city, "甲厂")
    enterprise(city, "乙厂", place=1)
    rows = RegisterTarget.objects.filter(metric__contains="节水型企业")
    found = {}
    for scope in ("东河区", "西山", "各区", "市", "北湖区", "规模以上企业"):
        rows.update(scope=scope)
        found[scope] = now()
    assert {scope: each.value for scope, each in found.items()} == {
        "东河区": 1,
        "西山": 1,
        "各区": 2,
        "市": 0,
        "北湖区": None,
        "规模以上企业": 2,
    }
    assert (found["北湖区"].problem, found["北湖区"].missing) == ("no_district", ("北湖区",))
    assert found["规模以上企业"].meant.words == "规模以上企业"


def test_a_rate_needs_its_list(city: CaseCity, officer: Account, published: PlanVersion) -> None:
    key = one("节水型企业").target.pk
    RegisterTarget.objects.filter(pk=key).update(unit="%", kind="level", value=50)
    choose_link(officer, key, Chosen(served=(Served("saving_enterprise", "built_share"),)))
    city.user("甲厂")
    found = now()
    assert (found.value, found.problem) == (None, "no_list")
    assert "is_key_trade" in found.missing and found.undecided == 1


def test_what_a_person_left_out_or_nobody_links_has_no_value(
    city: CaseCity, officer: Account, published: PlanVersion
) -> None:
    enterprise(city, "甲厂")
    count_not(officer, one("节水型企业").target.pk, reason="另行统计")
    assert now().count is None and now().value is None and now().short is None
    assert now("漏损率").value is None


def test_a_level_that_was_chosen_is_counted(city: CaseCity, officer: Account, published: PlanVersion) -> None:
    enterprise(city, "甲厂")
    key = one("节水型企业").target.pk
    choose_link(officer, key, Chosen(served=(BUILT,), level="province"))
    assert now().value == 0
    choose_link(officer, key, Chosen(served=(BUILT,), way=CountWay.IN_YEAR, year=long_ago().year + 1))
    assert now().on == date(long_ago().year + 1, 12, 31)


def test_all_targets_of_a_city_take_a_fixed_number_of_queries(
    city: CaseCity, published: PlanVersion, django_assert_max_num_queries: object
) -> None:
    for number in range(3):
        enterprise(city, f"{number}号厂", until="application")
    rows = RegisterTarget.objects.select_related("plan__place").order_by("order")
    linked = linked_targets(rows)
    desk = desk_of(published.plan.place, timezone.localdate())
    with django_assert_max_num_queries(2):  # type: ignore[operator]  # a fixture that is called
        found = count_targets(desk, linked)
    assert len(found) == len(linked) and any(each.count is not None for each in found)


def test_a_milestone_is_reached_by_one_case(city: CaseCity, published: PlanVersion) -> None:
    enterprise(city, "甲厂")
    found = now()
    target = found.linked.target
    target.kind, target.value = "milestone", None
    assert found.short == 0 and found.is_reached
    assert replace(found, problem="gone").short is None
    target.kind, target.op, target.value = "count", "<=", Decimal(5)
    assert found.short is None
