"""Tasks under the headings of their plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports.made_up import half_year, task
from shuiheng.reports.chapters import chapters
from shuiheng.reports.progress import TaskStatus


def test_the_outermost_heading_that_differs_divides_the_tasks() -> None:
    assert [heading for heading, _ in chapters(half_year().tasks)] == [
        "农业节水增效",
        "工业节水减排",
        "城镇节水降损",
    ]


def test_tasks_without_a_heading_stand_together() -> None:
    flat = [replace(each, path=()) for each in half_year().tasks]
    assert [(heading, len(held)) for heading, held in chapters(flat)] == [("其他任务", 12)]
    assert chapters([]) == []


def test_a_heading_that_comes_back_is_one_chapter() -> None:
    tasks = [replace(task(number, TaskStatus.DONE), path=(name,)) for number, name in enumerate("甲乙甲", 1)]
    assert [(heading, len(held)) for heading, held in chapters(tasks)] == [("甲", 2), ("乙", 1)]


@given(st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=3).map(tuple), max_size=20))
def test_every_task_stands_in_one_chapter_in_its_order(paths: list[tuple[str, ...]]) -> None:
    tasks = [replace(task(number, TaskStatus.DONE), path=path) for number, path in enumerate(paths, 1)]
    held = [each for _, group in chapters(tasks) for each in group]
    assert sorted(each.task_id for each in held) == [each.task_id for each in tasks]
    for _, group in chapters(tasks):
        assert [each.task_id for each in group] == sorted(each.task_id for each in group)
