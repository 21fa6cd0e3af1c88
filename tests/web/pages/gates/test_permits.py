"""The pages of permits: their ends, what the rules say, what came in, renewals."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from office import make_account
from services.gates.made import a_permit, a_user
from shuiheng.adapters.records.models import Account, PermitRecord, Project, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    """A browser of an auditor, who looks and changes nothing."""
    client = Client()
    client.force_login(make_account("shen", Role.AUDITOR))
    return client


def _day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_permits_are_listed_by_their_ends(office: Client, officer: Account) -> None:
    user, today = a_user(officer), timezone.localdate()
    for number, days in (("早已到期", -3), ("即将到期", 60), ("已过期限", 20), ("还有多年", 900)):
        a_permit(officer, user=user, number=number, ends=today + timedelta(days=days))
    a_permit(officer, user=user, number="没有期限", ends=None)
    every = office.get("/permits/").content.decode()
    for words in ("已过期", "将到期", "逾期未申请延续", "有效期不明"):
        assert words in every
    near = office.get("/permits/?ends=near").content.decode()
    assert "即将到期" in near
    assert "已过期限" in near
    assert "还有多年" not in near
    assert "早已到期" in office.get("/permits/?ends=expired").content.decode()
    assert "没有期限" in office.get("/permits/?ends=unknown").content.decode()
    assert "没有符合条件的许可证" in office.get("/permits/?q=没有这样的").content.decode()


def test_a_permit_shows_the_rule_with_its_clause(office: Client, officer: Account) -> None:
    permit = a_permit(officer, ends=timezone.localdate() + timedelta(days=44))
    page = office.get(f"/permits/{permit.pk}/").content.decode()
    assert "延续申请应在" in page
    assert "第二十五条" in page
    assert "没有计量数据，不能判断" in page


def test_what_came_in_is_written_down_and_withdrawn(office: Client, officer: Account) -> None:
    permit = a_permit(officer, ends=timezone.localdate() + timedelta(days=60))
    where = f"/permits/{permit.pk}/note/"
    office.post(where, {"kind": "renewal_asked", "day": "someday", "note": "申请书"})
    office.post(where, {"kind": "renewal_asked", "day": _day(1), "note": "申请书"})
    office.post(where, {"kind": "annual_report", "day": _day(0), "note": "年报"})
    assert not PermitRecord.objects.exists()
    office.post(where, {"kind": "renewal_asked", "day": _day(0), "note": "申请书"})
    assert "已申请延续" in office.get(f"/permits/{permit.pk}/").content.decode()
    row = PermitRecord.objects.get()
    office.post(f"/permits/notes/{row.pk}/withdraw/", {"reason": "录错"})
    assert "已申请延续" not in office.get(f"/permits/{permit.pk}/").content.decode()


def test_a_renewal_is_opened_once(office: Client, officer: Account) -> None:
    permit = a_permit(officer)
    first = office.post(f"/permits/{permit.pk}/renewal/")
    again = office.post(f"/permits/{permit.pk}/renewal/")
    project = Project.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == f"/projects/{project.pk}/"
    page = office.get(f"/projects/{project.pk}/").content.decode()
    assert "超过用水定额的不予延续" in page
    assert "建设项目水资源论证" not in page


def test_the_export_holds_days_and_hints(office: Client, officer: Account) -> None:
    a_permit(officer, number="取水〔2022〕8号", ends=timezone.localdate() - timedelta(days=1))
    book = openpyxl.load_workbook(io.BytesIO(office.get("/permits/export.xlsx").content))
    [row] = [
        [cell.value for cell in each]
        for each in book.worksheets[0].iter_rows()
        if each[0].value == "取水〔2022〕8号"
    ]
    assert row[4] == 600_000
    assert row[7] == -1
    assert "已于" in row[10]


def test_an_auditor_cannot_write(auditor: Client, officer: Account) -> None:
    permit = a_permit(officer)
    assert "开始延续审查" not in auditor.get(f"/permits/{permit.pk}/").content.decode()
    assert auditor.post(f"/permits/{permit.pk}/renewal/").status_code == 404


def test_an_unknown_permit_is_not_there(office: Client) -> None:
    assert office.get("/permits/9000/").status_code == 404
