"""Every address, found from the URL table, answers with the headers that keep a browser safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from shuiheng.adapters.records.models import PlanVersion

FILLING = {"int": "1", "slug": "word", "str": "word", "path": "word", "uuid": "0" * 32}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LEAST_PAGES = {"GET": 40, "POST": 0}  # addresses filled with what names nothing, and mostly only read
POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
pytestmark = pytest.mark.any_database("headers are set before and after the database is asked")


def _paths(patterns: Sequence[URLPattern | URLResolver] | None = None, head: str = "/") -> Iterator[str]:
    """Yield an address for every route, its blanks filled with what names nothing."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        path = head + str(each.pattern).lstrip("^").removesuffix("$")
        for name, converter in each.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            kind = {"string": "str"}.get(kind, kind)
            path = path.replace(f"<{kind}:{name}>", FILLING[kind]).replace(f"<{name}>", FILLING["str"])
        if isinstance(each, URLResolver):
            yield from _paths(each.url_patterns, path)
        else:
            yield path


def _faults(response: Any) -> list[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    found = [part for part in POLICY if part not in policy]
    found += ["unsafe" for word in ("unsafe-inline", "unsafe-eval") if word in policy]
    found += [name for name, value in HEADERS.items() if response.headers.get(name) != value]
    return found + (["Permissions-Policy"] if not response.headers.get("Permissions-Policy") else [])


def test_the_walk_finds_more_routes_than_anybody_lists_by_hand() -> None:
    paths = list(_paths())
    assert len(paths) > 90 and not [path for path in paths if "<" in path]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_route_answers_without_the_headers_or_keeps_a_page_of_an_officer_in_a_cache(
    office: Client, published: PlanVersion, method: str
) -> None:
    faults, pages = {}, 0
    for path in _paths():
        for who, browser in (("stranger", Client()), ("officer", office)):
            if path == "/logout/" and who == "officer":
                continue
            response = browser.generic(method, path)
            found = _faults(response)
            if who == "officer" and _is_page(response):
                pages += 1
                found += ["Cache-Control"] if "no-store" not in response.headers["Cache-Control"] else []
            if found:
                faults[who, path, response.status_code] = found
    assert not faults
    assert pages > LEAST_PAGES[method]


def _is_page(response: Any) -> bool:
    is_html = str(response.headers.get("Content-Type", "")).startswith("text/html")
    return is_html and response.status_code == 200


def test_the_cookies_of_a_session_are_closed_to_scripts_and_other_sites(client: Client, db: None) -> None:
    client.get("/login/")
    client.post("/login/with/none/")
    for name, cookie in client.cookies.items():
        assert cookie["samesite"] == "Lax", name
        assert name == "csrf" or cookie["httponly"], name
