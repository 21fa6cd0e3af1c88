"""The nouns of this room."""

from __future__ import annotations

from allowances.made import ACCOUNT
from shuiheng.allowances.model import Account


def test_an_account_is_named_by_user_source_and_year() -> None:
    assert str(ACCOUNT) == "u1/s1/2027"


def test_each_source_of_a_user_has_its_own_account() -> None:
    other = Account(user="u1", source="s2", year=2027)
    assert other != ACCOUNT and sorted([other, ACCOUNT]) == [ACCOUNT, other]
