"""A surcharge notice is issued with its derivation, looked at by the payer, and refunded by two persons."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from journeys.allowed import allow_users
from journeys.metered import settle_a_city
from journeys.people import NARROW, People, look, people_at_work
from journeys.site import needs_chromium
from shuiheng.adapters.documents import read_document

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("browser"),
    needs_chromium,
]
OFFICE, USER, DUE = "节约用水办公室", "东港医院", "2099-01-31"
TRIES = 120


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with people_at_work(tmp_path / "state") as found:
        settle_a_city(tmp_path / "state", "东港区", "西岭区")
        found.join(
            ("reviewer", "复核员", OFFICE, "office_reviewer"),
            ("leader", "主任", OFFICE, "office_leader"),
            ("payer", "医院后勤", USER, "enterprise_filer"),
        )
        allow_users(tmp_path / "state")
        yield found


def _bytes(page: Page, click: str) -> bytes:
    with page.expect_download() as started:
        page.click(click)
    return Path(started.value.path()).read_bytes()


def _said(page: Page, words: str) -> None:
    page.wait_for_selector(f".messages li:has-text('{words}')")


def _compute(page: Page) -> str:
    """Begin a run of October 2025 and wait until the worker has computed it; return its address."""
    page.goto("/charges/")
    look(page, "charges_empty")
    page.fill("[name=month]", "2025-10")
    page.click("text=新建并计算")
    page.wait_for_selector("h1:has-text('超计划用水加价 2025-10')")
    for _ in range(TRIES):
        if page.locator(f"table.list a:has-text('{USER}')").count():
            break
        page.wait_for_timeout(1000)  # the worker computes it
        page.reload()
    page.wait_for_selector(f"table.list a:has-text('{USER}')")
    look(page, "charge_run")
    return page.url


def _issue(people: People, address: str) -> None:
    reviewer, leader = people.page("reviewer"), people.page("leader")
    reviewer.goto(address)
    reviewer.click("text=复核通过")
    _said(reviewer, "批次已复核")
    leader.goto(address)
    leader.fill("[name=mark]", "测节水")
    leader.fill("[name=due_on]", DUE)
    leader.click("button:has-text('编号并发出')")
    _said(leader, "费用已发出")
    leader.click("text=生成全部通知书")
    leader.wait_for_selector("a:has-text('下载结果')")
    with zipfile.ZipFile(io.BytesIO(_bytes(leader, "a:has-text('下载结果')"))) as archive:
        assert any(USER in name for name in archive.namelist())


def _look_as_payer(page: Page) -> str:
    """Look at the charge on a phone; return its amount."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    page.goto("/charges/")
    look(page, "own_charges")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.click("text=怎样算出来的")
    page.wait_for_selector("h2:has-text('计算过程')")
    look(page, "own_charge")
    told = json.loads(_bytes(page, "a:has-text('JSON')"))
    notice = read_document(_bytes(page, "a:has-text('缴费通知书')"), name="notice.docx").text
    shown = page.inner_text("main")
    for step in told["derivation"]["steps"]:
        assert step["formula"] in shown
        assert step["formula"] in notice
    assert told["number"] in notice
    assert "登记缴款" not in shown
    return str(told["amount_yuan"])


def test_a_surcharge_is_issued_with_its_derivation_and_refunded_by_two_persons(people: People) -> None:
    clerk = people.page("officer")
    address = _compute(clerk)
    _issue(people, address)
    amount = _look_as_payer(people.page("payer"))
    assert float(amount) > 0

    clerk.goto(address)
    clerk.click(f"table.list a:has-text('{USER}')")
    clerk.click("summary:has-text('登记缴款')")
    clerk.fill("form[action$='/pay/'] [name=receipt]", "JL-1")
    clerk.click("button:has-text('登记')")
    _said(clerk, "缴款已登记")
    clerk.click("summary:has-text('申请减免')")
    clerk.select_option("form[action$='/ask/'] [name=kind]", "refund")
    clerk.fill("form[action$='/ask/'] [name=amount]", "150.00")
    clerk.fill("form[action$='/ask/'] [name=reason]", "水表检定偏快")
    clerk.click("form[action$='/ask/'] button")
    _said(clerk, "由另一人放行后生效")
    assert clerk.locator("button:has-text('放行')").count() == 0

    reviewer = people.page("reviewer")
    reviewer.goto("/charges/releases/")
    look(reviewer, "charge_releases")
    reviewer.click("button:has-text('放行')")
    _said(reviewer, "已放行")
    look(reviewer, "charge_refunded")
    assert re.search(r"已退\s*150\.00", reviewer.inner_text("main"))

    reviewer.goto("/charges/arrears/")
    look(reviewer, "charge_arrears")
    assert "收缴率" in reviewer.inner_text("main")
