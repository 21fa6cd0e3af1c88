"""A year of programmes: a school, an inspection, a balance test that is returned once, forty compounds.

The site lives some weeks back, so that the days of a publication can pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from filing import PHOTO
from journeys.books import in_cells
from journeys.case_steps import accept_all, end, fill_score, hand_in
from journeys.clock import Clock
from journeys.people import NARROW, People, look, people_at_work
from journeys.site import needs_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
SCHOOL, DYER, BUREAU, TESTER = "青禾中学", "青禾印染厂", "东河区水务局", "青禾测试公司"
DAYS_BACK, DAYS_OPEN = 60, 25
FORTY = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAKE = f"""
import django
django.setup()
from datetime import date
from decimal import Decimal
from django.utils import timezone
from metered_city import metered_city
from shuiheng.adapters.records.models import Account, ActivityFact, InspectionItem, Organisation
from shuiheng.services.found_city import new_slug
office = Organisation.objects.get(kind="office")
city = metered_city(office.place, office, "东河区", "西山区")
place = city.districts[0]
names = ("{SCHOOL}", "东河小学")
schools = [city.user(name, place, use_class="services", industry_code="8334") for name in names]
city.user("{DYER}", place, use_class="industry", industry_code="1713")
since = date(timezone.localdate().year - 2, 1, 1)
for each in schools:
    ActivityFact.objects.create(subject=each, code="人数", unit="人", amount=Decimal(100), valid_from=since,
        recorded_at=timezone.now())
Organisation.objects.create(slug=new_slug("unit"), name="{BUREAU}", kind="district", place=place)
Organisation.objects.create(slug=new_slug("unit"), name="{TESTER}", kind="third_party", place=office.place)
InspectionItem.objects.create(place=office.place, number="01", name="取水计量", source="取水条例",
    clause="第五十三条", from_on=timezone.localdate(), made_by=Account.objects.get(username="officer"),
    made_at=timezone.now(),
    questions=[{{"id": "meter", "text": "是否装有计量设施", "clause": "", "answer": "yes_no"}}])
print(office.name)
"""
INSPECTORS = """
import django
django.setup()
from django.utils import timezone
from shuiheng.adapters.records.models import Account, InspectorEntry, Organisation
office = Organisation.objects.get(kind="office")
for each in Account.objects.filter(username__startswith="inspector"):
    InspectorEntry.objects.create(place=office.place, organisation=office, account=each,
        name=each.display_name, certificate=each.username, from_on=timezone.localdate(),
        made_at=timezone.now(), made_by=Account.objects.get(username="officer"))
"""
READINGS = f"""
import django
django.setup()
from datetime import date
from django.utils import timezone
from metered_city import MeteredCity, settle
from shuiheng.adapters.records.models import Organisation, WaterUser
from shuiheng.services.cases.watch_cases import judge_all
office = Organisation.objects.get(kind="office")
city, today = MeteredCity(place=office.place, keeper=office), timezone.localdate()
for name, m3 in (("{SCHOOL}", 300), ("东河小学", 100)):
    meter = city.meter(WaterUser.objects.get(organisation__name=name))
    for month in range(1, 13):
        settle(meter, date(today.year - 1, month, 1), m3 * 1000)
