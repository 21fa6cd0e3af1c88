"""Half a year of an office in a real browser: from the plan to the issued report and its proof.

The stages share one site and stand in the order of the work; each begins where the one before ended.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from journeys.people import People, look, people_at_work
from journeys.site import needs_chromium
from office import TEXT
from services.filled_form import filled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
OFFICE, WATER, INDUSTRY = "节约用水办公室", "青禾市水利局", "青禾市工业和信息化局"
FIRST, DUE = f"{date.today().year}-01-01", f"{date.today().year}-07-15"  # noqa: DTZ011  a year is enough
REASON = "请写明已开展测试的企业数量"
MARK = "青节水"
ADMINISTRATORS = {
    "sysadmin": ("系统管理员", "system_administrator", {"/people/"}),
    "secadmin": ("安全管理员", "security_administrator", {"/people/", "/events/business/", "/events/audit/"}),
    "logadmin": (
        "审计管理员",
        "audit_administrator",
        {"/people/", "/events/business/", "/events/administration/"},
    ),
}
DOORS = (
    "/people/",
    "/work/",
    "/events/business/",
    "/events/administration/",
    "/events/audit/",
    "/",
    "/plans/",
    "/register/",
    "/progress/",
    "/reports/",
    "/chasing/",
)
OK, NOT_THERE = 200, 404


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """The people of an office, of two departments, and three administrators."""
    with people_at_work(tmp_path_factory.mktemp("office") / "state") as found:
        found.join(
            ("reviewer", "复核王芳", OFFICE, "office_reviewer"),
            ("leader", "主任陈立", OFFICE, "office_leader"),
            ("auditor", "审计赵敏", OFFICE, "auditor"),
            *((name, shown, OFFICE, role) for name, (shown, role, _) in ADMINISTRATORS.items()),
        )
        yield found


def the_officer_publishes_a_plan_and_settles_who_its_units_are(people: People, tmp_path: Path) -> None:
    page = people.page("officer")
    file = tmp_path / "qinghe.txt"
    file.write_text(TEXT, "utf-8")
    page.goto("/upload/")
    page.set_input_files("#files", str(file))
    page.click("text=上传并编译")
    page.click(".job a:has-text('打开核对')")
    page.wait_for_selector("#paper .m-target")
    page.click(".read-tools >> text=发布")
    page.locator("main form button.primary").click()
    page.wait_for_selector(".state.s-published")

    page.goto("/organisations/matches/")
    look(page, "matching")
    page.click("text=/新建全部 \\d+ 个单位/")
    page.wait_for_selector("h2:has-text('已确认')")
    page.goto("/register/")
    look(page, "register")
    assert page.locator("main .u-lead", has_text="市工业和信息化局").count() == 2


def the_officer_opens_a_period(people: People, tmp_path: Path) -> None:
    page = people.page("officer")
    page.goto(f"/periods/open/?kind=half_year&first={FIRST}")
    page.fill("[name=due_on]", DUE)
    look(page, "period_open")
    page.click("main form.panel button.primary")
    page.wait_for_selector("h1:has-text('报送期')")
    page.goto("/periods/")
    look(page, "periods")
    assert page.locator("main table.list tbody tr").count() == 1


def _fill_row(page: Page, place: int, words: str) -> None:
    """Write what was done into one row of the form and save it."""
    form = page.locator("form.report-form").nth(place)
    form.locator("[name=done_text]").fill(words)
    for value in form.locator("input[name^=value-]").all():
        value.fill("3")
    form.locator("button", has_text="保存").click()
    form.locator("[data-saved]").wait_for()


def _open_desk(page: Page) -> None:
    page.goto("/reporting/")  # the only open period opens at once
    page.wait_for_selector("#file-form, .report-row")


def a_department_files_by_the_page(people: People, tmp_path: Path) -> None:
    people.join(
        ("industry", "工信经办", INDUSTRY, "partner_clerk"), ("water", "水利经办", WATER, "partner_clerk")
    )
    page = people.page("industry")
    look(page, "home_of_department")
    _open_desk(page)
    led = page.locator("form.report-form")
    count = led.count()
    assert count == 2  # 市工业和信息化局 leads two tasks and joins none
    for place in range(count):
        _fill_row(page, place, f"已组织开展第{place + 1}批测试")
    look(page, "reporting_form")
    page.click("text=上报所选各项")
    page.wait_for_selector(".state.p-filed")
    assert page.locator(".state.p-filed").count() == count


def the_reviewer_returns_one_report_with_a_reason(people: People, tmp_path: Path) -> None:
    page = people.page("reviewer")
    page.goto("/progress/")
    look(page, "progress_list")
    page.locator("main table.list td.words a").first.click()
    form = page.locator("form.step-form", has=page.locator("textarea[name=reason]"))
    form.locator("[name=marked_field]").select_option("done_text")
    form.locator("[name=reason]").fill(REASON)
    look(page, "progress_before_return")
    form.locator("button").click()
    page.wait_for_selector(".state.p-returned")
    look(page, "progress_returned")

    desk = people.page("industry")
    _open_desk(desk)
    assert desk.locator(".report-row.returned", has_text=REASON).count() == 1
    assert desk.locator(".report-row.returned .field.wrong [name=done_text]").count() == 1
    look(desk, "returned_at_the_desk")


def a_reminder_goes_out_from_the_board_of_who_has_not_reported(people: People, tmp_path: Path) -> None:
    page = people.page("officer")
    page.goto("/chasing/")
    look(page, "chasing")
    missing = page.locator("main table.list tbody tr")
    assert missing.filter(has_text=WATER).count() == 1
    assert missing.filter(has_text=INDUSTRY).locator("text=退回 1 项").count() == 1
    page.click("text=提醒所选单位")
    page.wait_for_selector("ul.messages li")
    desk = people.page("water")
    desk.goto("/messages/")
    look(desk, "messages")
    assert desk.locator("main article", has_text=WATER).filter(has_text="2项任务").count() == 1
    page.goto("/messages/sent/")
    look(page, "outbox")


def a_department_files_by_sending_the_stamped_workbook_back(people: People, tmp_path: Path) -> None:
    page = people.page("water")
    _open_desk(page)
    page.click("text=用表格填报")
    page.wait_for_selector("a:has-text('下载填报表')")
    look(page, "collect")
    with page.expect_download() as started:
        page.click("a:has-text('下载填报表')")
    issued = Path(started.value.path()).read_bytes()
    codes = _codes(issued)
    assert codes
    tasks = {(code, "done_text"): f"完成{code}的年度工作" for code in codes if "-" not in code}
    values = {(code, "value"): 2 for code in codes if "-" in code}
    sent = tmp_path / "市水利局填报表.xlsx"
    sent.write_bytes(filled(issued, {**tasks, **values}))
    page.set_input_files("#files", str(sent))
    page.click("text=上传并校验")
    page.wait_for_selector("h1:has-text('填报表校验')")
    look(page, "batch")
    assert page.locator(".tally li.error").count() == 0
    page.click("text=确认写入")
    page.wait_for_selector("button:has-text('撤销整批'), p:has-text('正在后台写入')")
    page.wait_for_function(
        "location.reload(), document.querySelector('.state.s-published') !== null", polling=2000
    )
    look(page, "batch_committed")
    _open_desk(page)
    assert page.locator(".state.p-filed").count() == len(tasks)


def _codes(workbook: bytes) -> list[str]:
    page = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    words = [str(cell.value) for row in page.iter_rows() for cell in row]
    return [word for word in words if re.fullmatch(r"T[1-9]\d*(-G\d+)?", word)]


def what_was_returned_is_filed_again_and_everything_is_accepted(people: People, tmp_path: Path) -> None:
    desk = people.page("industry")
    _open_desk(desk)
    desk.locator(".report-row.returned [name=done_text]").fill("已有6家企业完成测试")
    desk.locator(".report-row.returned form.report-form button", has_text="保存").click()
    desk.wait_for_selector(".report-row.returned [data-saved]")
    desk.click("text=上报所选各项")
    desk.wait_for_function("document.querySelectorAll('.state.p-returned').length === 0")

    for username, button, left in (("reviewer", "复核所选", "filed"), ("leader", "认定所选", "reviewed")):
        page = people.page(username)
        page.goto("/progress/")
        page.check("[data-all=progress]")
        page.click(f"button:has-text('{button}')")
        page.wait_for_selector("ul.messages li")
        assert page.locator(f"table.list .state.p-{left}").count() == 0
    assert page.locator("table.list .state.p-accepted").count() == page.locator("table.list tbody tr").count()
    look(page, "progress_accepted")


def three_accounts_draft_review_and_issue_the_report(people: People, tmp_path: Path) -> None:
    page = people.page("officer")
    page.goto("/reports/")
    page.fill("[name=signer]", "青禾市节约用水办公室")
    page.fill("[name=addressees]", "市发展改革委、市水利局")
    look(page, "reports")
    page.click("main form.panel button.primary")
    page.wait_for_selector("article.report")
    assert page.locator("button:has-text('审核通过')").count() == 0  # whoever drafts does not review
    address = page.url
    reviewer = people.page("reviewer")
    reviewer.goto(address)
    reviewer.click("text=审核通过")
    reviewer.wait_for_selector(".state.s-reviewed")
    leader = people.page("leader")
    leader.goto(address)
    look(leader, "report_reviewed")
    leader.fill("[name=mark]", MARK)
    leader.locator("button", has_text="签发").click()
    leader.wait_for_selector(".state.s-issued")
    look(leader, "report_issued")
    assert leader.locator("article.report", has_text=f"{MARK}〔{date.today().year}〕1号").count() == 1  # noqa: DTZ011
    with leader.expect_download() as started:
        leader.click("text=下载公文")
    assert Path(started.value.path()).read_bytes()[:2] == b"PK"


def progress_is_told_to_the_public(people: People, tmp_path: Path) -> None:
    people.at_the_site("from shuiheng.cli.main import main; main(['target', 'judge'])")
    reviewer = people.page("reviewer")
    reviewer.goto("/public-progress/")
    look(reviewer, "public_editions")
    reviewer.click("main form.panel button")
    reviewer.wait_for_selector("h1:has-text('进展公开第1期')")
    look(reviewer, "public_edition")
    leader = people.page("leader")
    leader.goto(reviewer.url)
    leader.click("text=公开这一期")
    leader.wait_for_selector(".badge:has-text('公开中')")

    visitor = people.browser.new_context(base_url=people.site.address, java_script_enabled=False).new_page()
    visitor.goto("/public/")
    visitor.click("nav.public-nav >> text=方案进展")
    assert visitor.locator("h1", has_text="节水行动方案进展").count() == 1
    assert visitor.locator("main table.list tbody tr", has_text="漏损率").count() >= 1
    address = visitor.locator(".public-files a", has_text="JSON").first.get_attribute("href") or ""
    sent = visitor.request.get(address)
    assert sent.ok and sent.json()["rows"]
    visitor.click("header >> text=English")
    assert visitor.locator("h1", has_text="Progress of the water-saving plan").count() == 1
    visitor.context.close()


def an_auditor_opens_a_figure_to_its_source(people: People, tmp_path: Path) -> None:
    page = people.page("auditor")
    page.goto("/reports/")
    page.locator("table.list tbody a").first.click()
    page.wait_for_selector("article.report")
    assert page.locator("main .acts button").count() == 0  # an auditor looks, and changes nothing
    page.click("#figures summary")
    look(page, "figures")
    source = page.locator("#figures tbody a").first
    source.click()
    page.wait_for_selector("h1")
    assert "/reports/" not in page.url
    look(page, "source")


def an_auditor_verifies_the_exported_log_elsewhere(people: People, tmp_path: Path) -> None:
    page = people.page("auditor")
    page.goto("/events/")
    page.wait_for_function(
        "document.querySelector('.seal-value') !== null || void setTimeout(() => location.reload(), 900)",
        polling=1000,
    )
    look(page, "events")
    with page.expect_download() as started:
        page.click("text=日志校验包")
    with zipfile.ZipFile(started.value.path()) as package:
        package.extractall(tmp_path)
    log = tmp_path / "events.jsonl"
    command = [sys.executable, "-m", "shuiheng.cli.main", "audit", "verify", str(log)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    text = log.read_text("utf-8")
    assert "report.issued" in text
    log.write_text(text.replace("report.issued", "report.rejected", 1), "utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def an_administrator_sees_only_the_own_part(people: People, username: str) -> None:
    own = ADMINISTRATORS[username][2]
    page = people.page(username)
    look(page, f"first_page_of_{username}")
    menu = {str(link.get_attribute("href")) for link in page.locator("nav.menu a, .menu-more a").all()}
    assert not menu & {"/plans/", "/register/", "/progress/", "/reports/", "/chasing/", "/upload/"}
    answers = {door: page.request.get(door, max_redirects=0).status for door in DOORS}
    business = answers.pop("/")
    assert business == OK  # a home of its own, without business
    assert {door for door, status in answers.items() if status == OK} == own
    assert set(answers.values()) == {OK, NOT_THERE}


STAGES = (
    the_officer_publishes_a_plan_and_settles_who_its_units_are,
    the_officer_opens_a_period,
    a_department_files_by_the_page,
    the_reviewer_returns_one_report_with_a_reason,
    a_reminder_goes_out_from_the_board_of_who_has_not_reported,
    a_department_files_by_sending_the_stamped_workbook_back,
    what_was_returned_is_filed_again_and_everything_is_accepted,
    three_accounts_draft_review_and_issue_the_report,
    progress_is_told_to_the_public,
    an_auditor_opens_a_figure_to_its_source,
    an_auditor_verifies_the_exported_log_elsewhere,
)


def test_half_a_year_of_an_office(people: People, tmp_path: Path) -> None:
    for stage in STAGES:  # one test, so that no two workers share them out
        print(stage.__name__)
        stage(people, tmp_path)
    for username in ADMINISTRATORS:
        an_administrator_sees_only_the_own_part(people, username)
