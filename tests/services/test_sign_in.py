"""Signing in: one answer to every failure, and each step in its turn."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from administrators import GOOD, HERE, bind, person
from shuiheng.adapters.records.models import (
    Account,
    AccountSession,
    Event,
    ExternalIdentity,
    Role,
    SignInTrace,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.second_factor import WrongCodeError
from shuiheng.services.sign_in import (
    Step,
    TooManyAttemptsError,
    WrongPasswordError,
    account_of_identity,
    check_password,
    next_step,
    prove_code,
    record_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(db: None) -> Account:
    return person("li", None, Role.OFFICE_CLERK, password=GOOD)


def test_name_and_password_give_the_account(li: Account) -> None:
    assert check_password("li", GOOD, HERE) == li


@pytest.mark.parametrize(("name", "password"), [("li", "wrong"), ("nobody", GOOD), ("", ""), ("Li", GOOD)])
def test_every_failure_has_one_answer_and_is_an_event(li: Account, name: str, password: str) -> None:
    with pytest.raises(WrongPasswordError):
        check_password(name, password, HERE)
    event = Event.objects.get(action="sign_in.failed")
    assert event.is_refused and event.trace.address == "10.0.0.1" and not event.trace.is_success
    assert name not in event.subject or name == ""


def test_a_frozen_account_has_the_same_answer(li: Account) -> None:
    Account.objects.filter(pk=li.pk).update(is_active=False)
    with pytest.raises(WrongPasswordError):
        check_password("li", GOOD, HERE)


def test_the_sixth_failure_in_a_row_has_to_wait_even_when_it_is_right(li: Account) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            check_password("li", "wrong", HERE)
    with pytest.raises(TooManyAttemptsError) as caught:
        check_password("li", GOOD, HERE)
    assert caught.value.wait == 1


def test_an_unknown_name_costs_as_much_time_as_a_wrong_password(
    li: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuiheng.services.sign_in.admit", lambda *_arguments: 0)
    times: dict[str, list[float]] = {"li": [], "nobody": []}
    for _ in range(15):
        for name, taken in times.items():
            begun = time.perf_counter()
            with pytest.raises(WrongPasswordError):
                check_password(name, "wrong", HERE)
            taken.append(time.perf_counter() - begun)
    known, unknown = (statistics.median(times[name]) for name in ("li", "nobody"))
    assert abs(known - unknown) < 0.5 * known  # without the same hash it would be below a tenth


def test_an_account_that_nobody_used_for_long_is_frozen(li: Account) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    Account.objects.filter(pk=li.pk).update(date_joined=long_ago, last_login=long_ago)
    with pytest.raises(ServiceError, match="unused"):
        check_password("li", GOOD, HERE)
    li.refresh_from_db()
    assert not li.is_active
    assert Event.objects.filter(action="account.frozen_unused").count() == 1


def test_the_steps_of_a_clerk_are_binding_or_code_then_a_new_password(li: Account) -> None:
    assert next_step(li, by_password=True, has_factor=False) is Step.ENROL
    bind(li, timezone.now())
    assert next_step(li, by_password=True, has_factor=False) is Step.CODE
    assert next_step(li, by_password=True, has_factor=True) is Step.IN
    li.must_change_password = True
    assert next_step(li, by_password=True, has_factor=True) is Step.NEW_PASSWORD
    assert next_step(li, by_password=False, has_factor=True) is Step.IN


def test_the_demo_asks_for_no_code_but_who_has_an_authenticator_is_asked(
    li: Account, settings: Settings
) -> None:
    settings.SIGN_IN_POLICY = "demo"
    assert next_step(li, by_password=True, has_factor=False) is Step.IN
    bind(li, timezone.now())
    assert next_step(li, by_password=True, has_factor=False) is Step.CODE


def test_codes_are_guessed_as_slowly_as_passwords(li: Account) -> None:
    bind(li, timezone.now())
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            prove_code(li, "000000", HERE)
    with pytest.raises(TooManyAttemptsError):
        prove_code(li, "000000", HERE)
    assert Event.objects.filter(action="second_factor.failed", is_refused=True).count() == 5


def test_a_session_is_written_down_with_event_trace_and_row(li: Account) -> None:
    record_session(li, "key1", HERE, by="password")
    assert Event.objects.get(action="sign_in.done").details == {"by": "password"}
    assert SignInTrace.objects.get(account=li).is_success
    row = AccountSession.objects.get(session_key="key1")
    assert (row.account, row.address, row.device) == (li, "10.0.0.1", "test")
    AccountSession.objects.update(started_at=timezone.now() - timedelta(hours=13))
    record_session(li, "key2", HERE, by="password")
    assert list(AccountSession.objects.values_list("session_key", flat=True)) == ["key2"]


def test_a_provider_vouches_for_a_linked_account_in_use_only(li: Account) -> None:
    with pytest.raises(ServiceError, match="not_linked"):
        account_of_identity("oidc", "u-1")
    ExternalIdentity.objects.create(account=li, provider="oidc", subject="u-1")
    assert account_of_identity("oidc", "u-1") == li
    with pytest.raises(ServiceError, match="not_linked"):
        account_of_identity("cas", "u-1")
    Account.objects.filter(pk=li.pk).update(is_active=False)
    with pytest.raises(ServiceError, match="not_linked"):
        account_of_identity("oidc", "u-1")
