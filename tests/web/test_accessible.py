"""Every kind of page keeps WCAG 2.2 AA, as far as a program can see: axe finds nothing on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from access.world import make_city
from journeys.axe import violations
from journeys.serving import ARGUMENTS, CHROMIUM
from journeys.site import needs_chromium
from places import PACKAGE
from web.addresses import UNIT, Visitors
from web.page_costs import asked_paths

SITE, LEAST_PAGES, LEAST_PLACES = "http://site.test", 100, 40
STATIC = PACKAGE / "web" / "static"


def _pages() -> dict[str, str]:
    """Return the text of every page of a city with a row in every table, by its address."""
    found = {}
    for path, who in asked_paths(Visitors(make_city("a", "青禾市", units=UNIT))):
        answer = who.get(path)
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        answer.close()
        if text.startswith("<!doctype html>"):  # what is put into a page is looked at with the page
            found[path] = text
    return found


def _answer(route: Route, pages: dict[str, str]) -> None:
    asked = urlsplit(route.request.url)
    path = unquote(asked.path + (f"?{asked.query}" if asked.query else ""))
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        return
    kept: Path = STATIC / asked.path.removeprefix("/static/")
    if kept.is_file():
        route.fulfill(path=kept)
    else:
        route.abort()


def _first_of_each(pages: dict[str, str]) -> list[str]:
    """Return one page of each place of the site, the one with the most in it."""
    places: dict[str, str] = {}
    for path, text in pages.items():
        place = path.split("/")[1]
        if place not in places or len(text) > len(pages[places[place]]):
            places[place] = path
    return list(places.values())


def _hold(pages: dict[str, str], paths: Iterable[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route("**/*", lambda route: _answer(route, pages))
        found = {}
        for path in paths:
            page.goto(SITE + path)
            if wrong := violations(page):
                found[path] = wrong
        browser.close()
    assert not found, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)


@pytest.mark.browser
@needs_chromium
@pytest.mark.any_database("what a page looks like is that of the code")
def test_axe_finds_nothing_on_the_fullest_page_of_each_place(db: None) -> None:
    pages = _pages()
    chosen = _first_of_each(pages)
    assert len(pages) > LEAST_PAGES and len(chosen) > LEAST_PLACES
    _hold(pages, chosen)


@pytest.mark.nightly
@pytest.mark.browser
@needs_chromium
@pytest.mark.any_database("what a page looks like is that of the code")
def test_axe_finds_nothing_on_any_kind_of_page(db: None) -> None:
    pages = _pages()
    _hold(pages, pages)
