"""A city with schemes, and browsers of those who work on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from services.awards.made_up import City, city  # noqa: F401  used by name
from shuiheng.adapters.records.models import Account

Browser = Callable[[Account], Client]


@pytest.fixture
def browser() -> Browser:
    """Return a browser in which an account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return signed_in
