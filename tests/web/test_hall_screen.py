"""The screen in a hall renews itself, says when it cannot, and keeps showing what it has."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import expect

from journeys.site import needs_chromium
from pictured_city import PicturedCity, pictured_city
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.web.pages.hall.shown import hall_content
from web.offline import SITE, Kept, offline_page

ON, PATH, BROKEN, GONE = date(2026, 6, 1), "/hall/token/", 503, 404
STALE = "更新中断，显示的是较早的数据"


def _screen(city: PicturedCity) -> Kept:
    around = {"is_still": False, "shown_at": timezone.now(), "LANG": "zh-hans"}
    return Kept(body=render_to_string("hall/screen.html", hall_content(city.place, ON) | around).encode())


@pytest.mark.browser
@needs_chromium
@pytest.mark.any_database("what a browser does with a page is that of the code")
def test_a_screen_renews_itself_and_says_when_its_data_are_old(db: None) -> None:
    city, every = pictured_city(), hall_policy().refresh_seconds * 1000
    city.tell(city.place, use_total="300", unconventional_use="0", gdp="7")
    city.cap(4_000_000)
    before = _screen(city)
    city.tell(city.districts[0], use_total="120", unconventional_use="0", gdp="3")
    after = _screen(city)
    gone = Kept(body="<!doctype html><title>x</title><h1>没有这个地址</h1>".encode(), status=GONE)
    kept = {PATH: before}
    with offline_page(kept) as page:
        page.clock.install()
        page.goto(SITE + PATH)
        tiles, stale = page.locator(".h-tiles"), page.locator(".h-stale")
        page.wait_for_selector("#hall-caps[data-drawn=yes] canvas")
        expect(tiles).not_to_contain_text("40")
        expect(stale).to_be_hidden()
        kept[PATH] = after
        page.clock.run_for(every)
        expect(tiles).to_contain_text("40")  # 120 万m³ for 3 亿元: 40 m³ for 万元
        page.wait_for_selector("#hall-caps[data-drawn=yes] canvas")
        expect(stale).to_be_hidden()
        for answer in (Kept(body=b"", status=BROKEN), Kept(body=b"<!doctype html><p>proxy</p>"), None):
            kept.pop(PATH) if answer is None else kept.update({PATH: answer})
            page.clock.run_for(every)
            expect(stale).to_have_text(STALE)
            expect(stale).to_be_visible()
            expect(tiles).to_contain_text("40")
            kept[PATH] = after
            page.clock.run_for(every)
            expect(stale).to_be_hidden()
        kept[PATH] = gone
        page.clock.run_for(every)
        expect(page.locator("h1")).to_have_text("没有这个地址")
