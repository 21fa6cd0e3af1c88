"""An officer finds who used how much, which meters fail, and sees the districts on a map."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from journeys.metered import settle_a_city
from journeys.people import People, look, people_at_work
from journeys.site import needs_chromium

DISTRICTS = ("东港区", "西岭区", "南湾区", "北塬县", "临泽区")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with people_at_work(tmp_path / "state") as found:
        settle_a_city(tmp_path / "state", *DISTRICTS)
        yield found


def _bytes(page: Page, click: str) -> bytes:
    with page.expect_download() as started:
        page.click(click)
    return Path(started.value.path()).read_bytes()


def test_an_officer_asks_who_used_how_much(people: People) -> None:
    page = people.page("officer")
    page.goto("/use/")
    page.wait_for_selector("#use-chart canvas")
    assert page.locator("table.stack tbody tr").count() == len(DISTRICTS) + 1
    assert page.locator("table.stack tbody tr", has_text="西岭区").locator("text=/缺 [0-9]/").count() > 0
    look(page, "use_district")
    with page.expect_navigation():
        page.select_option("select[name=step]", "quarter")
    assert page.locator("td.nowrap", has_text="2025 Q3").count() == 1
    page.click("table.stack >> text=东港区")
    page.wait_for_selector("table.stack >> text=东港印染厂")
    look(page, "use_users")
    assert _bytes(page, "[data-export=png]").startswith(b"\x89PNG")
    assert b"<svg" in _bytes(page, "[data-export=svg]")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(page, "text=导出工作簿"))).get_sheet_by_index(0)
    assert {row[0] for row in rows.to_python()[1:5]} == {"东港印染厂", "东港医院", "东港中学", "东港化肥厂"}
    page.goto("/use/?by=section&from=2025-01&to=2025-12")
    assert page.locator("table.stack >> text=制造业").count() == 1
    look(page, "use_section")


def test_an_officer_goes_from_the_board_to_a_meter_and_to_the_map(people: People) -> None:
    page = people.page("officer")
    page.goto("/quality/")
    look(page, "quality")
    page.click("table.list tr:has-text('读数中断') td.num >> nth=0 >> a")
    page.wait_for_selector("h1:has-text('计量疑点')")
    assert page.locator("table.stack tbody tr").count() == 1
    look(page, "meter_findings")
    page.click("table.stack tbody a")
    page.wait_for_selector("h1:has-text('计量点')")
    page.goto("/map/")
    look(page, "map_tiles")
    page.goto("/map/outlines/")
    look(page, "outlines")
    page.set_input_files(
        "[name=file]", {"name": "界线.geojson", "mimeType": "application/json", "buffer": _outlines()}
    )
    page.fill("[name=origin]", "市自然资源局，2024 年")
    page.fill("[name=approval_number]", "豫S（2024）0123号")
    page.click("text=上传并启用")
    page.wait_for_selector("#map-chart[data-drawn=yes] canvas")
    look(page, "map_outlines")
    assert _bytes(page, "[data-export=png][data-of=map-chart]").startswith(b"\x89PNG")


def _outlines() -> bytes:
    """Return five districts that touch each other; the last has a hole."""
    features = []
    for place, name in enumerate(DISTRICTS):
        east, north = 113.0 + 0.3 * (place % 3), 34.0 + 0.25 * (place // 3)
        ring = [
            [east, north],
            [east + 0.3, north + 0.03],
            [east + 0.3, north + 0.25],
            [east, north + 0.25],
            [east, north],
        ]
        hole = [
            [east + 0.1, north + 0.1],
            [east + 0.15, north + 0.1],
            [east + 0.15, north + 0.15],
            [east + 0.1, north + 0.1],
        ]
        rings = [ring, hole] if place == len(DISTRICTS) - 1 else [ring]
        geometry = {"type": "Polygon", "coordinates": rings}
        features.append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
