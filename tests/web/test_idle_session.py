"""Sessions end."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from administrators import person, security_administrator
from places import PACKAGE
from shuiheng.adapters.records.models import Account, AccountSession, Role

MINUTE, HOUR = 60, 3600


def _move(client: Client, **seconds: int) -> None:
    client.get("/account/")
    session = client.session
    for name, back in seconds.items():
        session[name] = session[name] - back
    session.save()


def _status(client: Client) -> int:
    return int(client.get("/account/").status_code)


def _browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize(("idle", "status"), [(30 * MINUTE - MINUTE, 200), (30 * MINUTE + MINUTE, 302)])
def test_an_account_that_is_away_for_half_an_hour_is_signed_out(
    office: Client, idle: int, status: int
) -> None:
    _move(office, seen_at=idle)
    assert _status(office) == status


@pytest.mark.parametrize(("idle", "status"), [(15 * MINUTE - MINUTE, 200), (15 * MINUTE + MINUTE, 302)])
def test_an_administrator_is_signed_out_after_a_quarter(db: None, idle: int, status: int) -> None:
    client = _browser(security_administrator())
    _move(client, seen_at=idle)
    assert _status(client) == status


@pytest.mark.parametrize(("age", "status"), [(12 * HOUR - MINUTE, 200), (12 * HOUR + MINUTE, 302)])
def test_no_session_lives_longer_than_twelve_hours_however_busy(
    office: Client, age: int, status: int
) -> None:
    _move(office, signed_in_at=age)
    assert _status(office) == status


def test_work_is_noted_once_a_minute_and_a_page_that_asks_by_itself_is_no_work(office: Client) -> None:
    _move(office, seen_at=2 * MINUTE)
    before = office.session["seen_at"]
    for path in ("/jobs/1/", "/work/1/", "/readings/1/"):
        office.get(path, headers={"HX-Request": "true"})
        assert office.session["seen_at"] == before
    office.get("/account/")
    assert office.session["seen_at"] >= int(time.time()) - MINUTE


def test_every_line_that_asks_again_by_itself_is_known_to_do_so() -> None:
    asking = {
        path.name
        for path in (PACKAGE / "web" / "templates").rglob("*.html")
        if 'hx-trigger="every' in path.read_text("utf-8")
    }
    # their addresses stand in idle_session.POLLED
    assert asking == {"job.html", "job_line.html", "batch_state.html", "book_state.html", "edit_list.html"}


def test_the_end_of_a_session_drops_its_row(office: Client, officer: Account) -> None:
    office.get("/account/")
    key = str(office.session.session_key)
    AccountSession.objects.create(account=officer, session_key=key)
    _move(office, seen_at=HOUR)
    assert _status(office) == 302 and not AccountSession.objects.exists()


def test_rights_that_are_taken_away_are_gone_at_the_next_click(office: Client, officer: Account) -> None:
    assert office.get("/tasks/").status_code == 200
    officer.memberships.all().delete()
    assert office.get("/tasks/").status_code == 404
    Account.objects.filter(pk=officer.pk).update(is_active=False)
    assert _status(office) == 302


def test_a_demo_session_may_idle_longer(db: None, settings: object) -> None:
    settings.SIGN_IN_POLICY = "demo"  # type: ignore[attr-defined]  # the fixture of pytest-django
    client = _browser(person("li", None, Role.READER))
    _move(client, seen_at=2 * HOUR - MINUTE)
    assert _status(client) == 200
