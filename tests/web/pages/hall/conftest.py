"""A city with statistics, and the head of its office, who may issue addresses of screens."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from office import make_account
from pictured_city import PicturedCity, pictured_city
from shuiheng.adapters.records.models import Account, Role


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def city(db: None) -> PicturedCity:
    """The city; nothing is known of it yet."""
    return pictured_city()


@pytest.fixture
def leader(db: None) -> Account:
    """The head of the office."""
    return make_account("zhao", Role.OFFICE_LEADER, display_name="赵主任")


@pytest.fixture
def head(client: Client, leader: Account) -> Client:
    """The browser of the head of the office."""
    client.force_login(leader)
    return client
