"""Checks of the settings that Django makes before it serves anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

from shuiheng.adapters.rulebook.sign_in_policy import sign_in_policies

DEMO = "demo"


@register(Tags.security)
def policy_exists(app_configs: Any, **_more: Any) -> Sequence[CheckMessage]:
    """Refuse a profile that the rulebook does not know."""
    if settings.SIGN_IN_POLICY in sign_in_policies():
        return []
    known = ", ".join(sign_in_policies())
    return [Error(f"SHUIHENG_POLICY is none of {known}.", hint="Set it to djbh or asvs.", id="shuiheng.E001")]


@register(Tags.security, deploy=True)
def policy_is_strict(app_configs: Any, **_more: Any) -> Sequence[CheckMessage]:
    """Warn of the profile of the demo."""
    if settings.SIGN_IN_POLICY == DEMO:
        return [
            checks.Warning(
                "SHUIHENG_POLICY is demo, without second factor.", hint="Unset it.", id="shuiheng.W001"
            )
        ]
    return []
