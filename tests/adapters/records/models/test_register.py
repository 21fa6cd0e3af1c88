"""What the database refuses on the register."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from access.rows import Rows
from shuiheng.adapters.records.models import (
    AnnualPlan,
    Place,
    RegisterTarget,
    RegisterTask,
    TargetShare,
    TaskParty,
)

from .refusals import breaks


def test_an_item_of_a_plan_is_one_task_until_it_is_withdrawn(rows: Rows) -> None:
    for table, name in ((RegisterTask, "one_task_per_item"), (RegisterTarget, "one_target_per_item")):
        row = rows.row(table)
        breaks(name, lambda: rows.make(table, item=row.item))  # noqa: B023  called at once
        table.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
        assert rows.make(table, item=row.item).pk


def test_tasks_that_no_plan_names_do_not_collide(rows: Rows) -> None:
    assert rows.make(RegisterTask, item="").pk != rows.make(RegisterTask, item="").pk


def test_an_organisation_has_one_part_in_a_task_at_a_time(rows: Rows) -> None:
    breaks("one_part_at_a_time", lambda: rows.make(TaskParty, role="joint"))
    TaskParty.objects.filter(pk=rows.row(TaskParty).pk).update(to_on=date(2026, 5, 1))
    assert rows.make(TaskParty, role="joint").pk


def test_a_district_has_one_share_of_a_target_at_a_time(rows: Rows) -> None:
    share = rows.row(TargetShare)
    breaks("one_share_at_a_time", lambda: rows.make(TargetShare))
    TargetShare.objects.filter(pk=share.pk).update(superseded_at=timezone.now())
    assert rows.make(TargetShare, place=Place.objects.get(pk=share.place_id)).pk


def test_a_year_of_a_plan_has_one_plan(rows: Rows) -> None:
    breaks("one_plan_per_year", lambda: rows.make(AnnualPlan, year=rows.row(AnnualPlan).year))
