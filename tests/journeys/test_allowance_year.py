"""The allowance year in a browser: a shortage is shared and published, a user on a phone asks for more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from journeys.people import NARROW, People, look, people_at_work
from journeys.site import needs_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("browser"),
    needs_chromium,
]
OFFICE, DECEMBER = "节约用水办公室", 12
SETTLE = """
import json, django
django.setup()
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances import demo_allowances
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import settle_demo_filing
officer, reviewer = (Account.objects.get(username=name) for name in ("officer", "reviewer"))
city = officer.memberships.get().organisation.place
settle_demo_ledger(officer, city)
made = settle_demo_filing(city)
demo_allowances._accept_rules(officer, reviewer, city)
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with people_at_work(tmp_path_factory.mktemp("allowances") / "state") as found:
        found.join(
            ("reviewer", "复核员", OFFICE, "office_reviewer"), ("leader", "负责人", OFFICE, "office_leader")
        )
        environment = {**os.environ, "SHUIHENG_STATE": str(found.state), "SHUIHENG_POLICY": "demo"}
        environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "SHUIHENG_JOBS": "inline"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        made = subprocess.run(
            [sys.executable, "-c", SETTLE], env=environment, check=True, capture_output=True, text=True
        )
        found.passwords |= json.loads(made.stdout.splitlines()[-1])
        yield found


def _until(page: Page, words: str) -> None:
    """Load a page again until a job has brought it so far."""
    while page.locator(f"h1 + .badge:has-text('{words}')").count() == 0:
        page.wait_for_timeout(500)
        page.reload()


def test_a_year_from_the_cap_to_the_answer(people: People, tmp_path: Path) -> None:
    today = datetime.now(tz=UTC).date()
    officer = people.page("officer")
    officer.goto(f"/allowances/caps/?year={today.year}")
    officer.select_option("select[name=use_class]", "industry")
    officer.fill("input[name=volume]", "50")
    officer.fill("input[name=basis]", "测试〔2025〕8号")
    officer.click("form[action$='/caps/set/'] button.primary")
    officer.wait_for_selector("text=500,000")
    look(officer, "allowance_caps")

    officer.goto("/allowances/")
    officer.select_option("form[action$='/open/'] select[name=year]", str(today.year))
    officer.click("form[action$='/open/'] button.primary")
    officer.click("form[action$='/compute/'] button")
    _until(officer, "已核定")
    assert "缺口" in officer.locator("main").inner_text()
    look(officer, "allowance_round")
    round_page = officer.url

    reviewer = people.page("reviewer")
    reviewer.goto(round_page)
    reviewer.click("text=复核通过")
    leader = people.page("leader")
    leader.goto(round_page)
    leader.fill("input[name=mark]", "示节计")
    if leader.locator("input[name=with_unchecked]").count():
        leader.check("input[name=with_unchecked]")
    leader.click("text=下达并生成通知书")
    _until(leader, "已下达")
    leader.wait_for_selector("text=下载结果")
    look(leader, "allowance_published")

    phone = people.page("enterprise")
    phone.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    phone.goto("/allowances/")
    phone.click("text=各月指标与申请")
    phone.click("text=签收通知")
    phone.wait_for_selector("text=尚未签收", state="detached")
    if today.month < DECEMBER:
        _balance(phone, today.month)
    _ask_for_more(phone, tmp_path / "订单.txt")
    phone.wait_for_selector("text=待答复")
    look(phone, "allowance_of_user")

    reviewer.goto("/allowances/applications/")
    look(reviewer, "allowance_applications")
    reviewer.fill("form[action$='/decide/'] [name=reason]", "同意")
    reviewer.click("form[action$='/decide/'] button[value=approve]")
    reviewer.wait_for_selector("text=没有这样的申请")
    phone.reload()
    phone.wait_for_selector(".badge:has-text('已批准') >> nth=1")
    assert "+8,000" in phone.locator("main").inner_text()


def _balance(phone: Page, month: int) -> None:
    """Move 500 m³ from this month into the last one; the page says when the sum is off."""
    phone.click("summary:has-text('月间调剂')")
    form = phone.locator("form[action$='/balance/']")
    now, last = form.locator(f"[name=m{month}]"), form.locator("[name=m12]")
    now.fill(str(int(now.input_value()) - 500))
    form.locator("[data-off]").wait_for(state="visible")
    last.fill(str(int(last.input_value()) + 500))
    form.locator("[data-off]").wait_for(state="hidden")
    form.locator("button.primary").click()
    phone.wait_for_selector("text=各月指标已调整")


def _ask_for_more(phone: Page, paper: Path) -> None:
    """Ask for 8,000 m³ in December, with a document."""
    paper.write_text("新增订单", "utf-8")
    form = phone.locator("form[action$='/ask/']")
    phone.click("summary:has-text('申请增加或减少')")
    form.locator("[name=m12]").fill("8000")
    form.locator("[name=reason]").fill("新增染整订单")
    form.locator("[name=document]").set_input_files(str(paper))
    form.locator("button.primary").click()