print(judge_all(today))
"""
SCORE = {f"criterion-{name}": "10" for name in ("management_system", "records", "publicity", "teaching")} | {
    "fact-broke_water_law": "no",
    "fact-has_allowance": "no",
    "fact-norm_grade": "qualified",
    "fact-metering_rate": "1",
    "fact-fixture_rate": "1",
    "fact-per_capita_ratio": "0.9",
}


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock") / "clock", days_back=DAYS_BACK)


@pytest.fixture(scope="module")
def people(clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with people_at_work(tmp_path_factory.mktemp("programmes") / "state", around=clock.around) as found:
        office = found.at_the_site(MAKE).split()[-1]
        found.join(
            ("reviewer", "复核员", office, "office_reviewer"),
            ("leader", "负责人", office, "office_leader"),
            ("inspector1", "韩一", office, "inspector"),
            ("inspector2", "朱二", office, "inspector"),
            ("district", "东河区经办", BUREAU, "district_clerk"),
            ("school", "王老师", SCHOOL, "enterprise_filer"),
            ("dyer", "刘工", DYER, "enterprise_filer"),
            ("tester", "测试员", TESTER, "third_party"),
        )
        found.at_the_site(INSPECTORS)
        yield found


def _at(people: People, name: str, address: str) -> Page:
    page = people.page(name)
    page.goto(address)
    return page


def _invited(people: People) -> str:
    """Open a case of the school from the eligibility run; return the address of its page."""
    officer = _at(people, "officer", "/cases/eligibility/?kind=saving_school")
    look(officer, "case_eligibility")
    officer.locator(f"tr:has-text('{SCHOOL}') input[name=subject]").check()
    officer.click("text=为所选对象立项")
    while officer.locator("ul.tally a:has-text('已立项')").count() == 0:
        officer.wait_for_timeout(300)
        officer.reload()
    officer.click("ul.tally a:has-text('已立项')")
    officer.click(f"main table a:has-text('{SCHOOL}')")
    officer.wait_for_selector("ol.phases")
    return officer.url


def _visited_offline(people: People, address: str, clock: Clock) -> Page:
    """Fill the form of a visit in on a phone without a network; all of it is sent when there is one."""
    phone = _at(people, "inspector1", f"{address.split('#', maxsplit=1)[0]}visit/form/")
    phone.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    phone.locator("form.phone-form[data-ready='1']").wait_for()
    form = phone.url
    phone.context.set_offline(True)
    phone.goto("about:blank")
    phone.goto(form)
    phone.locator("form.phone-form[data-offline='1']").wait_for()
    for number, (sort, part) in enumerate((("case_photo", 0), ("case_photo", 1), ("case_record", 2))):
        photo = {"name": f"{part}.png", "mimeType": "image/png", "buffer": PHOTO + bytes([200 + part])}
        phone.set_input_files(f"[data-photo={sort}]", photo)  # type: ignore[arg-type]  # a plain dict
        phone.locator(".phone-entries li").nth(number).wait_for()
    phone.fill("[name=visited_at]", f"{clock.today()}T00:05")
    phone.fill("[name=present]", "王老师")
    phone.fill("[name=record]", "器具全部为节水型")
    for name, value in SCORE.items():
        field = phone.locator(f"form.phone-form [name='{name}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    phone.click("form.phone-form button[type=submit]")
    phone.locator("[data-say=kept]:not([hidden])").wait_for()
    phone.context.set_offline(False)
    phone.locator("[data-say=sent]:not([hidden])").wait_for()
    look(phone, "case_visit_form")
    return phone


def test_a_school_goes_from_its_invitation_to_its_title_and_to_risk(people: People, clock: Clock) -> None:
    address = _invited(people)
    school = _at(people, "school", address)
    hand_in(school, "apply", "application")
    hand_in(school, "apply", "self_assessment")
    look(school, "case_of_school")
    end(school, "apply")
    district = _at(people, "district", address)
    hand_in(district, "review", "opinion")
    end(district, "review")
    inspector = _visited_offline(people, address, clock)
    second = _at(people, "inspector2", address)
    brought = second.locator("#step-visit form[action$='/review/'] button[value=accepted]").count()
    assert brought == 4  # two photos, the signed paper and what was written, each once
    accept_all(second, "visit", pieces=brought)
    inspector.goto(address)
    look(inspector, "case_visited")
    end(inspector, "visit")
    officer = _at(people, "officer", address)
    hand_in(officer, "publicity", "publication")
    officer.click("#step-publicity form[action$='/publish/'] button")
    officer.wait_for_selector("ul.messages:has-text('已发布公示')")
    clock.go_on(days=DAYS_OPEN)
    people.leave()
    officer = _at(people, "officer", address)
    end(officer, "publicity")
    leader = _at(people, "leader", address)
    hand_in(leader, "award", "notice")
    end(leader, "award")
    head = leader.locator("dl.facts").first.inner_text()
    assert "有效期至" in head and "号" in head
    assert leader.locator(".trial-why").count() == 0
    people.at_the_site(READINGS)
    school = _at(people, "school", address)
    school.wait_for_selector(".page-head .badge:has-text('有风险')")
    assert "人均用水量与同类平均之比" in school.locator(".trial-why").inner_text()
    look(school, "case_at_risk")


def _drawn(people: People, clock: Clock) -> str:
    """Plan a draw of one enterprise by a public number, and draw it; return the address of its check."""
    officer = _at(people, "officer", "/inspections/new/")
    officer.fill("[name=title]", "工业用水户抽查")
    officer.fill("[name=numbers]", "000003")  # the third user that was made
    officer.fill("[name=size]", "1")
    officer.fill("[name=what]", "某日公布的号码，每个两位")
    officer.fill("[name=digits]", "6")
    officer.fill("[name=known_on]", (clock.today() + timedelta(days=2)).isoformat())
    officer.check("[name=items]")
    look(officer, "inspection_form")
    officer.click("form.panel button.primary")
    officer.wait_for_selector("ol.phases")
    draw = officer.url
    reviewer = _at(people, "reviewer", draw)
    reviewer.click("form[action$='/commit/'] button")
    reviewer.wait_for_selector("ul.messages:has-text('承诺值已公布')")
    clock.go_on(days=3)
    people.leave()
    officer = _at(people, "officer", draw)
    officer.fill("[name=digits]", "031426")
    officer.fill("[name=source]", "某网")
    officer.click("form[action$='/number/'] button")
    found = officer.locator("main table a[href^='/checks/']")
    while found.count() == 0:
        officer.wait_for_timeout(300)
        officer.reload()
    look(officer, "inspection_drawn")
    return str(found.first.get_attribute("href"))


def _checked(people: People, clock: Clock, check: str) -> None:
    """Fill the check in on a phone, and sign it by a second inspector."""
    day = clock.today() - timedelta(days=1)
    phone = _at(people, "inspector1", f"{check}form/")
    phone.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    phone.locator("form.phone-form[data-ready='1']").wait_for()
    phone.check("input[name^='a-'][value=no]")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": PHOTO}
    phone.set_input_files("[data-photo][data-part='0']", photo)  # type: ignore[arg-type]  # a plain dict
    phone.locator(".phone-entries li").first.wait_for()
    phone.check("[name=is_certificate_shown]")
    phone.fill("[name=begun_at]", f"{day}T09:00")
    phone.fill("[name=ended_at]", f"{day}T10:00")
    phone.select_option("[name=result]", "to_mend")
    phone.fill("[name=summary]", "二号取水口没有装表")
    look(phone, "check_of_draw_form")
    phone.click("form.phone-form button[type=submit]")
    phone.locator("[data-say=sent]:not([hidden])").wait_for()
    other = _at(people, "inspector2", check)
    other.click("text=核对无误，签字")
    other.locator("text=有问题待办结").first.wait_for()


def test_an_inspection_goes_from_the_draw_to_the_order_that_is_closed(people: People, clock: Clock) -> None:
    check = _drawn(people, clock)
    _checked(people, clock, check)
    reviewer = _at(people, "reviewer", check)
    reviewer.select_option("form[action$='/review/'] [name=answer]", "reviewed")
    reviewer.click("form[action$='/review/'] button")
    reviewer.wait_for_selector("ul.messages:has-text('已审核')")
    reviewer.goto(f"{check}order/?act=meter_missing")
    reviewer.locator("[name=measure]").first.check()
    reviewer.select_option("[name=kind]", "mend")
    reviewer.fill("[name=reason]", "首次发现，责令限期安装")
    reviewer.fill("[name=due_on]", (clock.today() + timedelta(days=30)).isoformat())
    reviewer.check("[name=files]")
    look(reviewer, "order_form")
    reviewer.click("form.stacked button.primary")
    reviewer.wait_for_selector("ul.messages:has-text('已作出决定')")
    reviewer.fill("[name=served_on]", clock.today().isoformat())
    reviewer.click("form[action$='/serve/'] button")
    reviewer.wait_for_selector("ul.messages:has-text('已记录')")
    dyer = _at(people, "dyer", "/orders/")
    look(dyer, "own_orders")
    dyer.click("main .cards a")
    dyer.fill("[name=words]", "二号取水口已装表，铅封完好。")
    dyer.click("main form.panel button.primary")
    dyer.wait_for_selector("ul.messages:has-text('已提交')")
    reviewer.goto(check)
    reviewer.select_option("form[action$='/look/'] [name=answer]", "good")
    reviewer.fill("form[action$='/look/'] [name=reason]", "现场复查，已装表")
    reviewer.click("form[action$='/look/'] button")
    reviewer.wait_for_selector("ul.messages:has-text('已记录')")
    look(reviewer, "check_closed")
    dyer.reload()
    dyer.wait_for_selector(".page-head .badge.b-confirmed")
    look(dyer, "own_order_closed")


def test_a_balance_test_is_returned_once_and_filed(people: People, clock: Clock) -> None:
    officer = _at(people, "officer", f"/cases/new/?kind=balance_test&q={DYER}")
    officer.click(f".case-next a:has-text('{DYER}')")
    officer.fill("[name=on]", clock.today().isoformat())
    officer.select_option("[name=commissioned]", label=TESTER)
    officer.click("form[method=post] button.primary")
    officer.wait_for_selector("ol.phases")
    address = officer.url
    hand_in(officer, "invitation", "notice")
    end(officer, "invitation")
    tester = _at(people, "tester", address)
    hand_in(tester, "report", "report")
    hand_in(tester, "report", "data_table")
    accept_all(_at(people, "reviewer", address), "report", pieces=2)
    tester.goto(address)
    end(tester, "report")
    reviewer = _at(people, "reviewer", address)
    complete = {"criterion-three_years": "20", "criterion-remedies": "20"}
    fill_score(reviewer, complete | {"fact-balance_error": "0.25"})
    hand_in(reviewer, "review", "opinion")
    end(reviewer, "review", outcome="return", reason="平衡误差超出允许范围")
    tester.goto(address)
    assert "平衡误差超出允许范围" in tester.locator("main").inner_text()
    look(tester, "balance_test_returned")
    hand_in(tester, "report", "report")
    accept_all(_at(people, "reviewer", address), "report", pieces=1)
    tester.goto(address)
    end(tester, "report")
    reviewer.goto(address)
    fill_score(reviewer, complete | {"fact-balance_error": "0.05"})
    hand_in(reviewer, "review", "opinion")
    end(reviewer, "review")
    officer.goto(address)
    end(officer, "filing")
    assert "有效期至" in officer.locator("dl.facts").first.inner_text()
    look(officer, "balance_test_filed")


def test_a_district_brings_forty_compounds_by_workbook(people: People, clock: Clock) -> None:
    district = _at(people, "district", "/cases/batches/")
    district.select_option("[name=kind]", "saving_compound")
    with district.expect_download() as told:
        district.click("text=空白工作簿")
    form = Path(told.value.path()).read_bytes()
    rows = [
        {"对象名称": f"青禾花园{number}区", "区县": "东河区", "立项日期": clock.today()}
        for number in range(1, FORTY + 1)
    ]
    faulty = [rows[0] | {"区县": "月亮区"}, rows[1] | {"立项日期": "去年"}, *rows[2:]]
    for cells, is_good in ((faulty, False), (rows, True)):
        district.goto("/cases/batches/")
        book = {"name": "小区.xlsx", "mimeType": XLSX, "buffer": in_cells(form, cells)}
        district.set_input_files("[name=file]", book)  # type: ignore[arg-type]  # a plain dict
        district.click("text=上传并校验")
        district.wait_for_selector("ul.tally")
        assert district.locator("ul.tally li.error").count() == (0 if is_good else 1)
        assert is_good or district.locator(".sev-disqualify").count() == 2
        look(district, f"forty_compounds_{'good' if is_good else 'faulty'}")
    district.click("text=确认写入")
    district.wait_for_selector("ul.messages:has-text('已确认写入')")
    district.click("ul.tally a:has-text('已立项')")
    district.wait_for_selector("main table")
    assert f"{FORTY}" in district.locator("main").inner_text()
    look(district, "forty_compounds_list")
