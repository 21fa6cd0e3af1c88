"""A water company sends a month with every kind of error and mends it; it answers what a citizen reports."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from filing import PHOTO
from journeys.people import NARROW, SHOTS, People, look, people_at_work
from journeys.site import needs_chromium
from services.readings.meter_company import COLUMNS, FIRST_ROW, REASON, filled
from services.readings.month_errors import KINDS, honest_cells, honest_register, known_meter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
COMPANY, METERS = "青禾水司", len(KINDS) + 6
OPEN_CELLS = [key for key in COLUMNS if key not in ("account", "last_on", "last_m3", "digits")]
ENDS = (date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))
MAKE_COMPANY = f"""
import django
django.setup()
from datetime import date
from decimal import Decimal
from shuiheng.adapters.records.models import Account, Organisation
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
officer = Account.objects.get(username="officer")
office = Organisation.objects.filter(kind="office").first()
company = Organisation.objects.create(slug="ws", name="{COMPANY}", kind="supplier", place=office.place)
said = MeterFields(register_digits=5, step_litres=1000, q3_m3_h=Decimal(4))
for at in range(1, {METERS} + 1):
    add_meter(officer, NewMeter(number=f"B-{{at:04}}", keeper=company.pk), said, valid_from=date(2025, 1, 1))
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """An office, and a water company whose meters stand in its ledger."""
    with people_at_work(tmp_path_factory.mktemp("company") / "state") as found:
        environment = {**os.environ, "SHUIHENG_STATE": str(found.state), "SHUIHENG_POLICY": "demo"}
        environment["DJANGO_SETTINGS_MODULE"] = "shuiheng.web.settings"
        environment.pop("SHUIHENG_DATABASE_URL", None)
        subprocess.run([sys.executable, "-c", MAKE_COMPANY], env=environment, check=True)
        found.join(("meters", "抄表员李青", COMPANY, "supplier"))
        yield found


def _history() -> bytes:
    """Return four months of 60 m³ up to the last reading of each meter."""
    lines = ["表号,读数时间,读数(m3)"]
    for number in range(1, METERS + 1):
        meter = known_meter(number)
        assert meter.last is not None
        for back, day in enumerate(reversed(ENDS)):
            register = meter.last.register // 1000 - 60 * back
            lines.append(f"{meter.number},{day.isoformat()} 24:00,{register}")
    return "\n".join(lines).encode()


def _send(page: Page, form: str, name: str, content: bytes) -> None:
    """Send a file from the import centre and wait until it is checked."""
    page.goto("/readings/")
    page.set_input_files(
        f"form[action='{form}'] input[type=file]",
        {"name": name, "mimeType": "application/octet-stream", "buffer": content},
    )
    page.click(f"form[action='{form}'] button.primary")
    page.wait_for_selector("#batch-state:has-text('待确认')")


def _take(page: Page) -> None:
    page.click("text=确认写入")
    page.wait_for_selector("#batch-state .state:has-text('已写入')")


def _download(page: Page, press: str) -> bytes:
    with page.expect_download() as coming:
        page.click(press)
    return Path(coming.value.path()).read_bytes()


def _spoiled(form: bytes) -> bytes:
    """Return the form filled by somebody who makes one error of each kind."""
    rng = random.Random(20260331)  # noqa: S311  a test wants the same errors again
    cells = {}
    for at in range(METERS):
        meter = known_meter(at + 1)
        cells[at] = honest_cells(meter, honest_register(meter))
        if at < len(KINDS):
            cells[at] |= KINDS[at].spoil(rng, meter, honest_register(meter))
    return filled(form, cells)


def _mended(returned: bytes) -> tuple[bytes, int]:
    """Return the workbook after its marked rows were written anew, and how many those were."""
    book = load_workbook(io.BytesIO(returned))
    page = book.worksheets[0]
    count = 0
    for at in range(METERS):
        row = FIRST_ROW + at
        if not str(page.cell(row, 1).value).startswith(("错误", "提示")):
            continue
        assert any(page.cell(row, column).comment for column in range(3, REASON))
        count += 1
        meter = known_meter(at + 1)
        told = {"number": meter.number, **honest_cells(meter, honest_register(meter))}
        for key in OPEN_CELLS:
            page.cell(row, COLUMNS[key]).value = told.get(key)
            page.cell(row, COLUMNS[key]).number_format = "yyyy-mm-dd" if key == "read_on" else "General"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), count


