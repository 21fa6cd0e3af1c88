"""The main job in a real browser: from a file to a unit's tasks in a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from python_calamine import CalamineWorkbook

from journeys.serving import ARGUMENTS, CHROMIUM
from journeys.site import Site, needs_chromium, running_site
from places import ROOT

PLAN = ROOT / "demo" / "plans" / "shili_water_saving_plan.docx"
WAIT = 300_000  # a bound against hanging for ever; what is waited for is a state of the page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A running site with nothing in it."""
    with running_site(tmp_path / "state") as running:
        yield running


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    """A browser page of an officer who is logged in; a script error fails the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        opened = browser.new_context(
            viewport={"width": 1440, "height": 900}, base_url=site.address
        ).new_page()
        opened.set_default_timeout(WAIT)
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on(
            "console",
            lambda message: errors.append(message.text) if "Content Security" in message.text else None,
        )
        opened.goto("/login/")
        opened.fill("[name=username]", "officer")
        opened.fill("[name=password]", site.password)
        opened.click("button.primary")
        opened.wait_for_selector("h1:has-text('工作概览')")
        yield opened
        browser.close()
        assert not errors


def _upload(page: Page, path: Path) -> None:
    """Upload a file, watch its progress to the end and open it."""
    page.goto("/upload/")
    page.set_input_files("#files", str(path))
    assert path.name in page.inner_text("#chosen-files")
    page.click("text=上传并编译")
    page.wait_for_selector(".job a.primary, .job .error")
    page.click("text=打开核对")
    page.wait_for_selector("#paper .m-target")


def _open_tab(page: Page, name: str) -> None:
    """Open a tab of the structure pane and wait until its cards stand there."""
    page.click(f".tab[data-tab={name}]")
    page.wait_for_selector(f"#cards[data-tab={name}] .card")


def test_a_plan_goes_from_upload_to_the_workbook_of_its_unit(page: Page) -> None:
    _upload(page, PLAN)

    _open_tab(page, "targets")
    card = page.locator("#cards .card.k-target").first
    card.hover()
    page.wait_for_selector("#paper .m.lit")
    card.locator("[data-act=correct]").click()
    page.fill("form.editing [name=metric]", "更正后的指标")
    page.fill("form.editing [name=reason]", "与统计口径一致")
    page.click("form.editing button.primary")
    page.wait_for_selector(".card.st-corrected:has-text('更正后的指标')")

    _open_tab(page, "tasks")
    unit = page.locator("#cards .card.k-task .u-lead").first.inner_text()
    task = page.locator("#cards .card.k-task .words").first.inner_text()

    page.click(".read-tools >> text=发布")
    page.locator("main form button.primary").click()
    page.wait_for_selector(".state.s-published")

    page.goto("/units/")
    page.locator("table.list tbody a", has_text=unit).first.click()
    page.wait_for_selector("h1")
    assert page.locator("td.text", has_text=task[:20]).count() == 1

    with page.expect_download() as started:
        page.click("text=导出工作簿")
    rows = _rows(Path(started.value.path()).read_bytes())
    assert rows[0][4] == "任务内容"
    assert any(str(row[4]) == task for row in rows[1:])

    page.goto("/targets/?q=更正后的指标")
    assert page.locator("table.list td", has_text="更正后的指标").count() == 1


def _rows(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_reading_page_works_from_the_keyboard_alone(page: Page) -> None:
    _upload(page, PLAN)
    before = int(page.inner_text("#count-doubts"))
    page.keyboard.press("j")
    page.wait_for_selector(".card:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.st-confirmed")
    assert int(page.inner_text("#count-doubts")) == before - 1
    page.keyboard.press("x")
    page.wait_for_selector("form.editing input[name=reason]:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.out")
    assert int(page.inner_text("#count-doubts")) == before - 2
    page.reload()
    page.keyboard.press("u")
    page.wait_for_selector(f"#count-doubts:text-is('{before - 1}')")


def test_chosen_words_become_a_new_item(page: Page) -> None:
    _upload(page, PLAN)
    count = int(page.inner_text("#count-thresholds"))
    page.evaluate(
        """() => {
            const block = document.querySelectorAll('#paper p.b-paragraph')[5];
            const range = document.createRange();
            range.selectNodeContents(block);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("document.querySelector('#chosen').elements.words.value !== ''")
    words = str(page.evaluate("document.querySelector('#chosen').elements.words.value"))
    page.keyboard.press("a")
    page.wait_for_selector("#add-form")
    page.select_option("#add-form [name=kind_of_item]", "threshold")
    page.wait_for_selector("#add-form [name=applies_to]")
    assert words[:10] in page.input_value("#add-form [name=words]")
    for name, value in {
        "applies_to": "大型用户",
        "quantity": "年用水量",
        "value": "10000",
        "unit": "m3",
        "effect": "纳入监控",
    }.items():
        page.fill(f"#add-form [name={name}]", value)
    page.click("#add-form button.primary")
    page.wait_for_selector("#pinned .card.st-added:has-text('大型用户')")
    assert int(page.inner_text("#count-thresholds")) == count + 1
