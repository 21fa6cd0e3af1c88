"""The words of an identity error are for the log."""

from __future__ import annotations

from shuiheng.adapters.identity.errors import IdentityError


def test_an_error_says_what_did_not_fit() -> None:
    assert str(IdentityError("the state is not the one that was sent")).startswith("the state")
