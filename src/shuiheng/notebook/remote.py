"""Reads from a site over HTTP with the token of an account."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from shuiheng.notebook.source import NOTHING, Json, Query

SECONDS, AT_ONCE = 60, 200


class SiteError(RuntimeError):
    """A site did not answer what was asked: what it said, and what can be done about it.

    Args:
        status: Status of its answer, 0 when there was none.
        code: Its code for the error; empty when it gave none.
        words: What it said.
    """

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words if not code else f"{words} ({code})")
        self.status, self.code = status, code


class _StayHere(HTTPRedirectHandler):
    """Follows no redirection: the token of a request would go along to whatever host it names."""

    def redirect_request(self, *asked: Any, **named: Any) -> None:
        """Refuse, and say where the site sends readers."""
        _request, body, status, _words, _headers, elsewhere = asked
        body.close()
        raise SiteError(status, "", f"the site sends readers to {elsewhere}: open that address itself")


def fetched(request: Request) -> bytes:
    """Return what a site answers.

    Raises:
        SiteError: It refuses, sends elsewhere, or cannot be reached.
    """
    try:
        with build_opener(_StayHere).open(request, timeout=SECONDS) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        with error:
            raise _refused(error) from None  # the request in it holds the token
    except URLError as error:
        raise SiteError(0, "", f"the site cannot be reached: {error.reason}") from None


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
        """Return one answer.

        Raises:
            SiteError: The site refuses, cannot be reached, or is no site of this program.
        """
        address = f"{self.address.rstrip('/')}/api/v1/{what}"
        asked = f"{address}?{urlencode(query, doseq=True)}" if query else address
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        answer = self.fetch(Request(asked, headers=headers))  # noqa: S310  the address was checked
        try:
            found: Json = json.loads(answer)
        except ValueError:
            raise SiteError(HTTPStatus.OK, "", f"{self.address} is no site of this program") from None
        return found


def _refused(error: HTTPError) -> SiteError:
    """Return a refusal in the words of the site, else by its status."""
    try:
        said = json.loads(error.read())
        words = f"{said['message']} {said['remedy']}".strip()
        return SiteError(error.code, str(said["code"]), words)
    except (ValueError, KeyError, TypeError):
        return SiteError(error.code, "", f"the site answered {error.code} {error.reason}")
