"""Readings come in by a file, the worker warns, the user answers on a phone, the officer decides."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from journeys.people import NARROW, WIDTH, People, look, people_at_work
from journeys.site import needs_chromium
from places import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
USER = "青禾印染厂"
PATIENCE_SECONDS = 300  # a bound against hanging for ever; the worker looks each minute
MAKE = """
import json, django
django.setup()
from datetime import date, timedelta
from django.utils import timezone
from shuiheng.adapters.records.models import (Account, AllowanceEntry, AllowanceMonth, AllowanceRound,
    Organisation, PlannedAllowance, Role)
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
officer = Account.objects.get(username="officer")
office = Organisation.objects.filter(kind="office").get()
now = timezone.now()
year = (timezone.localdate() - timedelta(days=20)).year
since = date(year - 1, 1, 1)
fields = WaterUserFields(name="青禾印染厂", district=office.place.pk, no_code_reason="筹建",
    use_class="industry")
user = add_water_user(officer, fields, valid_from=since)
new = NewMeter(number="W-1", keeper=office.pk, user=user.pk)
meter = add_meter(officer, new, MeterFields(), valid_from=since)
round_ = AllowanceRound.objects.create(place=office.place, authority=office, year=year, opened_by=officer,
    opened_at=now)
allowance = PlannedAllowance.objects.create(round=round_, user=user, published_at=now)
entry = AllowanceEntry.objects.create(allowance=allowance, kind="initial", state="approved", asked_at=now,
    effective_on=date(year, 1, 1))
for month in range(1, 13):
    AllowanceMonth.objects.create(entry=entry, month=date(year, month, 1), volume_m3=100)
_, password = ensure_user("filer", display_name="周芳", roles=((user.organisation, Role.ENTERPRISE_FILER),))
print(json.dumps({"password": password}))
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with people_at_work(tmp_path_factory.mktemp("warning") / "state") as found:
        environment = {**os.environ, "SHUIHENG_STATE": str(found.state), "SHUIHENG_POLICY": "demo"}
        environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "PYTHONPATH": str(ROOT / "tests")}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        made = subprocess.run(
            [sys.executable, "-c", MAKE], env=environment, check=True, capture_output=True, text=True
        )
        found.passwords["filer"] = json.loads(made.stdout.splitlines()[-1])["password"]
        yield found


def _readings() -> bytes:
    """Return a register at the beginning and at the end of the last two months: 90 m³, then 160 m³."""
    now = time.localtime()
    months = [(now.tm_year * 12 + now.tm_mon - 1 - back) for back in (2, 1, 0)]
    begins = [f"{month // 12}-{month % 12 + 1:02}-01 00:00:00" for month in months]
    rows = [f"W-1,{begin},{m3}" for begin, m3 in zip(begins, (0, 90, 250), strict=True)]
    return "\n".join(["表号,读数时间,读数(m3)", *rows, ""]).encode()


def _wait_for_warning(page: Page) -> None:
    begun = time.monotonic()
    while page.locator("table.stack tbody tr", has_text="月度超计划").count() == 0:
        assert time.monotonic() - begun < PATIENCE_SECONDS, page.inner_text("main")
        page.wait_for_timeout(3000)
        page.goto("/warnings/")


def test_an_upload_of_readings_leads_to_a_warning_an_answer_and_a_decision(people: People) -> None:
    page = people.page("officer")
    page.goto("/readings/")
    form = page.locator("form[action$='/readings/send/']")
    form.locator("[name=file]").set_input_files(
        {"name": "读数.csv", "mimeType": "text/csv", "buffer": _readings()}
    )
    form.locator("button.primary").click()
    page.locator("form[action$='/take/'] button").click()
    page.wait_for_load_state()
    page.goto("/warnings/")
    _wait_for_warning(page)
    look(page, "warnings_board")
    row = page.locator("table.stack tbody tr", has_text="月度超计划")
    assert USER in row.inner_text() and "160 / 100" in row.inner_text()

    context = people.browser.new_context(
        viewport=NARROW,  # type: ignore[arg-type]  # a plain dict of the right shape
        base_url=people.site.address,
        locale="zh-CN",
        is_mobile=True,
    )
    phone = context.new_page()
    phone.set_default_timeout(60_000)
    phone.goto("/login/")
    phone.fill("[name=username]", "filer")
    phone.fill("[name=password]", people.passwords["filer"])
    phone.click("button.primary")
    phone.wait_for_selector("header.top")
    phone.goto("/warnings/")
    assert int(phone.wait_for_function(WIDTH).json_value()) <= NARROW["width"]
    look(phone, "warnings_own")
    phone.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    card = phone.locator(".w-card", has_text="月度超计划")
    card.locator("button.primary").click()
    phone.wait_for_selector("text=已确认收到")
    phone.fill("[name=answer]", "冷却塔补水阀损坏，已更换")
    phone.click("#answer button")
    phone.wait_for_selector("text=答复已提交")
    assert int(phone.wait_for_function(WIDTH).json_value()) <= NARROW["width"]
    look(phone, "warning_answered")
    context.close()

    page.goto("/warnings/?state=answered")
    page.click(f"table.stack tbody a:has-text('{USER}')")
    assert "冷却塔补水阀损坏" in page.inner_text("main")
    page.select_option("[name=follow_up]", "supervise")
    page.fill("[name=note]", "下周现场复查")
    page.click("text=保存处理意见")
    page.wait_for_selector("text=处理意见已保存")
    look(page, "warning_decided")
    page.goto("/warnings/?state=to_do")
    assert page.locator("table.stack tbody tr", has_text=USER).count() == 1
