"""The page of one task."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.making import settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, PlanVersion, RegisterTask, Role
from shuiheng.services.assign_task import assign_task
from shuiheng.services.comment_task import comment_task
from shuiheng.services.found_city import join
from shuiheng.services.withdraw_version import withdraw_version

BUDGET = 30


@pytest.fixture
def task(officer: Account, published: PlanVersion) -> RegisterTask:
    """The first task of a plan whose units are confirmed."""
    settle_units(officer)
    return tasks_of(published)[0]


def page(client: Client, task: RegisterTask) -> str:
    return client.get(f"/register/tasks/{task.pk}/").content.decode()


def test_the_page_shows_the_words_the_units_the_targets_and_the_way_to_the_text(
    office: Client, task: RegisterTask
) -> None:
    shown = page(office, task)
    assert "完成灌区续建配套改造4处" in shown and "青禾市农业农村局" in shown
    assert f"/plans/{task.plan.slug}/1/?item=" in shown
    assert "2.5" in shown and "分解到区县" in shown


def test_a_reader_sees_no_forms(looker: Client, task: RegisterTask) -> None:
    shown = page(looker, task)
    assert shown.count("<form") == shown.count("<form", 0, shown.index('<main id="main"'))


def test_a_partner_may_keep_steps_of_its_own_task_only(task: RegisterTask) -> None:
    account = Account.objects.create(username="qian")
    join(account, unit_named("青禾市财政局"), Role.PARTNER_CLERK)
    client = Client()
    client.force_login(account)
    other = RegisterTask.objects.filter(plan=task.plan).order_by("order")[3]
    assert "增加子任务或节点" in page(client, task)
    assert "增加子任务或节点" not in page(client, other)
    assert "写留言" in page(client, task) and "写留言" not in page(client, other)


def test_the_history_tells_what_stood_before_and_why(
    officer: Account, office: Client, task: RegisterTask
) -> None:
    assign_task(officer, task.pk, {unit_named("青禾市财政局").pk: "lead"}, reason="联席会议议定")
    shown = page(office, task)
    assert "理由：" in shown and "联席会议议定" in shown and "撤销最近一次改派" in shown
    assert "人工指定" in shown and "恢复方案中的单位" in shown


def test_words_of_people_are_never_markup(officer: Account, office: Client, task: RegisterTask) -> None:
    comment_task(officer, task.pk, "<script>alert(1)</script>")
    shown = page(office, task)
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown


def test_a_task_that_is_no_longer_published_is_still_there(
    officer: Account, office: Client, task: RegisterTask, published: PlanVersion
) -> None:
    withdraw_version(officer, published.pk)
    assert "现行方案中已没有此任务" in page(office, task)
    assert task.text[:10] not in office.get("/register/").content.decode()


def test_a_page_with_much_on_it_keeps_to_its_budget(
    officer: Account, office: Client, task: RegisterTask
) -> None:
    for number in range(20):
        comment_task(officer, task.pk, f"留言{number}")
    with CaptureQueriesContext(connection) as queries:
        page(office, task)
    assert len(queries) <= BUDGET
