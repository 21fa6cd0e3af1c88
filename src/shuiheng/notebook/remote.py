"""Reads from a site over HTTP with the token of an account."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from shuiheng.notebook.source import NOTHING, Json, Query

SECONDS, AT_ONCE = 60, 200


def fetched(request: Request) -> bytes:
    """Return what a site answers.

    Raises:
        urllib.error.HTTPError: The site refuses; 404 stands for what is not there or not allowed.
    """
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  the address was checked to be http(s)
        return bytes(answer.read())


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteSource:
    """A site, read through its interface for programs.

    Args:
        address: Address of the site.
        token: Token of the account whose rights hold.
        fetch: How a request is sent.
    """

    address: str
    token: str
    fetch: Callable[[Request], bytes] = fetched

    def __repr__(self) -> str:
        return f"RemoteSource({self.address})"  # a notebook is passed on; the token is not

    def rows(self, what: str, query: Query = NOTHING) -> Iterator[Json]:
        """Return all rows of a list, page by page."""
        cursor: int | None = 0
        while cursor is not None:
            page = self.one(what, {**query, "limit": AT_ONCE, "cursor": cursor})
            yield from page["items"]
            cursor = page["next_cursor"]

    def one(self, what: str, query: Query) -> Json:
        """Return one answer."""
        address = f"{self.address.rstrip('/')}/api/v1/{what}"
        asked = f"{address}?{urlencode(query, doseq=True)}" if query else address
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        found: Json = json.loads(self.fetch(Request(asked, headers=headers)))  # noqa: S310  http(s) only
        return found
