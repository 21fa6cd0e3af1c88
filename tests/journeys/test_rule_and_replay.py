"""An officer proposes a ladder, a reviewer accepts it, and a replay shows who would have paid what more."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page

from journeys.allowed import allow_users
from journeys.metered import settle_a_city
from journeys.people import People, look, people_at_work
from journeys.site import needs_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
USERS = 8


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with people_at_work(tmp_path / "state") as found:
        settle_a_city(tmp_path / "state", "东港区", "西岭区")
        found.join(("reviewer", "复核员", "节约用水办公室", "office_reviewer"))
        allow_users(tmp_path / "state")
        yield found


def _propose(page: Page) -> None:
    """Raise the second multiple from 2 to 3 and add a step at 30 %, from 2027 on."""
    page.goto("/rules/")
    look(page, "rules")
    page.fill("form.filters input[name=q]", "累进加价 规定")
    page.press("form.filters input[name=q]", "Enter")
    page.click("table.list a >> text=累进加价")
    look(page, "rule")
    page.click("text=提出新值")
    assert page.input_value("[name='v.bands.2.multiple']") == "2"
    page.fill("[name='v.bands.2.up_to']", "30")
    page.fill("[name='v.bands.3.multiple']", "3")
    for name, words in (
        ("valid_from", "2027-01-01"),
        ("title", "测试水价规定（修订，虚构）"),
        ("issuer", "测试"),
        ("clause", "第二条"),
        ("printed", "百分之三十\n三倍"),
        ("reason", "拉大级差"),
    ):
        page.fill(f"[name={name}]", words)
    look(page, "rule_proposing")
    page.click("text=提交审定")
    page.wait_for_selector("h2:has-text('与原规定比较')")
    look(page, "rule_proposal")


def _replay(page: Page) -> Decimal:
    """Ask for a replay of 2025 and return the change of the whole."""
    page.click("text=用它回放")
    page.select_option("[name=year]", "2025")
    page.click("text=开始回放")
    page.wait_for_url("**/rules/replays/*/")
    while page.locator("text=刷新").count():
        page.click("text=刷新")
    page.wait_for_selector("ul.tally")
    look(page, "replay")
    words = page.locator("dl.facts dd").last.inner_text()
    return Decimal(words.rsplit("增减", 1)[1].split("元")[0].replace(",", "").strip())


def test_a_ladder_is_proposed_replayed_and_accepted(people: People) -> None:
    officer, reviewer = people.page("officer"), people.page("reviewer")
    _propose(officer)
    assert officer.locator("button:has-text('采用')").count() == 0
    assert _replay(officer) > 0
    counts = [int(each) for each in officer.locator("ul.tally b").all_inner_texts()]
    count, more, less, same, unknown = counts
    assert (count, less) == (USERS, 0) and more > 0 and more + same + unknown == USERS
    officer.click("ul.tally a:has-text('多付')")
    officer.wait_for_selector("table.list tbody td.num b")
    assert officer.locator("table.list >> nth=-1 >> tbody tr").count() == more
    with officer.expect_download() as started:
        officer.click("text=导出工作簿")
    assert Path(started.value.path()).read_bytes().startswith(b"PK")

    reviewer.goto("/rules/proposals/?state=proposed")
    reviewer.click("table.list a >> text=累进加价")
    reviewer.click("button:has-text('采用')")
    reviewer.wait_for_selector("text=已采用，自生效日起适用。")
    look(reviewer, "rule_accepted")
    reviewer.goto("/rules/rule/charges/over_plan_ladder/?on=2027-01-01")
    assert reviewer.locator("section.panel >> nth=0 >> text=测试水价规定（修订，虚构）").count() == 1
    reviewer.goto("/rules/rule/charges/over_plan_ladder/?on=2026-12-31")
    assert reviewer.locator("section.panel >> nth=0 >> text=（修订，虚构）").count() == 0
    reviewer.goto("/rules/unchecked/")
    look(reviewer, "rules_unchecked")
    before = reviewer.locator("button:has-text('已对照原文')").count()
    reviewer.click("button:has-text('已对照原文') >> nth=0")
    reviewer.wait_for_selector("text=已记录核对。")
    assert reviewer.locator("button:has-text('已对照原文')").count() == before - 1
    for address, name in (
        ("/rules/compare/?left_area=3710&rule=charges/over_plan_ladder", "rules_compare"),
        ("/rules/sources/", "rule_sources"),
        ("/norms/", "norms"),
        ("/norms/grades/?year=2025", "norm_grades"),
        ("/norms/books/", "norm_books"),
    ):
        reviewer.goto(address)
        look(reviewer, name)
