"""The register follows what is published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import make_version, the_office
from shuiheng.adapters.records.models import (
    Account,
    Event,
    PlanDocument,
    PlanVersion,
    PublishedTarget,
    PublishedTask,
    RegisterTarget,
    RegisterTask,
    TaskUnit,
    UnitMatch,
    VersionState,
)
from shuiheng.services.publish_version import publish_version
from shuiheng.services.sync_register import sync_register
from shuiheng.services.withdraw_version import withdraw_version


def snapshot(plan: PlanDocument) -> list[tuple[object, ...]]:
    """Everything of the tasks in force that should come back the same."""
    rows = RegisterTask.objects.filter(plan=plan, withdrawn_at__isnull=True).order_by("order")
    return [(row.pk, row.item, row.text, row.number, row.due_on, row.order) for row in rows]


def test_publishing_makes_every_task_and_target_a_row_of_the_register(published: PlanVersion) -> None:
    tasks = list(RegisterTask.objects.filter(plan=published.plan))
    assert [task.text[:7] for task in tasks] == [
        "推进灌区改造。",
        "完善计量设施。",
        "开展水平衡测试",
        "严格计划用水。",
    ]
    assert [task.published.item for task in tasks if task.published] == [task.item for task in tasks]
    targets = RegisterTarget.objects.filter(plan=published.plan, withdrawn_at__isnull=True)
    assert targets.count() == PublishedTarget.objects.count() > 0
    assert all(target.published is not None for target in targets)
    assert tasks[0].due_on == date(2026, 12, 31) and tasks[0].initials.startswith("tjgqgz")


def test_units_wait_for_a_person_and_then_have_parts(published: PlanVersion) -> None:
    labels = set(TaskUnit.objects.values_list("label", flat=True))
    matches = UnitMatch.objects.filter(place=published.plan.place)
    assert set(matches.values_list("label", flat=True)) == labels
    assert not matches.filter(is_confirmed=True).exists()


def test_a_newer_version_keeps_the_rows_of_the_tasks_that_stay(
    officer: Account, published: PlanVersion
) -> None:
    before = snapshot(published.plan)
    newer = make_version(officer, sequence=2)
    publish_version(officer, newer.pk, with_doubts=True)
    assert snapshot(published.plan) == before
    assert set(RegisterTask.objects.values_list("version", flat=True)) == {newer.pk}


def test_withdrawing_keeps_the_rows_and_publishing_again_revives_them(
    officer: Account, published: PlanVersion
) -> None:
    before = snapshot(published.plan)
    withdraw_version(officer, published.pk)
    assert snapshot(published.plan) == []
    assert RegisterTask.objects.filter(plan=published.plan).count() == len(before)
    publish_version(officer, published.pk, with_doubts=True)
    assert snapshot(published.plan) == before


def test_a_due_day_that_a_person_set_stays(officer: Account, published: PlanVersion) -> None:
    task = RegisterTask.objects.filter(plan=published.plan).first()
    assert task is not None
    task.due_on, task.due_reason = date(2027, 6, 30), "联席会议议定延期"
    task.save()
    sync_register(published.plan, by=officer)
    task.refresh_from_db()
    assert task.due_on == date(2027, 6, 30)


def test_what_was_done_stands_in_the_log_with_the_tasks(published: PlanVersion) -> None:
    event = Event.objects.get(action="register.synced")
    assert event.place == published.plan.place and event.after is not None
    assert event.after["new"] == list(RegisterTask.objects.values_list("pk", flat=True))


PHRASES = (
    "推进灌区节水改造",
    "完善取水计量设施",
    "严格计划用水管理",
    "建设再生水厂",
    "更新老旧供水管网",
    "开展节水宣传",
)
ENDINGS = ("", "，到2026年完成", "，按季度通报")
VERSIONS = st.lists(
    st.tuples(st.sampled_from(PHRASES), st.sampled_from(ENDINGS)), max_size=6, unique_by=lambda each: each[0]
)


def publish_texts(plan: PlanDocument, version: PlanVersion, texts: list[tuple[str, str]]) -> None:
    """Put tasks with these texts in place of what is published of a plan."""
    PublishedTask.objects.filter(version__plan=plan).delete()
    PublishedTask.objects.bulk_create(
        PublishedTask(
            version=version,
            item=f"T{at + 1}",
            place=at,
            span_start=0,
            span_end=1,
            text=phrase + ending,
            rule="numbered",
        )
        for at, (phrase, ending) in enumerate(texts)
    )
    sync_register(plan, by=None)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=VERSIONS, second=VERSIONS)
def test_publishing_a_then_b_then_a_gives_the_rows_of_a_again(
    officer: Account, first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    plan = PlanDocument.objects.create(
        slug=f"p{PlanDocument.objects.count()}", title="计划", created_by=officer, place=the_office().place
    )
    version = PlanVersion.objects.create(
        plan=plan,
        sequence=1,
        stored_name=plan.slug,
        sha256=plan.slug,
        original_name="a.txt",
        byte_count=1,
        uploaded_by=officer,
        state=VersionState.PUBLISHED,
    )
    publish_texts(plan, version, first)
    before = snapshot(plan)
    sync_register(plan, by=None)
    assert snapshot(plan) == before
    publish_texts(plan, version, second)
    assert [row[2] for row in snapshot(plan)] == [phrase + ending for phrase, ending in second]
    publish_texts(plan, version, first)
    assert snapshot(plan) == before
    items = RegisterTask.objects.filter(plan=plan, withdrawn_at__isnull=True).values_list("item", flat=True)
    assert len(set(items)) == len(items)
