"""Guessing passwords is slow, then locked, and hinders nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import Account, FailedLogin, SignInTrace
from shuiheng.services.events import record_event
from shuiheng.services.login_attempts import admit, forgive

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
HERE, THERE = "10.0.0.1", "10.0.0.2"


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = START

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


def _known(username: str, address: str) -> None:
    account = Account.objects.create(username=username)
    event = record_event(account, "sign_in.done", subject=f"account:{account.pk}")
    SignInTrace.objects.create(
        event=event, account=account, is_success=True, address=address, at=timezone.now()
    )


def test_waits_are_1_2_4_8_16_seconds_and_then_an_hour(clock: Clock) -> None:
    assert [admit("li", HERE) for _ in range(5)] == [0] * 5
    waits = []
    for _ in range(5):
        wait = admit("LI ", HERE)
        waits.append(wait)
        clock.pass_seconds(wait)
        assert admit("li", HERE) == 0
    assert waits == [1, 2, 4, 8, 16]
    assert admit("li", HERE) == 3600
    clock.pass_seconds(3600)
    assert admit("li", HERE) == 0


def test_waiting_attempts_do_not_make_the_wait_longer(clock: Clock) -> None:
    for _ in range(5):
        admit("li", HERE)
    assert [admit("li", HERE) for _ in range(50)] == [1] * 50


def test_other_addresses_do_not_get_more_tries_at_an_account(clock: Clock) -> None:
    passed = sum(admit("li", f"10.1.{place // 250}.{place % 250}") == 0 for place in range(1000))
    assert passed == 5


def test_at_most_ten_of_five_thousand_tries_an_hour_pass_for_one_account(clock: Clock) -> None:
    passed = 0
    for place in range(5000):
        passed += admit("li", f"10.1.{place // 250}.{place % 250}") == 0
        clock.pass_seconds(0.7)
    assert 5 <= passed <= 10


def test_an_owner_at_a_known_address_enters_while_others_attack_the_account(clock: Clock) -> None:
    _known("li", HERE)
    for place in range(200):
        admit("li", f"10.2.0.{place}")
    assert admit("li", HERE) == 0


def test_an_owner_behind_the_address_of_an_attacker_enters(clock: Clock) -> None:
    _known("li", HERE)
    for place in range(200):
        admit(f"name{place}", HERE)
    assert admit("someone", HERE) > 0
    assert admit("li", HERE) == 0


def test_an_address_that_tries_many_accounts_waits_but_never_longer_than_a_minute(clock: Clock) -> None:
    for place in range(20):
        assert admit(f"name{place}", HERE) == 0
    assert admit("someone", HERE) == 1
    assert admit("someone", THERE) == 0
    for place in range(20, 60):
        clock.pass_seconds(admit("x", HERE))
        admit(f"name{place}", HERE)
    assert 0 < admit("someone", HERE) <= 60


def test_addresses_of_one_household_count_as_one(clock: Clock) -> None:
    for place in range(20):
        admit(f"name{place}", f"2001:db8:1:2::{place:x}")
    assert admit("someone", "2001:db8:1:2:ffff::1") == 1
    assert admit("someone", "2001:db8:1:3::1") == 0


def test_the_right_password_makes_good(clock: Clock) -> None:
    for _ in range(5):
        admit("li", HERE)
    forgive("li", HERE)
    assert admit("li", HERE) == 0
    assert FailedLogin.objects.order_by("-count").values_list("count", flat=True)[0] == 5  # of the address


def test_the_table_tells_no_names_and_forgets(clock: Clock) -> None:
    admit("li", HERE)
    assert all(len(row.mark) == 64 for row in FailedLogin.objects.all())
    clock.pass_seconds(3601)
    admit("wang", THERE)
    assert FailedLogin.objects.count() == 3
