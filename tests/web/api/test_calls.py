"""What the operations of the interface share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from pydantic import TypeAdapter, ValidationError

from shuiheng.adapters.records.models import Account
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action
from shuiheng.web.api.calls import Moment, caller, language_of


def test_a_moment_without_a_zone_is_local() -> None:
    moment = TypeAdapter(Moment)
    assert moment.validate_python("2026-05-01T08:00:00") == datetime(2026, 5, 1, tzinfo=UTC)
    with pytest.raises(ValidationError):
        moment.validate_python("0001-01-01T00:00:00+20:00")


@pytest.mark.django_db
def test_who_may_not_do_a_thing_finds_nothing(officer: Account) -> None:
    request = RequestFactory().get("/")
    request.user = officer
    assert caller(request, Action.READINGS_IMPORT) == officer
    for user in (AnonymousUser(), Account.objects.create(username="nobody")):
        request.user = user
        with pytest.raises(NotThereError):
            caller(request, Action.READINGS_IMPORT)


@pytest.mark.parametrize(("header", "language"), [("en-GB,en;q=0.9", "en"), ("zh-CN", "zh"), ("", "zh")])
def test_the_language_is_that_which_the_caller_asks_for(header: str, language: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": header})
    assert language_of(request) == language
