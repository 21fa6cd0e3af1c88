"""A token acts for its account until it ends or is revoked; the table does not hold it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import Account, ApiToken
from shuiheng.services.api_token import account_of_token, make_token, revoke_token
from shuiheng.services.errors import NotThereError, ServiceError

pytestmark = pytest.mark.django_db


def test_a_token_finds_its_account_and_the_table_does_not_hold_it(officer: Account) -> None:
    token = make_token(officer, name="前置机", days=30)
    assert account_of_token(token) == officer
    row = ApiToken.objects.get()
    assert token not in (row.digest, row.name)
    assert row.used_at is not None


def test_a_wrong_an_ended_and_a_revoked_token_find_nobody(officer: Account) -> None:
    assert account_of_token("x") is None
    ended, revoked = make_token(officer, name="a", days=1), make_token(officer, name="b", days=1)
    ApiToken.objects.filter(name="a").update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke_token(officer, ApiToken.objects.get(name="b").pk)
    assert account_of_token(ended) is None
    assert account_of_token(revoked) is None


def test_a_closed_account_has_no_token(officer: Account) -> None:
    token = make_token(officer, name="a", days=1)
    Account.objects.update(is_active=False)
    assert account_of_token(token) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_the_days_are_bounded(officer: Account, days: int) -> None:
    with pytest.raises(ServiceError):
        make_token(officer, name="a", days=days)


def test_nobody_revokes_the_token_of_another(officer: Account, reader: Account) -> None:
    make_token(officer, name="a", days=1)
    with pytest.raises(NotThereError):
        revoke_token(reader, ApiToken.objects.get().pk)
