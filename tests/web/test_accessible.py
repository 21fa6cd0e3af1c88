"""Every kind of page keeps WCAG 2.2 AA as far as a program sees, and fits a desk and a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from access.world import make_city
from journeys.axe import violations
from journeys.people import NARROW, WIDE, WIDTH
from journeys.site import needs_chromium
from web.addresses import UNIT, Visitors
from web.offline import SITE, Kept, keep, offline_page
from web.page_costs import asked_paths

LEAST_PAGES, LEAST_PLACES = 100, 40
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def _pages() -> dict[str, Kept]:
    """Return the answer of every page of a city with a row in every table, by its address."""
    found = {
        path: keep(who, path) for path, who in asked_paths(Visitors(make_city("a", "青禾市", units=UNIT)))
    }
    # what is put into a page is looked at with the page
    return {path: each for path, each in found.items() if each.body.startswith(b"<!doctype html>")}


def _first_of_each(pages: Mapping[str, Kept]) -> list[str]:
    """Return one page of each place of the site, the one with the most in it."""
    places: dict[str, str] = {}
    for path, each in pages.items():
        place = path.split("/")[1]
        if place not in places or len(each.body) > len(pages[places[place]].body):
            places[place] = path
    return list(places.values())


def _hold(pages: Mapping[str, Kept], paths: Iterable[str]) -> None:
    """Say that nothing is wrong on pages and that none is wider than the screen, on a desk and on a phone."""
    found: list[str] = []
    with offline_page(pages) as page:
        for path in paths:
            page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dict of the right shape
            page.goto(SITE + path)
            for size in (WIDE, NARROW):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                at = f"{path} at {size['width']} px"
                page.evaluate(SETTLED)
                wide = page.evaluate(WIDTH)
                found += [f"{at}: {wide} px wide"] if wide > size["width"] else []
                found += [f"{at}: {line}" for line in violations(page)]
    assert not found, "\n".join(found)


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
