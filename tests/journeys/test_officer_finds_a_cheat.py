"""An officer finds a stuck meter and two cheats, looks at their hours, decides, and mends a reading."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from journeys.serving import ARGUMENTS, CHROMIUM
from journeys.site import Site, needs_chromium, running_site
from places import ROOT

WAIT = 90_000  # a bound against hanging for ever; what is waited for is a state of the page
NUMBERS = dict[str, tuple[int, str]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Site, NUMBERS]]:
    """A running site with three users of the fictitious city, and which of their meters has which fault."""
    state = tmp_path / "state"
    with running_site(state) as running:
        paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        environment = {**os.environ, "SHUIHENG_STATE": str(state), "PYTHONPATH": paths}
        for name in ("SHUIHENG_JOBS", "SHUIHENG_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "journeys.metered_city"]
        told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        lines = (line.split() for line in told.stdout.splitlines())
        yield running, {kind: (int(key), number) for kind, key, number in lines}


@pytest.fixture
def page(site: tuple[Site, NUMBERS]) -> Iterator[Page]:
    """A browser page of an officer who is logged in; a script error fails the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site[0].address)
        opened = context.new_page()
        opened.set_default_timeout(WAIT)
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on(
            "console",
            lambda message: errors.append(message.text) if "Content Security" in message.text else None,
        )
        opened.goto("/login/")
        opened.fill("[name=username]", "officer")
        opened.fill("[name=password]", site[0].password)
        opened.click("button.primary")
        opened.wait_for_selector("h1:has-text('工作概览')")
        yield opened
        browser.close()
        assert not errors


def _open_finding(page: Page, number: str, name: str) -> None:
    """Go from the quality board to a finding of a meter."""
    page.goto("/quality/")
    page.goto(f"/quality/findings/?q={number}")
    page.click(f"a:has-text('{number}') >> nth=0")
    page.click(".meter-tabs a:has-text('疑点')")
    page.wait_for_selector(f"article.finding:has-text('{name}')")


def _decide(page: Page, name: str, note: str, button: str) -> None:
    card = page.locator("article.finding", has_text=name).first
    card.locator("[name=note]").fill(note)
    card.locator(f"button:has-text('{button}')").click()
    page.wait_for_selector(".messages li")


def test_an_officer_finds_a_stuck_meter_and_two_cheats_and_mends_a_reading(
    page: Page, site: tuple[Site, NUMBERS]
) -> None:
    meters = site[1]

    _open_finding(page, meters["stuck"][1], "水表停走")
    page.locator("article.finding", has_text="水表停走").first.locator("a:has-text('热力图')").click()
    page.wait_for_selector("#heat canvas")
    assert page.locator("td.h-0").count() > 24  # whole days without a litre
    assert "未用水" in page.inner_text(".heat-legend")
    page.click(".meter-tabs a:has-text('疑点')")
    _decide(page, "水表停走", "现场表针不动，已通知换表", "确认属实")
    page.click("a:has-text('已处理')")
    assert "现场表针不动" in page.inner_text("main")

    _open_finding(page, meters["bypass"][1], "总分表差过大")
    _decide(page, "总分表差过大", "总表前有旁通管", "确认属实")

    _open_finding(page, meters["turned_back"][1], "读数倒退")
    page.locator("article.finding", has_text="读数倒退").first.locator("a:has-text('读数')").click()
    fell = page.locator("tr", has_text="读数倒退").first
    fell.locator("[name=at]").check()
    page.click("button:has-text('剔除')")
    page.click("button:has-text('看看会改变什么')")
    page.wait_for_selector("h2:has-text('确认后各月水量的变化')")
    page.fill("[name=reason]", "倒表当时的读数不作数，保留证据")
    page.click("button:has-text('确认修改')")
    page.wait_for_selector("#edits .s-published")  # the worker takes it in, the page asks by itself
    assert "倒表当时的读数不作数" in page.inner_text("#edits")
    page.fill("#edits [name=reason]", "证据已另存，恢复原读数")
    page.click("button:has-text('撤销这次修改')")
    page.wait_for_selector("#edits .state:has-text('已撤销')")
    page.click(".meter-tabs a:has-text('概况')")
    assert "实测" in page.inner_text("main")
