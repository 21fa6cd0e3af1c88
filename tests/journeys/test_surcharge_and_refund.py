"""A surcharge is issued, looked at by the payer and refunded by two persons; so is an award granted."""

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
    needs_chromium,
]
OFFICE, USER, DUE = "节约用水办公室", "东港医院", "2099-01-31"
TRIES = 120


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    state = tmp_path_factory.mktemp("money") / "state"
    with people_at_work(state) as found:
        settle_a_city(state, "东港区", "西岭区")
        found.join(
            ("reviewer", "复核员", OFFICE, "office_reviewer"),
            ("leader", "主任", OFFICE, "office_leader"),
            ("payer", "医院后勤", USER, "enterprise_filer"),
        )
        allow_users(state)
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
    page.click("button:has-text('签收通知')")
    _said(page, "已签收")
    return str(told["amount_yuan"])


def test_a_surcharge_is_issued_with_its_derivation_and_refunded_by_two_persons(people: People) -> None:
    clerk = people.page("officer")
    address = _compute(clerk)
    _issue(people, address)
    amount = _look_as_payer(people.page("payer"))
    assert float(amount) > 0

    clerk.goto(address)
    assert "已签收" in clerk.inner_text(f"table.list tr:has-text('{USER}')")
    look(clerk, "charge_run_issued")
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


def _open_scheme(clerk: Page, reviewer: Page) -> None:
    """Draft a scheme as one person and open it as another."""
    clerk.goto("/awards/schemes/new/")
    typed = {
        "title": "节水型单位奖励",
        "budget": "80000",
        "yuan": "30000",
        "source": "东港市奖励办法",
        "clause": "第三条",
    }
    for name, value in typed.items():
        clerk.fill(f"[name={name}]", value)
    clerk.select_option("[name=kind]", "reward")
    clerk.select_option("[name=money]", "city")
    clerk.click("button:has-text('保存草稿')")
    clerk.wait_for_selector("h1:has-text('节水型单位奖励')")
    reviewer.goto(clerk.url)
    reviewer.click("button:has-text('开放受理')")
    _said(reviewer, "项目已开始受理")


def test_an_award_is_asked_for_on_a_phone_checked_and_approved_by_another(people: People) -> None:
    clerk, reviewer, user = people.page("officer"), people.page("reviewer"), people.page("payer")
    _open_scheme(clerk, reviewer)
    user.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    user.goto("/awards/")
    user.click("a.button:has-text('申请')")
    user.fill("[name=subject]", "创建节水型医院")
    user.select_option("[name=matter]", "title")
    user.fill("[name=basis]", "已通过验收")
    user.click("button:has-text('提交申请')")
    _said(user, "申请已提交")
    look(user, "own_award")
    address = user.url

    clerk.goto(address)
    clerk.click("button:has-text('审核条件和金额')")
    _said(clerk, "已核对条件和金额")
    assert clerk.locator("form[action$='/approve/']").count() == 0
    reviewer.goto(address)
    reviewer.click("form[action$='/approve/'] button")
    _said(reviewer, "已批准")
    look(reviewer, "award_approved")

    user.goto("/messages/")
    assert "奖补申请已批准" in user.inner_text("main")
    user.goto(address)
    decision = read_document(_bytes(user, "a:has-text('决定书')"), name="decision.docx").text
    told = json.loads(_bytes(user, "a:has-text('JSON')"))
    assert "决定给予奖补30000.00元" in decision and told["amount_yuan"] == "30000.00"
    reviewer.goto("/awards/schemes/")
    assert "50,000.00" in reviewer.inner_text("main")  # what is left of the budget
