"""Tasks in groups."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_items import ItemFilter, tasks
from shuiheng.adapters.records.sight import Sight
from shuiheng.web.pages.board.groups import grouped

TODAY = date(2027, 1, 1)


def test_by_unit_a_task_stands_under_each_unit_that_leads_it(published: PlanVersion, seen: Sight) -> None:
    groups = grouped(tasks(seen, ItemFilter()), "unit", today=TODAY)
    assert {group.title: len(group.tasks) for group in groups} == {
        "青禾市水利局": 2,
        "青禾市工业和信息化局": 2,
    }


def test_by_path_tasks_keep_the_order_of_the_document(published: PlanVersion, seen: Sight) -> None:
    groups = grouped(tasks(seen, ItemFilter()), "path", today=TODAY)
    assert [group.title.split(" › ")[-1] for group in groups] == ["农业节水增效", "工业节水减排"]


def test_by_deadline_days_come_in_order_and_passed_ones_are_marked(
    published: PlanVersion, seen: Sight
) -> None:
    groups = grouped(tasks(seen, ItemFilter()), "deadline", today=TODAY)
    assert [(group.title, group.is_late) for group in groups] == [
        ("2026-12-31", True),
        ("2027-12-31", False),
        ("未注明期限", False),
    ]


def test_a_deadline_of_today_has_not_passed(published: PlanVersion, seen: Sight) -> None:
    groups = grouped(tasks(seen, ItemFilter()), "deadline", today=date(2026, 12, 31))
    assert not any(group.is_late for group in groups)
