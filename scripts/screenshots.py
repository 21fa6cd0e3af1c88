"""Take pictures of the main pages of a demo site, at a desk's and at a phone's width.

Usage: scripts/screenshots.py OUT_DIR
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from journeys.serving import ARGUMENTS, CHROMIUM, free_port, wait_for_answer

WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
START_SECONDS = 600
PAGES = {
    "home": "/",
    "plans": "/plans/",
    "tasks": "/tasks/",
    "tasks-by-deadline": "/tasks/?by=deadline",
    "targets": "/targets/",
    "duties": "/duties/?year=2026",
    "units": "/units/",
    "findings": "/findings/",
    "align": "/compare/?way=align",
    "upload": "/upload/",
    "search": "/search/?q=水务",
    "search-nothing": "/search/?q=航天",
    "not-found": "/nowhere/",
}
ENGLISH = ("home", "targets", "findings")


def main(out: Path) -> int:
    """Start a demo site with a state of its own, take the pictures, stop it."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        port = free_port()
        log = Path(state) / "demo.log"
        environment = {**os.environ, "SHUIHENG_STATE": state, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "shuiheng.cli.main", "demo", "run", "--port", str(port)]
        with log.open("wb") as lines:
            site = subprocess.Popen(command, env=environment, stdout=lines, stderr=lines)
        try:
            wait_for_answer(f"http://127.0.0.1:{port}/login/", site, seconds=START_SECONDS)
            password = re.findall(r"^  officer +(\S+)$", log.read_text("utf-8"), re.MULTILINE)[-1]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
                for width in WIDTHS:
                    _take(browser, out, width, f"http://127.0.0.1:{port}", password)
                browser.close()
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait()
    return 0


def _take(browser: Browser, out: Path, width: str, address: str, password: str) -> None:
    across, down = WIDTHS[width]
    size = {"width": across, "height": down}
    context = browser.new_context(viewport=size, base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/login/")
    page.screenshot(path=out / f"login-{width}.png")
    page.fill("[name=username]", "officer")
    page.fill("[name=password]", password)
    page.click("button.primary")
    page.wait_for_selector("ul.tally")
    for name, path in _addresses(page).items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=out / f"{name}-{width}.png", full_page=name != "reading")
    _reading(page, out, width)
    if width == "desk":
        page.goto("/tasks/")
        page.pdf(path=out / "tasks-print.pdf", prefer_css_page_size=True)
    context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    for name in ENGLISH:
        page.goto(PAGES[name])
        page.wait_for_load_state("networkidle")
        page.screenshot(path=out / f"{name}-english-{width}.png", full_page=True)
    context.close()


def _addresses(page: Page) -> dict[str, str]:
    """Return the pages with those whose address depends on the plans that are loaded."""
    page.goto("/plans/")
    plan = page.locator("tr", has_text="示例市").locator("a").first.get_attribute("href") or "/plans/"
    slug = plan.strip("/").split("/")[-1]
    page.goto("/units/")
    unit = page.locator("table.list tbody a").first.get_attribute("href") or "/units/"
    compare = f"/compare/?old={slug}:1&new={slug}:2"
    align = f"/compare/?old=rulebook:cn_national_2019&new={slug}:2"
    return PAGES | {
        "plan": plan,
        "unit": unit,
        "compare": compare,
        "align": align,
        "reading": f"/plans/{slug}/1/",
    }


def _reading(page: Page, out: Path, width: str) -> None:
    """Take the reading page with an item lit, and with its form open."""
    page.goto(_addresses(page)["reading"])
    page.wait_for_load_state("networkidle")
    if width == "phone":
        page.click("[data-pane=cards]")
    else:
        page.keyboard.press("j")
        page.wait_for_selector(".card.lit")
    page.screenshot(path=out / f"reading-items-{width}.png")
    page.locator(".tab[data-tab=targets]").click()
    page.wait_for_selector("#cards[data-tab=targets] .card")
    page.locator("#cards .card [data-act=correct]").first.click()
    page.wait_for_selector("form.editing")
    page.screenshot(path=out / f"reading-form-{width}.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1])))
