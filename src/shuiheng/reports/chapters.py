"""The chapters of a plan into which its tasks are divided for a report."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.reports.progress import TaskProgress

_ELSEWHERE = "其他任务"


def chapters(tasks: Sequence[TaskProgress]) -> list[tuple[str, list[TaskProgress]]]:
    """Return the tasks under the headings of the plan, in the order in which these first stand.

    The outermost heading that differs among the tasks divides them: a plan that puts all of
    them under one heading is divided by the next.
    """
    deepest = max((len(task.path) for task in tasks), default=0)
    level = next((depth for depth in range(deepest) if len({_heading(task, depth) for task in tasks}) > 1), 0)
    held: dict[str, list[TaskProgress]] = {}
    for task in tasks:
        held.setdefault(_heading(task, level), []).append(task)
    return list(held.items())


def _heading(task: TaskProgress, depth: int) -> str:
    return task.path[min(depth, len(task.path) - 1)] if task.path else _ELSEWHERE