def test_a_month_with_every_kind_of_error_is_mended_by_its_returned_workbook(people: People) -> None:
    page = people.page("meters")
    _send(page, "/readings/send/", "历史读数.csv", _history())
    _take(page)
    page.goto("/readings/")
    look(page, "reading_batches")
    page.fill("form[action='/readings/month/form/'] input[name=month]", "2026-03")
    form = _download(page, "text=下载月抄表")
    _send(page, "/readings/month/send/", "三月抄表.xlsx", _spoiled(form))
    look(page, "reading_batch_with_errors")
    assert page.inner_text(".tally li:nth-child(1) b") == str(METERS - len(KINDS))
    mended, count = _mended(_download(page, "text=下载标注后的原表"))
    assert count == len(KINDS)
    _send(page, "/readings/month/send/", "三月抄表_改.xlsx", mended)
    assert page.inner_text(".tally li:nth-child(1) b") == str(METERS)
    assert page.inner_text(".tally li:nth-child(2) b") == "0"
    _take(page)
    look(page, "reading_batch_taken")


def _public(people: People) -> Page:
    """Return the phone of somebody without an account, whose browser runs no scripts."""
    context = people.browser.new_context(
        viewport=NARROW,  # type: ignore[arg-type]  # a plain dict of the right shape
        base_url=people.site.address,
        locale="zh-CN",
        java_script_enabled=False,
    )
    return context.new_page()


def _shot(page: Page, name: str) -> None:
    """Say that a page fits a phone; keep a picture of it when SHUIHENG_SHOTS names a folder."""
    assert int(page.evaluate("document.documentElement.scrollWidth")) <= NARROW["width"]
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}_390.png", full_page=True)


def test_a_citizen_reports_a_leaking_hydrant_and_reads_the_answer_of_the_company(people: People) -> None:
    phone = _public(people)
    phone.goto("/public/")
    _shot(phone, "public_form")
    phone.check("input[name=kind][value=hydrant]")
    phone.fill("[name=spot]", "人民路与建设路路口东南角")
    phone.fill("[name=words]", "消火栓一直漏水，已经两天了")
    phone.fill("[name=phone]", "13900001234")
    phone.set_input_files(
        "[name=photos][capture]", {"name": "a.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    phone.wait_for_timeout(3500)  # a person takes longer than this to fill the form
    phone.click("button.primary")
    number, code = (phone.locator(f"[data-{name}]").inner_text() for name in ("number", "code"))
    _shot(phone, "public_sent")

    officer = people.page("officer")
    officer.goto("/public-reports/")
    officer.wait_for_selector(f"text={number}")
    look(officer, "public_reports")
    officer.click(f"text={number}")
    officer.wait_for_selector("text=139****1234")
    look(officer, "public_report_new")
    officer.select_option("[name=organisation]", label=COMPANY)
    officer.click("form[action$='/triage/'] button")
    officer.wait_for_selector("ul.messages:has-text('已转办')")

    company = people.page("meters")
    company.goto("/public-reports/")
    company.wait_for_selector(f"text={number}")
    look(company, "public_reports_of_unit")
    company.click(f"text={number}")
    company.fill("[name=answer]", "已更换阀门，不再漏水。")
    look(company, "public_report_of_unit")
    company.click("form[action$='/answer/'] button")
    company.wait_for_selector("ul.messages:has-text('已答复')")

    phone.click("text=查询答复 >> nth=0")
    phone.fill("[name=number]", number)
    phone.fill("[name=code]", code.lower())
    phone.click("button.primary")
    assert phone.locator("[data-answer]").inner_text() == "已更换阀门，不再漏水。"
    _shot(phone, "public_answer")
    phone.click("text=公开答复")
    assert phone.locator("text=还没有公开的答复").count() == 1
    officer.reload()
    look(officer, "public_report_answered")
    officer.goto("/public-reports/statistics/")
    look(officer, "public_statistics")
