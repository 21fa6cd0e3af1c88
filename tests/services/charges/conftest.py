"""A made-up city and its checked rules."""

from __future__ import annotations

import pytest

from services.charges.made_up import City, book, made_up_city, use_book
from shuiheng.adapters.records.models import Account


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> City:
    """A city whose rules are all checked."""
    use_book(monkeypatch, book())
    return made_up_city(officer)
