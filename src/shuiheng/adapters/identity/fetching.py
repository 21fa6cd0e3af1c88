"""Asking a provider over HTTP: no redirects, a time limit, a size limit, TLS."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from shuiheng.adapters.identity.errors import IdentityError

SECONDS = 10
MOST_BYTES = 512 * 1024


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        """Follow nothing: a provider answers itself."""
        return


def fetch(address: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = {}) -> bytes:
    """Return what an address of a provider answers; with a form it is posted.

    Raises:
        IdentityError: It is not asked over TLS, does not answer in time, or too much.
    """
    check_address(address)
    body = urlencode(form).encode("ascii") if form is not None else None
    request = Request(address, data=body, headers=dict(headers))  # noqa: S310  checked above
    opener = build_opener(_NoRedirect, ProxyHandler({}))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            content: bytes = response.read(MOST_BYTES + 1)
    except (URLError, HTTPException, OSError) as error:
        raise IdentityError(f"{address} does not answer: {error}") from error
    if len(content) > MOST_BYTES:
        raise IdentityError(f"{address} answers too much")
    return content


def fetch_json(
    address: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] = {}
) -> dict[str, Any]:
    """Return the JSON object that an address answers.

    Raises:
        IdentityError: As `fetch`, or it is no JSON object.
    """
    try:
        answer = json.loads(fetch(address, form=form, headers={"Accept": "application/json", **headers}))
    except ValueError as error:
        raise IdentityError(f"{address} answers no JSON") from error
    if not isinstance(answer, dict):
        raise IdentityError(f"{address} answers no object")
    return answer


def check_address(address: str) -> None:
    """Refuse an address that is not asked over TLS, unless it is this machine's own.

    Raises:
        IdentityError: It is neither.
    """
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname and _is_own_machine(parts.hostname):
        return
    raise IdentityError(f"{address} is not asked over TLS")


def _is_own_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
