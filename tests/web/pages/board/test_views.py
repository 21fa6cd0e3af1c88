"""The task board."""

from __future__ import annotations

import pytest
from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


@pytest.mark.parametrize("way", ["unit", "path", "deadline"])
def test_every_task_is_on_the_board(office: Client, published: PlanVersion, way: str) -> None:
    response = office.get(f"/tasks/?by={way}")
    shown = {task.pk for group in response.context["groups"] for task in group.tasks}
    assert len(shown) == response.context["total"] == 4


def test_an_export_takes_the_filter_along(office: Client, published: PlanVersion) -> None:
    page = office.get("/tasks/?by=path&role=lead&q=灌区").content.decode()
    assert "/export/tasks.xlsx?role=lead&amp;q=" in page


def test_a_filter_that_fits_nothing_says_so(office: Client, published: PlanVersion) -> None:
    assert "没有符合条件的任务" in office.get("/tasks/?q=航天").content.decode()


def test_a_long_board_has_pages_that_keep_the_filter_and_lose_no_task(
    office: Client, published: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuiheng.web.pages.board.views.PAGE_SIZE", 3)
    first = office.get("/tasks/?by=path&q=水")
    assert "q=%E6%B0%B4" in first.content.decode() and 'aria-current="page">1<' in first.content.decode()
    seen = [
        task.pk
        for number in range(1, first.context["page"].paginator.num_pages + 1)
        for group in office.get(f"/tasks/?by=path&q=水&page={number}").context["groups"]
        for task in group.tasks
    ]
    assert len(seen) == len(set(seen)) == first.context["total"] == 4


def test_each_task_shows_its_computed_status_with_the_rule(office: Client, published: PlanVersion) -> None:
    statuses = office.get("/tasks/").context["statuses"]
    assert len(statuses) == 4
    assert {status.code for status in statuses.values()} <= {
        "status.in_time",
        "status.due_soon",
        "status.nothing_known",
    }
    page = office.get("/tasks/").content.decode()
    assert page.count("data-rule=") >= 4
