"""An enterprise files a month from a phone of 390 px: told at once what is wrong, a photo, a receipt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from filing import PHOTO
from journeys.people import NARROW, WIDTH, People, look, people_at_work
from journeys.site import needs_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
MOST_ACTIONS = 8
SETTLE = """
import json, django
django.setup()
from django.utils import timezone
from shuiheng.adapters.records.models import Account
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import demo_register_m3, settle_demo_filing
from shuiheng.services.readings.filing_months import open_months
officer = Account.objects.get(username="officer")
city = officer.memberships.get().organisation.place
settle_demo_ledger(officer, city)
made = settle_demo_filing(city)
month = open_months(timezone.localdate())[0].month
registers = {number: demo_register_m3(number, month) for number in ("YR-01", "YR-02", "YR-03")}
print(json.dumps({"passwords": made, "registers": registers, "month": f"{month:%Y-%m}"}))
"""


@dataclass
class Hand:
    """Whoever holds the phone; counts what it does."""

    page: Page
    done: list[str] = field(default_factory=list)

    def fill(self, where: str, words: str) -> None:
        """Type into a field and leave it."""
        self.page.fill(where, words)
        self.page.locator(where).dispatch_event("change")
        self.done.append(f"fill {where}")

    def tap(self, where: str) -> None:
        """Tap a button."""
        self.page.click(where)
        self.done.append(f"tap {where}")

    def photograph(self, where: str, file: Path) -> None:
        """Take a photo."""
        self.page.set_input_files(where, str(file))
        self.done.append(f"photo {where}")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with people_at_work(tmp_path_factory.mktemp("filing") / "state") as found:
        yield found


@pytest.fixture(scope="module")
def settled(people: People) -> dict[str, dict[str, str]]:
    """The made-up users with a year of readings, and the one who files."""
    environment = {**os.environ, "SHUIHENG_STATE": str(people.state), "SHUIHENG_POLICY": "demo"}
    environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "SHUIHENG_JOBS": "inline"}
    environment.pop("SHUIHENG_DATABASE_URL", None)
    made = subprocess.run(
        [sys.executable, "-c", SETTLE], env=environment, check=True, capture_output=True, text=True
    )
    found: dict[str, dict[str, str]] = json.loads(made.stdout.splitlines()[-1])
    people.passwords |= found["passwords"]
    return found


def _fits(page: Page) -> None:
    assert int(page.wait_for_function(WIDTH).json_value()) <= NARROW["width"]


def test_an_enterprise_files_a_month_on_a_phone_in_eight_actions(
    people: People, settled: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    photo = tmp_path / "表.png"
    photo.write_bytes(PHOTO)
    context = people.browser.new_context(
        viewport=NARROW,  # type: ignore[arg-type]  # a plain dict of the right shape
        base_url=people.site.address,
        locale="zh-CN",
        is_mobile=True,
        has_touch=True,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: people.errors.append(f"{page.url}: {error}"))
    page.goto("/login/")
    hand = Hand(page)
    hand.fill("[name=username]", "enterprise")
    hand.fill("[name=password]", people.passwords["enterprise"])
    hand.tap("button.primary")

    page.wait_for_selector(".filing-meter")  # the form is the first page
    _fits(page)
    keys = {
        section.locator("h2 [data-doc]").first.inner_text(): section.locator("h2").get_attribute("id") or ""
        for section in page.locator(".filing-meter").all()
    }
    field_of = {number: f"#register-{mark.split('-')[1]}" for number, mark in keys.items()}
    assert page.locator(".filing-beside dd").first.inner_text().strip()
    first = field_of["YR-01"]

    mistaken = Hand(page)
    mistaken.fill(first, "12")
    warned = page.locator(".filing-doubt").first
    warned.wait_for()
    assert "低于上次读数" in warned.inner_text()
    look_narrow(page, "filing_warned")

    for number, register in settled["registers"].items():
        hand.fill(field_of[number], str(register))
    page.reload()  # what was typed stays, and is looked at again
    page.locator(".filing-check .good").nth(2).wait_for()
    assert page.locator(".filing-doubt").count() == 0
    hand.photograph(".filing-photo input >> nth=0", photo)
    hand.tap(".filing-acts button")

    page.wait_for_selector("[data-receipt]")
    _fits(page)
    assert page.locator("[data-receipt]").inner_text().startswith(str(settled["month"]).replace("-", ""))
    assert len(hand.done) <= MOST_ACTIONS, hand.done
    page.reload()
    look_narrow(page, "filing_receipt")
    assert page.locator("a:has-text('照片')").count() == 1
    page.goto("/filing/")
    look_narrow(page, "filing_filed")
    context.close()


def look_narrow(page: Page, name: str) -> None:
    """Keep a picture of a phone's page, and of the same page at a desk."""
    look(page, name)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape


def test_the_office_sees_who_has_filed_and_who_has_not(
    people: People, settled: dict[str, dict[str, str]]
) -> None:
    page = people.page("officer")
    page.goto("/filings/")
    page.wait_for_selector("table.list")
    look(page, "filings")
    row = page.locator("table.list tbody tr", has_text="示例印染有限公司")
    assert "3/3" in row.inner_text()
    row.locator("a").click()
    page.wait_for_selector("[data-receipt]")
    look(page, "filed_month_of_office")
    page.goto("/filings/?state=missing")
    assert page.locator("table.list", has_text="示例印染有限公司").count() == 0
    page.click("text=提醒所选用水户")
    page.wait_for_selector("ul.messages li")
