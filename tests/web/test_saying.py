"""What a click came to is said on the next page; what is not there stays a 404."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from shuiheng.services.errors import EmptyFileError, NotThereError
from shuiheng.services.remind import Reminded
from shuiheng.web.saying import say_reminded, tried


@pytest.fixture
def request_() -> HttpRequest:
    made = RequestFactory().post("/")
    made._messages = CookieStorage(made)  # type: ignore[attr-defined]  # what the middleware does
    return made


def _said(request: HttpRequest) -> str:
    return " ".join(str(message) for message in get_messages(request))


def test_success_is_said(request_: HttpRequest) -> None:
    assert tried(request_, lambda: None, done="好了")
    assert _said(request_) == "好了"


def test_a_refusal_is_said_with_its_remedy(request_: HttpRequest) -> None:
    def refuse() -> None:
        raise EmptyFileError

    assert not tried(request_, refuse, done="好了")
    assert "没有任何内容" in _said(request_)


def test_reminders_are_counted_and_those_left_out_are_named(request_: HttpRequest) -> None:
    say_reminded(request_, Reminded(written=2, too_soon=("甲厂", "乙厂")))
    assert _said(request_) == "已写 2 条提醒。近日已提醒过，未重复：甲厂、乙厂。"


def test_what_is_not_there_is_left_to_the_page(request_: HttpRequest) -> None:
    def miss() -> None:
        raise NotThereError("x")

    with pytest.raises(NotThereError):
        tried(request_, miss, done="好了")
