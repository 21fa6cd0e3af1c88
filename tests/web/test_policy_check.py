"""A wrong or too mild profile is said before anything is served."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from pytest_django import Settings


def _found(*, is_deployed: bool) -> set[str]:
    ids = {message.id for message in run_checks(tags=[Tags.security], include_deployment_checks=is_deployed)}
    return {each for each in ids if each and each.startswith("shuiheng")}


@pytest.mark.parametrize(
    ("profile", "found"),
    [("djbh", set()), ("asvs", set()), ("demo", {"shuiheng.W001"}), ("easy", {"shuiheng.E001"})],
)
def test_a_profile_is_known_and_strict_before_it_serves(
    settings: Settings, profile: str, found: set[str]
) -> None:
    settings.SIGN_IN_POLICY = profile
    assert _found(is_deployed=True) == found
    assert _found(is_deployed=False) == found - {"shuiheng.W001"}
