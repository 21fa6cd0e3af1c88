"""Sessions end before their time."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore

from administrators import HERE, person
from shuiheng.adapters.records.models import Account, AccountSession, Event
from shuiheng.services.end_sessions import end_own_session, end_sessions, note_session, sign_out
from shuiheng.services.errors import NotThereError
from shuiheng.services.sign_in import record_session

pytestmark = pytest.mark.django_db


def _session(account: Account) -> str:
    store = SessionStore()
    store["x"] = 1
    store.create()
    record_session(account, str(store.session_key), HERE, by="password")
    return str(store.session_key)


def _lives(key: str) -> bool:
    return SessionStore().exists(key)


def test_all_sessions_of_an_account_end_but_one(db: None) -> None:
    li, wang = person("li", None), person("wang", None)
    first, second, other = _session(li), _session(li), _session(wang)
    assert end_sessions(li, except_key=second) == 1
    assert (_lives(first), _lives(second), _lives(other)) == (False, True, True)
    assert end_sessions(li) == 1
    assert not _lives(second) and _lives(other)


def test_only_an_own_session_is_ended_by_hand() -> None:
    li, wang = person("li", None), person("wang", None)
    key = _session(wang)
    row = AccountSession.objects.get(session_key=key).pk
    with pytest.raises(NotThereError):
        end_own_session(li, row)
    assert _lives(key)
    end_own_session(wang, row)
    assert not _lives(key)
    assert Event.objects.filter(action="session.ended", actor=wang).count() == 1


def test_signing_out_is_an_event_and_drops_the_row() -> None:
    li = person("li", None)
    key = _session(li)
    note_session(key)
    sign_out(li, key)
    assert not AccountSession.objects.exists()
    assert Event.objects.filter(action="sign_in.ended", actor=li).count() == 1
