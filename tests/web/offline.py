"""Answers that were kept beforehand, shown in a browser that reaches nothing else.

Django refuses its database to whoever runs beside an event loop, as a browser does; so the pages are made
first, and each address of the site answers with what was kept for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from journeys.people import WIDE
from journeys.serving import ARGUMENTS, CHROMIUM
from places import PACKAGE

SITE = "http://site.test"
STATIC = PACKAGE / "web" / "static"
NOT_PASSED_ON = {"content-length", "content-encoding", "set-cookie", "vary"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What an address answers."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


def keep(client: Client, path: str) -> Kept:
    """Return what an address answers to somebody, with its headers."""
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]  # not asynchronous
    answer.close()
    headers = {name: value for name, value in answer.items() if name.lower() not in NOT_PASSED_ON}
    return Kept(body=body, status=answer.status_code, headers=headers)


@contextmanager
def offline_page(kept: Mapping[str, Kept]) -> Iterator[Page]:
    """Open a browser for which the site is what is kept when it asks; an error of a script fails."""
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page(viewport=WIDE, locale="zh-CN")  # type: ignore[arg-type]  # of the right shape
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.route("**/*", lambda route: _answer(route, kept))
        yield page
        browser.close()
    assert not errors


def _answer(route: Route, kept: Mapping[str, Kept]) -> None:
    asked = urlsplit(route.request.url)
    found = kept.get(unquote(asked.path + (f"?{asked.query}" if asked.query else "")))
    static: Path = STATIC / asked.path.removeprefix("/static/")
    if found is not None:
        route.fulfill(status=found.status, body=found.body, headers=dict(found.headers))
    elif asked.path.startswith("/static/") and static.is_file():
        route.fulfill(path=static)
    else:
        route.abort()
