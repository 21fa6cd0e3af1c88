"""A city with statistics, and somebody of its office who looks at pictures."""

from __future__ import annotations

import pytest

from pictured_city import PicturedCity, pictured_city
from shuiheng.adapters.records.models import Account


@pytest.fixture
def city(officer: Account) -> PicturedCity:
    """The city; nothing is known of it yet."""
    return pictured_city()
