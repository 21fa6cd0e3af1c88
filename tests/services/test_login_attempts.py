"""Guessing passwords is slow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import FailedLogin
from shuiheng.services.login_attempts import (
    FREE_BY_ACCOUNT,
    FREE_BY_ADDRESS,
    LONGEST_WAIT_SECONDS,
    forget_failed_logins,
    record_failed_login,
    seconds_to_wait,
)

pytestmark = pytest.mark.django_db


def _fail(times: int, *, account: str = "li", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        record_failed_login(account, address)


def test_the_first_failures_cost_nothing_and_the_next_double_the_wait() -> None:
    _fail(FREE_BY_ACCOUNT - 1)
    assert seconds_to_wait("li", "10.0.0.1") == 0
    waits = []
    for _ in range(4):
        _fail(1)
        waits.append(seconds_to_wait("LI", "10.0.0.9"))
    assert waits == [1, 2, 4, 8]
    _fail(20)
    assert LONGEST_WAIT_SECONDS - 2 < seconds_to_wait("li", "10.0.0.9") <= LONGEST_WAIT_SECONDS


def test_an_address_that_tries_many_accounts_waits_too() -> None:
    for place in range(FREE_BY_ADDRESS):
        _fail(1, account=f"name{place}")
    assert seconds_to_wait("someone", "10.0.0.1") == 1
    assert seconds_to_wait("someone", "10.0.0.2") == 0


def test_signing_in_and_time_make_good() -> None:
    _fail(FREE_BY_ACCOUNT + 3)
    forget_failed_logins("li")
    assert seconds_to_wait("li", "10.0.0.1") == 0
    _fail(FREE_BY_ACCOUNT + 3)
    FailedLogin.objects.update(last_at=timezone.now() - timedelta(hours=1))
    assert seconds_to_wait("li", "10.0.0.1") == 0


def test_the_table_tells_no_names() -> None:
    _fail(1)
    assert all(len(row.mark) == 64 and row.mark != "li" for row in FailedLogin.objects.all())
