"""The allowance year in a browser: from the cap to the answer, a warning, a surcharge and its refund.

By day with the few users of the demo, by night with 2,000 more.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from journeys.people import NARROW, People, look, people_at_work
from journeys.site import needs_chromium
from places import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
OFFICE, DECEMBER, CAP_WAN = "节约用水办公室", 12, 50
SIZES = [0, pytest.param(2000, marks=pytest.mark.nightly)]
SETTLE = """
import json, sys, django
django.setup()
from bench.plan_of_city import add_users
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances import demo_allowances
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import settle_demo_filing
officer, reviewer = (Account.objects.get(username=name) for name in ("officer", "reviewer"))
office = officer.memberships.get().organisation
city = office.place
settle_demo_ledger(officer, city)
made = settle_demo_filing(city)
demo_allowances._accept_rules(officer, reviewer, city)
if int(sys.argv[1]):
    add_users(office, int(sys.argv[1]))
print(json.dumps(made))
"""
CHARGE = """
import django
django.setup()
from shuiheng.adapters.records.models import UseWarning, WaterUser
from shuiheng.services.charges.demo_charges import settle_demo_charges
from shuiheng.services.readings.demo_filing import FILING_USER
from shuiheng.services.warnings.demo_warnings import settle_demo_warnings
city = WaterUser.objects.get(organisation__name=FILING_USER).city
settle_demo_warnings(city)  # what the worker of the site has not judged yet
print(UseWarning.objects.count(), settle_demo_charges(city))
"""


@pytest.fixture(scope="module", params=SIZES)
def people(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with people_at_work(tmp_path_factory.mktemp("allowances") / "state") as found:
        found.join(
            ("reviewer", "复核员", OFFICE, "office_reviewer"), ("leader", "负责人", OFFICE, "office_leader")
        )
        made = _at_the_site(found, SETTLE, str(request.param))
        found.passwords |= json.loads(made.splitlines()[-1])
        yield found


def _at_the_site(people: People, program: str, *arguments: str) -> str:
    """Run a program in the environment of the site, and return what it says."""
    environment = {**os.environ, "SHUIHENG_STATE": str(people.state), "SHUIHENG_POLICY": "demo"}
    environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "SHUIHENG_JOBS": "inline"}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    environment.pop("SHUIHENG_DATABASE_URL", None)
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _until(page: Page, words: str) -> None:
    """Load a page again until a job has brought it so far."""
    while page.locator(f"h1 + .badge:has-text('{words}')").count() == 0:
        page.wait_for_timeout(500)
        page.reload()


def _published(people: People, today: date, *, size: int) -> None:
    """Set a cap that does not suffice, compute the plan of a year under it, review and publish it."""
    cap_wan = CAP_WAN + size  # each of the others asks for 1.2
    officer = people.page("officer")
    officer.goto(f"/allowances/caps/?year={today.year}")
    officer.select_option("select[name=use_class]", "industry")
    officer.fill("input[name=volume]", str(cap_wan))
    officer.fill("input[name=basis]", "测试〔2025〕8号")
    officer.click("form[action$='/caps/set/'] button.primary")
    officer.wait_for_selector(f"text={cap_wan * 10_000:,}")
    look(officer, "allowance_caps")

    officer.goto("/allowances/")
    officer.select_option("form[action$='/open/'] select[name=year]", str(today.year))
    officer.click("form[action$='/open/'] button.primary")
    officer.click("form[action$='/compute/'] button")
    _until(officer, "已核定")
    said = officer.locator("main").inner_text()
    found = re.search(r"(\d+) 个户头", said)
    assert "缺口" in said and found is not None and int(found[1]) > size
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


def test_a_year_from_the_cap_to_the_refund(
    people: People, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    today = datetime.now(tz=UTC).date()
    _published(people, today, size=request.node.callspec.params["people"])
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

    reviewer = people.page("reviewer")
    reviewer.goto("/allowances/applications/")
    look(reviewer, "allowance_applications")
    reviewer.fill("form[action$='/decide/'] [name=reason]", "同意")
    reviewer.click("form[action$='/decide/'] button[value=approve]")
    reviewer.wait_for_selector("text=没有这样的申请")
    phone.reload()
    phone.wait_for_selector(".badge:has-text('已批准') >> nth=1")
    assert "+8,000" in phone.locator("main").inner_text()
    _warned_and_charged(people)


def _warned_and_charged(people: People) -> None:
    """The use of the year is judged and a past month billed: its user sees both, and what was given back."""
    warned, charged = map(int, _at_the_site(people, CHARGE).split()[-2:])
    assert warned > 0 and charged > 0
    phone = people.page("enterprise")
    phone.goto("/warnings/")
    phone.wait_for_selector("main a[href^='/warnings/']")
    look(phone, "warning_of_user")
    leader = people.page("leader")
    leader.goto("/charges/")
    leader.click("main a:has-text('超计划用水加价')")
    leader.click("main table.list a >> nth=0")
    leader.wait_for_selector("text=退还多收部分")  # asked for by one person, released by another
    assert "超计划" in leader.locator("main").inner_text()
    look(leader, "surcharge_refunded")


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
