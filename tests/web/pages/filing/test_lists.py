"""The office sees who has filed and who has not, reminds once, and takes the list along."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from filing import Callbacks, Filer, make_filer, with_history
from shuiheng.adapters.records.models import Account, Event, Message
from shuiheng.services.readings.file_month import file_month

pytestmark = pytest.mark.django_db
OK, GONE = 200, 404


@pytest.fixture
def filers(officer: Account, django_capture_on_commit_callbacks: Callbacks) -> tuple[Filer, Filer]:
    """Two users, of which the first has filed."""
    done, missing = make_filer(officer), make_filer(officer, "青禾食品厂")
    with_history(officer, done, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        typed = done.typed("18000", remark="已换表")
        file_month(done.account, done.month.month, [typed])
    return done, missing


def test_the_list_tells_who_has_filed_and_who_has_not(office: Client, filers: tuple[Filer, Filer]) -> None:
    page = office.get(reverse("filings")).content.decode()
    assert "青禾印染厂" in page and "青禾食品厂" in page and "1/1" in page and "0/1" in page
    for state, shown, hidden in (
        ("missing", "青禾食品厂", "青禾印染厂"),
        ("whole", "青禾印染厂", "青禾食品厂"),
    ):
        page = office.get(reverse("filings"), {"state": state}).content.decode()
        assert shown in page and hidden not in page
    assert "没有符合条件" in office.get(reverse("filings"), {"q": "没有这户"}).content.decode()


def test_a_reminder_goes_to_those_who_have_not_filed_and_once(
    office: Client, filers: tuple[Filer, Filer]
) -> None:
    done, missing = filers
    units = [done.user.organisation_id, missing.user.organisation_id]
    sent = {"month": f"{done.month.month:%Y-%m}", "unit": units, "channel": ["site", "paper"]}
    for said in ("已写 2 条提醒", "已写 0 条提醒"):
        assert said in office.post(reverse("remind_filings"), sent, follow=True).content.decode()
    assert {each.organisation for each in Message.objects.all()} == {missing.user.organisation}
    assert "还有1只水表" in Message.objects.all()[0].text
    for wrong, words in ((sent | {"channel": []}, "未配置或未选择"), (sent | {"month": "2020-01"}, "截止")):
        assert words in office.post(reverse("remind_filings"), wrong, follow=True).content.decode()


def test_the_list_is_taken_along_as_it_is_filtered(office: Client, filers: tuple[Filer, Filer]) -> None:
    answer = office.get(reverse("filings_export", args=["xlsx"]), {"state": "missing"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {cell.value for row in book.active.iter_rows() for cell in row}  # type: ignore[union-attr]
    assert "青禾食品厂" in cells and "青禾印染厂" not in cells
    assert Event.objects.filter(action="table.exported", subject="filings").count() == 1
    assert office.get(reverse("filings_export", args=["pdf"])).status_code == GONE


def test_a_list_that_is_taken_along_says_for_which_district(
    office: Client, filers: tuple[Filer, Filer]
) -> None:
    place = filers[0].user.organisation.place
    answer = office.get(reverse("filings_export", args=["xlsx"]), {"district": place.pk})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(f"区县 {place.name}" in each for each in said)


def test_the_office_reads_registers_doubts_and_remarks_of_a_user(
    office: Client, filers: tuple[Filer, Filer]
) -> None:
    done, missing = filers
    month = f"{done.month.month:%Y-%m}"
    page = office.get(reverse("filed_month", args=[done.user.pk, month])).content.decode()
    assert "18,000" in page and "低于上次读数" in page and "已换表" in page and "撤回理由" not in page
    page = office.get(reverse("filed_month", args=[missing.user.pk, month])).content.decode()
    assert "该月还没有填报" in page and "未填" in page
    for address in ([999999, month], [done.user.pk, "2026-13"]):
        assert office.get(reverse("filed_month", args=address)).status_code == GONE


def test_who_may_not_write_reminds_nobody(filers: tuple[Filer, Filer]) -> None:
    client = Client()
    client.force_login(filers[0].account)
    assert client.get(reverse("filings")).status_code == OK
    assert client.post(reverse("remind_filings"), {"month": "2026-10"}).status_code == GONE
