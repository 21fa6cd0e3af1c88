"""Codes of an authenticator: once, in time, and only of the bound secret."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from administrators import NOON, bind, code_of, stop_clock
from shuiheng.adapters.records.models import Account, Event, SecondFactor
from shuiheng.services.errors import ServiceError
from shuiheng.services.second_factor import (
    WrongCodeError,
    check_code,
    confirm_second_factor,
    enrolment_address,
    has_second_factor,
    new_sealed_secret,
    open_secret,
)

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)


@pytest.fixture
def li(monkeypatch: pytest.MonkeyPatch) -> Account:
    stop_clock(monkeypatch)
    return Account.objects.create(username="li")


def test_a_secret_is_bound_by_a_first_code_and_the_event_is_written(li: Account) -> None:
    assert not has_second_factor(li)
    bind(li, NOON)
    assert has_second_factor(li)
    assert Event.objects.filter(action="second_factor.confirmed", actor=li).count() == 1


def test_a_wrong_first_code_binds_nothing(li: Account) -> None:
    with pytest.raises(WrongCodeError):
        confirm_second_factor(li, new_sealed_secret(), code_of(new_sealed_secret(), NOON))
    assert not has_second_factor(li)


def test_a_second_authenticator_does_not_take_the_place_of_the_first(li: Account) -> None:
    kept = bind(li, NOON).secret
    with pytest.raises(ServiceError, match="has_factor"):
        bind(li, NOON)
    assert SecondFactor.objects.get(account=li).secret == kept


def test_a_code_holds_once_and_so_does_the_one_that_bound(
    li: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = bind(li, NOON).secret
    with pytest.raises(WrongCodeError):
        check_code(li, code_of(sealed, NOON))
    stop_clock(monkeypatch, NOON + STEP)
    code = code_of(sealed, NOON + STEP)
    check_code(li, f"{code[:3]} {code[3:]}")
    with pytest.raises(WrongCodeError):
        check_code(li, code)


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_of_the_neighbouring_step_is_good_and_one_further_is_not(
    li: Account, monkeypatch: pytest.MonkeyPatch, steps: int, is_good: bool
) -> None:
    sealed = bind(li, NOON).secret
    later = NOON + 10 * STEP
    stop_clock(monkeypatch, later)
    if is_good:
        check_code(li, code_of(sealed, later + steps * STEP))
    else:
        with pytest.raises(WrongCodeError):
            check_code(li, code_of(sealed, later + steps * STEP))


def test_an_older_code_is_refused_after_a_newer_one(li: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = bind(li, NOON).secret
    later = NOON + 10 * STEP
    stop_clock(monkeypatch, later)
    check_code(li, code_of(sealed, later + STEP))
    with pytest.raises(WrongCodeError):
        check_code(li, code_of(sealed, later))


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "\u0661" * 6])
def test_what_is_no_code_is_a_wrong_code(li: Account, code: str) -> None:
    bind(li, NOON)
    with pytest.raises(WrongCodeError):
        check_code(li, code)


def test_an_account_without_an_authenticator_has_no_good_code(li: Account) -> None:
    with pytest.raises(WrongCodeError):
        check_code(li, "000000")


def test_the_table_holds_no_secret_in_the_clear(li: Account) -> None:
    factor = bind(li, NOON)
    assert open_secret(factor.secret) not in factor.secret
    assert factor.secret.startswith("fernet-hkdf-sha256:") and len(factor.secret) <= 300


def test_a_former_key_still_opens_and_a_lost_one_does_not(li: Account, settings: Settings) -> None:
    sealed = new_sealed_secret()
    secret, old = open_secret(sealed), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [old]
    assert open_secret(sealed) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(WrongCodeError):
        open_secret(sealed)


def test_the_address_of_enrolment_names_the_account_and_the_site(li: Account) -> None:
    address = enrolment_address(li, new_sealed_secret())
    assert address.startswith("otpauth://totp/%E6%B0%B4%E8%A1%A1:li?secret=")
