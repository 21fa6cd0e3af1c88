"""People at one site, each with a browser of their own, and what they look at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from journeys.serving import ARGUMENTS, CHROMIUM
from journeys.site import Site, running_site

WAIT = 300_000  # a bound against hanging for ever; what is waited for is a state of the page
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOTS = os.environ.get("SHUIHENG_SHOTS", "")
MAKE_PEOPLE = """
import json, sys, django
django.setup()
from shuiheng.adapters.records.models import Organisation, Role
from shuiheng.services.create_first_users import ensure_user
made = {}
for username, name, unit, role in json.loads(sys.argv[1]):
    held = Organisation.objects.get(name=unit)
    made[username] = ensure_user(username, display_name=name, roles=((held, Role(role)),))[1]
print(json.dumps(made))
"""


@dataclass
class People:
    """Everybody who works at one site."""

    site: Site
    state: Path
    browser: Browser
    passwords: dict[str, str]
    around: Mapping[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    _pages: dict[str, Page] = field(default_factory=dict)

    def join(self, *rows: tuple[str, str, str, str]) -> None:
        """Make accounts: name, shown name, unit, role of each."""
        self.passwords |= json.loads(self.at_the_site(MAKE_PEOPLE, json.dumps(rows)))

    def at_the_site(self, program: str, *words: str) -> str:
        """Run a program in the environment of the site, and return what it says."""
        environment = {**os.environ, "SHUIHENG_STATE": str(self.state), "SHUIHENG_POLICY": "demo"}
        environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"} | dict(self.around)
        environment.pop("SHUIHENG_DATABASE_URL", None)
        command = [sys.executable, "-c", program, *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def leave(self) -> None:
        """Close the browser of everybody; who is asked for next signs in again."""
        for page in self._pages.values():
            page.context.close()
        self._pages.clear()

    def page(self, username: str) -> Page:
        """Return the browser page of a person, who signs in when it is asked for the first time."""
        if username not in self._pages:
            page = self.browser.new_context(
                viewport=WIDE, base_url=self.site.address, locale="zh-CN"
            ).new_page()
            page.set_default_timeout(WAIT)
            page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
            page.on("response", self._note)
            page.goto("/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", self.passwords[username])
            page.click("button.primary")
            page.wait_for_selector("header.top")
            self._pages[username] = page
        return self._pages[username]

    def _note(self, response: object) -> None:
        status, url = response.status, response.url  # type: ignore[attr-defined]  # playwright's Response
        if status >= 500:
            self.errors.append(f"{url}: {status}")


WIDTH = "document.documentElement && document.documentElement.scrollWidth"


@contextmanager
def people_at_work(state: Path, *, around: Mapping[str, str] | None = None) -> Iterator[People]:
    """Serve a new installation and open a browser; a script error or a failed answer fails it."""
    with running_site(state, around=around) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        people = People(site, state, browser, {"officer": site.password}, around or {})
        yield people
        browser.close()
        assert not people.errors


def look(page: Page, name: str) -> None:
    """Say that a page fits a phone; keep pictures of it when SHUIHENG_SHOTS names a folder."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict of the right shape
        if size is NARROW:
            page.wait_for_load_state()
            wide = int(page.wait_for_function(WIDTH).json_value())  # a page that just goes has none
            assert wide <= NARROW["width"], f"{page.url} is {wide} px wide on a phone"
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}_{size['width']}.png", full_page=True)
