"""Every picture of the site is drawn, and goes out as PNG, as SVG and, with its numbers, as a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from journeys.site import needs_chromium
from metered_city import metered_city, settle
from office import the_office
from pictured_city import pictured_city
from shuiheng.adapters.records.models import KeptStanding, PlanVersion
from shuiheng.services.indicators.keep_standings import keep_standings
from web.offline import SITE, Kept, keep, offline_page

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
    pytest.mark.any_database("what a browser draws is that of the code"),
]
ON = date(2026, 6, 1)
WORKBOOK = re.compile(r'href="([^"]*xlsx[^"]*)"')
PNG, SVG = b"\x89PNG\r\n", "{http://www.w3.org/2000/svg}"
LEAST_BYTES = 4000  # an empty sheet of this size is smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A page with pictures: its address, its boxes, and what its first workbook tells."""

    path: str
    boxes: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Pages with pictures, and what their addresses and workbooks answer."""

    pages: list[Drawn]
    kept: dict[str, Kept]


@pytest.fixture
def site(office: Client, published: PlanVersion) -> Site:
    """A city with statistics, a metered user, and a plan whose target has a path and a value."""
    city = pictured_city()
    city.tell(city.place, use_total="300", surface_use="290", unconventional_use="20", gdp="7")
    city.tell(city.districts[0], use_total="120", gdp="3")
    city.cap(4_000_000)
    city.tell(city.place, 2025, use_total="31000", unconventional_use="1", ecological_use="1")
    keep_standings(city.place, ON)
    target = KeptStanding.objects.get(target__metric__contains="用水总量", is_share=False)
    metered = metered_city(city.place, the_office(), "南湾区")
    settle(metered.meter(metered.user("青禾印染厂", metered.districts[0])), date(2025, 1, 1), 1_000_000)
    pages = [
        Drawn(path=reverse("dual_control") + "?year=2024", boxes=("caps", "levels"), told="东港区"),
        Drawn(path=reverse("district_figures") + "?year=2024", boxes=("ranks",), told="东港区"),
        Drawn(path=reverse("water_flow") + "?year=2024", boxes=("flow",), told="290"),
        Drawn(path=reverse("standing", args=[target.pk]), boxes=("trajectory",), told="2025-12-31"),
        Drawn(path=reverse("use") + "?from=2025-01&to=2025-01", boxes=("use-chart",), told="南湾区"),
        Drawn(path=reverse("targets"), boxes=("timeline",), told="用水总量"),
        Drawn(path=reverse("calendar") + "?year=2027", boxes=("year",), told="2027"),
    ]
    kept = {each.path: keep(office, each.path) for each in pages}
    for each in pages:
        for link in WORKBOOK.findall(kept[each.path].body.decode())[:1]:
            kept[unquote(unescape(link)).removesuffix("?")] = keep(office, unescape(link))
    return Site(pages=pages, kept=kept)


def _bytes(page: Page, click: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.click(click)
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def _boxes(page: Page, site: Site) -> Iterator[str]:
    for each in site.pages:
        page.goto(SITE + each.path)
        found = page.locator("[data-chart]").evaluate_all("all => all.map(box => box.id)")
        assert tuple(found) == each.boxes, each.path
        for box in found:
            page.wait_for_selector(f"#{box}[data-drawn=yes] canvas")
            yield box


def test_every_picture_goes_out_as_png(site: Site) -> None:
    with offline_page(site.kept) as page:
        for box in _boxes(page, site):
            name, file = _bytes(page, f"[data-export=png][data-of={box}]")
            assert name.endswith(".png") and file.startswith(PNG) and len(file) > LEAST_BYTES, box


def test_every_picture_goes_out_as_svg_with_its_words(site: Site) -> None:
    with offline_page(site.kept) as page:
        for box in _boxes(page, site):
            name, file = _bytes(page, f"[data-export=svg][data-of={box}]")
            drawing = ET.fromstring(file)  # noqa: S314  made here by the page under test
            assert name.endswith(".svg") and drawing.tag == f"{SVG}svg", box
            title = page.get_attribute(f"#{box}", "data-title")
            words = "".join(text for each in drawing.iter(f"{SVG}text") for text in each.itertext())
            assert title and title in words, box
            assert len(list(drawing.iter(f"{SVG}path"))) > 3, box


def test_the_numbers_of_every_picture_go_out_as_a_workbook(site: Site) -> None:
    with offline_page(site.kept) as page:
        for each in site.pages:
            page.goto(SITE + each.path)
            name, file = _bytes(page, "a[href*='xlsx'] >> nth=0")
            rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
            assert name.endswith(".xlsx"), each.path
            assert each.told in " ".join(str(cell) for row in rows for cell in row), each.path
