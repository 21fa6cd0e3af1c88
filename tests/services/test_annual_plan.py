"""Plans of one year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from services.making import settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import (
    Account,
    AnnualPlan,
    Event,
    PlanVersion,
    RegisterTarget,
    Role,
)
from shuiheng.services.annual_plan import (
    ItemFields,
    add_item,
    draft_annual_plan,
    edit_items,
    in_year,
    issue_annual_plan,
    items_of_year,
    years_of,
)
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.match_units import found_districts


@pytest.fixture
def settled(officer: Account, published: PlanVersion) -> PlanVersion:
    """A plan whose units are confirmed."""
    settle_units(officer)
    return published


@pytest.fixture
def leader(db: None) -> Account:
    """The head of the office."""
    account = Account.objects.create(username="zhang")
    join(account, the_office(), Role.OFFICE_LEADER)
    return account


def test_a_year_holds_the_targets_that_end_in_it_with_who_leads(
    officer: Account, settled: PlanVersion
) -> None:
    annual = draft_annual_plan(officer, settled.plan_id, 2026)
    items = list(annual.items.select_related("organisation", "target"))
    assert {item.due_on for item in items} == {date(2026, 12, 31)}
    assert {item.organisation.name for item in items if item.organisation} == {"青禾市水利局"}
    assert [item.unit for item in items] == ["处", "亩", "%"]
    assert [item.value for item in items] == [item.target.value for item in items if item.target]
    assert annual.title.endswith("2026年度实施计划")


def test_goals_of_the_whole_city_stand_first(settled: PlanVersion) -> None:
    items = items_of_year(settled.plan, 2027)
    assert [item.task is None for item in items] == sorted(
        (item.task is None for item in items), reverse=True
    )
    assert items[0].task is None and items[-1].task is not None


def test_a_cell_of_a_table_is_said_with_its_metric_and_goes_to_the_district(
    officer: Account, settled: PlanVersion
) -> None:
    found_districts(officer, settled.plan.place_id, ["临泽区"])
    RegisterTarget.objects.filter(plan=settled.plan, task=None).update(
        quote="≤9", scope="临泽区", metric="管网漏损率"
    )
    item = items_of_year(settled.plan, 2027)[0]
    assert item.what.startswith("临泽区管网漏损率") and item.organisation is not None
    assert item.organisation.name == "临泽区人民政府"


@pytest.mark.parametrize(
    ("deadline", "is_annual", "expected"),
    [
        (date(2026, 12, 31), False, [2026]),
        (date(2026, 12, 31), True, [2024, 2025, 2026]),
        (None, True, [2024, 2025, 2026, 2027]),
        (None, False, []),
    ],
)
def test_a_yearly_demand_touches_every_year_up_to_its_deadline(
    deadline: date | None, *, is_annual: bool, expected: list[int]
) -> None:
    target = RegisterTarget(deadline=deadline, is_annual=is_annual)
    assert [year for year in range(2024, 2028) if in_year(target, year)] == expected


def test_a_year_is_made_once_and_only_when_something_falls_into_it(
    officer: Account, settled: PlanVersion
) -> None:
    years = years_of(settled.plan)
    assert 2027 in years and 2035 not in years
    draft_annual_plan(officer, settled.plan_id, 2027)
    assert 2027 not in years_of(settled.plan)
    for year in (2027, 2035):
        with pytest.raises(ServiceError, match=r"services\.annual_year"):
            draft_annual_plan(officer, settled.plan_id, year)


def test_items_are_edited_removed_and_added_until_the_plan_is_issued(
    officer: Account, leader: Account, settled: PlanVersion
) -> None:
    annual = draft_annual_plan(officer, settled.plan_id, 2026)
    first, second = annual.items.all()[:2]
    unit = unit_named("青禾市农业农村局")
    fields = ItemFields(
        what="完成2处改造", value=Decimal(2), unit="处", due_on=date(2026, 9, 30), organisation=unit.pk
    )
    assert edit_items(officer, annual.pk, {first.pk: fields, second.pk: None}) == 2
    first.refresh_from_db()
    assert (first.what, first.value, first.organisation) == ("完成2处改造", 2, unit)
    added = add_item(officer, annual.pk, tasks_of(settled)[3].pk, ItemFields(what="开展季度通报"))
    assert added.order >= 1
    issue_annual_plan(leader, annual.pk)
    for change in ({first.pk: None}, {first.pk: fields}):
        with pytest.raises(ServiceError, match=r"services\.annual_issued"):
            edit_items(officer, annual.pk, change)
    assert Event.objects.filter(action__startswith="annual_").count() == 5


def test_who_may_not_assign_makes_no_plan_and_who_may_not_publish_issues_none(
    officer: Account, reader: Account, settled: PlanVersion
) -> None:
    with pytest.raises(NotPermittedError):
        draft_annual_plan(reader, settled.plan_id, 2026)
    annual = draft_annual_plan(officer, settled.plan_id, 2026)
    with pytest.raises(NotPermittedError):
        issue_annual_plan(reader, annual.pk)
    assert AnnualPlan.objects.get().issued_at is None
