"""Choosing a password of one's own."""

from __future__ import annotations

import pytest

from administrators import GOOD, HERE, person
from shuiheng.adapters.records.models import Account, AccountSession, Event, Role
from shuiheng.services.change_password import WeakPasswordError, change_password
from shuiheng.services.sign_in import TooManyAttemptsError, WrongPasswordError, record_session

pytestmark = pytest.mark.django_db
NEXT = "Wtr5%hNbq-Fsk"


@pytest.fixture
def li(db: None) -> Account:
    account = person("li", None, Role.OFFICE_CLERK, password=GOOD)
    Account.objects.filter(pk=account.pk).update(must_change_password=True)
    account.refresh_from_db()
    return account


def test_a_good_password_is_kept_and_other_sessions_end(li: Account) -> None:
    record_session(li, "here", HERE, by="password")
    record_session(li, "there", HERE, by="password")
    change_password(li, NEXT, old=GOOD, visitor=HERE, session_key="here")
    li.refresh_from_db()
    assert li.check_password(NEXT) and not li.must_change_password and li.password_changed_at
    assert list(AccountSession.objects.values_list("session_key", flat=True)) == ["here"]
    event = Event.objects.get(action="account.password_changed")
    assert event.before is None and event.after is None


def test_the_old_password_must_be_right_and_guessing_it_is_slow(li: Account) -> None:
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            change_password(li, NEXT, old="wrong", visitor=HERE)
    with pytest.raises(TooManyAttemptsError):
        change_password(li, NEXT, old=GOOD, visitor=HERE)
    li.refresh_from_db()
    assert li.check_password(GOOD)


@pytest.mark.parametrize(("new", "code"), [("short", "length"), (GOOD, "same")])
def test_a_weak_password_and_the_old_one_are_refused_with_reasons(li: Account, new: str, code: str) -> None:
    with pytest.raises(WeakPasswordError) as caught:
        change_password(li, new, old=None, visitor=HERE)
    assert f"accounts.password_{code}" in {fault.code for fault in caught.value.faults}
    li.refresh_from_db()
    assert li.check_password(GOOD) and li.must_change_password
