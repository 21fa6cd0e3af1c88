"""From where people come, behind a proxy and without one."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from shuiheng.web.visitor import visitor_of


def _address(forwarded: str | None) -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return visitor_of(RequestFactory(REMOTE_ADDR="10.9.9.9").get("/", headers=headers)).address


@pytest.mark.parametrize("told", [None, "1.2.3.4", "1.2.3.4, 5.6.7.8"])
def test_without_a_trusted_proxy_nobody_is_believed(told: str | None) -> None:
    assert _address(told) == "10.9.9.9"


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("5.6.7.8", "5.6.7.8"),
        ("1.2.3.4, 5.6.7.8", "5.6.7.8"),
        ("5.6.7.8, 2001:db8::1", "2001:db8::1"),
        ("1.2.3.4, <script>", "10.9.9.9"),
        ("", "10.9.9.9"),
        (None, "10.9.9.9"),
    ],
)
def test_a_trusted_proxy_is_believed_for_the_last_address_only(
    settings: Settings, told: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = 1
    assert _address(told) == address


def test_the_name_of_a_browser_is_cut() -> None:
    request = RequestFactory().get("/", headers={"User-Agent": "x" * 999})
    assert len(visitor_of(request).device) == 200
