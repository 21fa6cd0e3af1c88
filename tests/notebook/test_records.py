"""What an account may not see is not in its tables."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, Role
from shuiheng.notebook.local import reading
from shuiheng.notebook.records import account_source
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.found_city import found_city, join

pytestmark = pytest.mark.django_db


def test_a_stranger_sees_the_own_city_only(analyst: Account) -> None:
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    theirs, mine = (account_source(each.username, reading) for each in (stranger, analyst))
    assert [each["slug"] for each in theirs.rows("places")] == ["linjiang"]
    assert not list(theirs.rows("targets")) and list(mine.rows("targets"))
    with pytest.raises(NotThereError):
        theirs.one("figures/1/derivation", {})


def test_an_account_without_rights_reads_nothing() -> None:
    Account.objects.create(username="nobody")
    source = account_source("nobody", reading)
    with pytest.raises(NotPermittedError):
        list(source.rows("targets"))


def test_a_closed_account_opens_nothing() -> None:
    Account.objects.create(username="gone", is_active=False)
    with pytest.raises(LookupError):
        account_source("gone", reading)
