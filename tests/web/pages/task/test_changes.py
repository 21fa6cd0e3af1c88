"""Changes from the page of a task."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from services.making import parts_now, settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, Comment, PlanVersion, RegisterTask, TaskStep


@pytest.fixture
def task(officer: Account, published: PlanVersion) -> RegisterTask:
    """The first task of a plan whose units are confirmed."""
    settle_units(officer)
    return tasks_of(published)[0]


def said(client: Client, path: str, form: dict[str, object]) -> str:
    return client.post(path, form, follow=True).content.decode()


def test_the_rows_of_the_form_become_the_units_of_the_task(office: Client, task: RegisterTask) -> None:
    water, farm, finance = (
        unit_named(name).pk for name in ("青禾市水利局", "青禾市农业农村局", "青禾市财政局")
    )
    form = {"unit": [water, farm, finance, ""], "role": ["joint", "lead", "-", "joint"], "reason": "分工调整"}
    assert "责任单位已更新" in said(office, f"/register/tasks/{task.pk}/units/", form)
    assert parts_now(task) == [("lead", "青禾市农业农村局"), ("joint", "青禾市水利局")]
    said(office, f"/register/tasks/{task.pk}/units/", {"verb": "undo"})
    assert parts_now(task)[0] == ("lead", "青禾市水利局")


def test_a_form_without_a_lead_says_so(office: Client, task: RegisterTask) -> None:
    form = {"unit": [unit_named("青禾市水利局").pk], "role": ["joint"], "reason": "分工调整"}
    assert "至少要有一个牵头单位" in said(office, f"/register/tasks/{task.pk}/units/", form)
    assert len(parts_now(task)) == 3


def test_a_due_day_is_set_from_the_page_and_a_strange_one_is_refused(
    office: Client, task: RegisterTask
) -> None:
    said(office, f"/register/tasks/{task.pk}/due/", {"due_on": "2027年6月30日", "reason": "会议议定"})
    task.refresh_from_db()
    assert task.due_on == date(2027, 6, 30)
    said(office, f"/register/tasks/{task.pk}/due/", {"due_on": "明年", "reason": "会议议定"})
    task.refresh_from_db()
    assert task.due_on == date(2027, 6, 30)


def test_steps_are_kept_from_the_page(office: Client, task: RegisterTask) -> None:
    said(office, f"/register/tasks/{task.pk}/steps/", {"kind": "milestone", "title": "完成设计"})
    step = TaskStep.objects.get()
    said(office, f"/register/steps/{step.pk}/", {"verb": "done", "done_on": "2026-03-01"})
    step.refresh_from_db()
    assert step.done_on == date(2026, 3, 1)
    said(office, f"/register/steps/{step.pk}/", {"verb": "remove"})
    step.refresh_from_db()
    assert step.removed_at is not None
    assert office.post(f"/register/steps/{step.pk}/", {"verb": "burn"}).status_code == 404


def test_comments_are_made_and_taken_back_from_the_page(office: Client, task: RegisterTask) -> None:
    assert "请抓紧" in said(office, f"/register/tasks/{task.pk}/comments/", {"text": "请抓紧"})
    comment = Comment.objects.get()
    said(office, f"/register/comments/{comment.pk}/", {})
    comment.refresh_from_db()
    assert comment.removed_at is not None


def test_a_reader_changes_nothing(looker: Client, task: RegisterTask) -> None:
    home = f"/register/tasks/{task.pk}/"
    for path in ("units/", "due/", "steps/", "comments/"):
        assert looker.post(home + path, {"title": "x", "text": "x", "reason": "x"}).status_code == 404
    assert not TaskStep.objects.exists() and not Comment.objects.exists()
