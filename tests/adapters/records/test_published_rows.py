"""Writing rows of a published plan."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.records.models import (
    PlanVersion,
    PublishedDuty,
    PublishedTarget,
    PublishedTask,
    PublishedThreshold,
)
from shuiheng.adapters.records.published_rows import clear_rows, write_rows
from shuiheng.plans import PlanKnowledge
from shuiheng.services.plan_at_work import plan_at_work


def test_every_item_of_the_plan_has_its_row(published: PlanVersion) -> None:
    plan = plan_at_work(published).decided.plan
    for table, items in (
        (PublishedTask, plan.tasks),
        (PublishedTarget, plan.targets),
        (PublishedDuty, plan.duties),
        (PublishedThreshold, plan.thresholds),
    ):
        assert set(table._default_manager.values_list("item", flat=True)) == {item.id for item in items}


def test_a_target_keeps_its_exact_value_and_its_task(published: PlanVersion) -> None:
    cap = PublishedTarget.objects.get(metric__contains="用水总量")
    assert (cap.value, cap.task) == (Decimal(320_000_000), None)
    count = PublishedTarget.objects.get(metric__contains="节水型企业")
    assert count.task is not None and "水平衡测试" in count.task.text


def test_writing_twice_leaves_one_set_and_clearing_none(published: PlanVersion) -> None:
    before = PublishedTask.objects.count()
    write_rows(published, plan_at_work(published).decided.plan, PlanKnowledge())
    assert PublishedTask.objects.count() == before
    clear_rows(published)
    assert not PublishedTask.objects.exists()
