"""Programs read the register and file progress, each within its rights, once for each key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from shuiheng.adapters.records.models import Account, Progress, ReportingPeriod, Role
from shuiheng.services.api_token import make_token
from shuiheng.services.found_city import join
from shuiheng.web.api.routes import task_json
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
OK, GONE, CHANGED, UNREAD = 200, 404, 409, 422


class Program:
    """A program that calls with a token."""

    def __init__(self, account: Account) -> None:
        self.token = make_token(account, name="t", days=1)
        self.client = Client()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Return the answer to one call."""
        return self.client.generic(
            method,
            f"/api/v1{path}",
            data="" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"} | headers,
        )


@pytest.fixture
def period(officer: Account) -> ReportingPeriod:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    make_task(plan, "推广喷灌", make_unit("农业农村局"))
    return make_period(plan, officer)


@pytest.fixture
def clerk(period: ReportingPeriod) -> Program:
    account = Account.objects.create(username="chen")
    join(account, _part(period, "改造灌区").organisation, Role.PARTNER_CLERK)
    return Program(account)


def _part(period: ReportingPeriod, text: str) -> Any:
    return period.plan.register_tasks.get(text=text).parties.get()


def _path(period: ReportingPeriod, text: str = "改造灌区") -> str:
    part = _part(period, text)
    return f"/periods/{period.pk}/tasks/{part.task_id}/progress/{part.organisation_id}"


def test_the_register_is_read_page_by_page(officer: Account, period: ReportingPeriod) -> None:
    program = Program(officer)
    first = program.call("GET", "/tasks?limit=1").json()
    second = program.call("GET", f"/tasks?limit=1&cursor={first['next_cursor']}").json()
    assert [first["items"][0]["text"], second["items"][0]["text"]] == ["改造灌区", "推广喷灌"]
    assert second["next_cursor"] is None
    task = period.plan.register_tasks.get(text="改造灌区")
    assert program.call("GET", f"/tasks/{task.pk}").json()["text"] == task_json(task)["text"]
    for path in ("/plans", "/targets", "/organisations", "/periods", "/progress"):
        assert program.call("GET", path).status_code == OK, path


def test_a_unit_writes_and_files_its_own_report(clerk: Program, period: ReportingPeriod) -> None:
    saved = clerk.call("PUT", _path(period), {"done_text": "完成两处"})
    assert (saved.status_code, saved.json()["state"]) == (OK, "draft")
    filed = clerk.call(
        "POST", f"/progress/{saved.json()['id']}/file", **{"If-Match": str(saved.json()["revision"])}
    )
    assert filed.json()["state"] == "filed"
    read = clerk.call("GET", f"/progress/{saved.json()['id']}")
    assert read.headers["ETag"] == f'"{filed.json()["revision"]}"'


def test_the_report_of_another_unit_is_not_there(clerk: Program, period: ReportingPeriod) -> None:
    assert clerk.call("PUT", _path(period, "推广喷灌"), {"done_text": "x"}).status_code == GONE
    assert (
        clerk.call("PUT", _path(period).replace("/tasks/", "/tasks/9"), {"done_text": "x"}).status_code
        == GONE
    )
    assert not Progress.objects.exists()


def test_an_old_revision_is_refused_and_nothing_is_lost(clerk: Program, period: ReportingPeriod) -> None:
    first = clerk.call("PUT", _path(period), {"done_text": "一"}).json()
    clerk.call("PUT", _path(period), {"done_text": "二"}, **{"If-Match": str(first["revision"])})
    stale = clerk.call("PUT", _path(period), {"done_text": "三"}, **{"If-Match": str(first["revision"])})
    assert stale.status_code == CHANGED
    assert Progress.objects.get().done_text == "二"


def test_a_call_that_is_sent_again_has_one_effect(clerk: Program, period: ReportingPeriod) -> None:
    answers = [
        clerk.call("PUT", _path(period), {"done_text": "一"}, **{"Idempotency-Key": "k1"}).json()
        for _ in range(3)
    ]
    assert answers[0] == answers[1] == answers[2]
    other = clerk.call("PUT", _path(period), {"done_text": "二"}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (UNREAD, "services.key_used")


def test_what_cannot_be_read_is_named(clerk: Program, period: ReportingPeriod) -> None:
    for body in ({"done_text": 7}, ["x"], "x"):
        answer = clerk.call("PUT", _path(period), body)
        assert answer.status_code in (UNREAD, 400)
        assert answer.json()["code"] == "services.field_unread"
    empty = clerk.call("POST", f"/progress/{clerk.call('PUT', _path(period), {}).json()['id']}/file")
    assert (empty.status_code, empty.json()["code"]) == (UNREAD, "progress.words_needed")


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2000-01-01T00:00:00%2B20:00", OK),  # a database may know no such offset
        ("2000-01-01T00:00:00", OK),
        ("0432-10-17T00:02:00Z", OK),
        ("0001-01-01T00:00:00%2B20:00", UNREAD),
        ("9999-12-31T23:59:59-20:00", UNREAD),
    ],
)
def test_any_moment_is_compared_or_refused_as_unreadable(
    clerk: Program, period: ReportingPeriod, moment: str, status: int
) -> None:
    for text in ("改造灌区", "推广喷灌"):
        clerk.call("PUT", _path(period, text), {"done_text": "x"})
    assert clerk.call("GET", f"/progress?updated_since={moment}").status_code == status
