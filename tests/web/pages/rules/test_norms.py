"""Norms are searched, imported by two persons, and users are held against them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office import make_account
from services.charges.made_up import City, made_up_city
from services.rules.norm_books import STANDARD, a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, ActivityFact, LedgerBatch, Role, WaterUser
from shuiheng.services.rules.norm_book import receive_norms, take_norms

pytestmark = pytest.mark.django_db
GONE = 404
AT = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def checker() -> Client:
    """A browser of the reviewer."""
    client = Client()
    client.force_login(reviewer())
    return client


@pytest.fixture
def city(officer: Account) -> City:
    """A city with imported norms."""
    the_city()
    batch = receive_norms(officer, content=a_book(a_row(), a_row("2", product="毛巾")), name="a.xlsx")
    take_norms(reviewer(), batch.pk)
    return made_up_city(officer)


def _page(client: Client, route: str, *key: object, **query: object) -> str:
    answer = client.get(reverse(route, args=key), query)
    assert answer.status_code == 200, route
    return answer.content.decode()


def _makes(user: WaterUser, code: str, amount: str, unit: str = "t") -> None:
    ActivityFact.objects.create(
        subject=user,
        code=code,
        unit=unit,
        amount=Decimal(amount),
        valid_from=date(2025, 1, 1),
        recorded_at=AT,
    )


def test_norms_are_searched_and_one_is_opened(office: Client, city: City) -> None:
    assert "印染布" in _page(office, "use_norms") and "印染布" not in _page(office, "use_norms", q="毛巾")
    one = _page(office, "use_norm", standard=STANDARD, id="1")
    assert "2.2" in one and "已核对" in one and "李工" in one
    assert office.get(reverse("use_norm"), {"standard": STANDARD, "id": "9"}).status_code == GONE
    sent = office.get(reverse("use_norms_export", args=["csv"]), {"q": "毛巾"}).content.decode("utf-8-sig")
    assert "毛巾" in sent and "印染布" not in sent


def test_a_workbook_goes_from_form_to_norm(office: Client, checker: Client) -> None:
    the_city()
    assert office.get(reverse("norm_book_form")).headers["Content-Type"].endswith("sheet")
    file = SimpleUploadedFile("定额.xlsx", a_book())
    page = office.post(reverse("send_norm_book"), {"file": file}, follow=True).content.decode()
    assert "待另一位复核人员确认写入" in page
    batch = LedgerBatch.objects.get(kind="use_norms")
    take = reverse("take_norm_book", args=[batch.pk])
    assert office.post(take).status_code == GONE
    assert "定额已写入" in checker.post(take, follow=True).content.decode()
    undo = reverse("undo_norm_book", args=[batch.pk])
    assert "标准号有误" in checker.post(undo, {"reason": "标准号有误"}, follow=True).content.decode()
    assert "定额.xlsx" in _page(office, "norm_books") and "定额.xlsx" not in _page(office, "reading_batches")


def test_a_wrong_workbook_is_said_and_sent_back_marked(office: Client) -> None:
    the_city()
    file = SimpleUploadedFile("定额.xlsx", a_book(a_row(unit="元/t")))
    page = office.post(reverse("send_norm_book"), {"file": file}, follow=True).content.decode()
    assert "不是每单位产品或服务的用水量" in page
    batch = LedgerBatch.objects.get(kind="use_norms")
    assert office.get(reverse("marked_norm_book", args=[batch.pk])).headers["Content-Type"].endswith("sheet")
    for bad in ({}, {"file": SimpleUploadedFile("x.xlsx", b"x")}):
        answer = office.post(reverse("send_norm_book"), bad, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("norm_books")


def test_users_stand_beside_their_norms_or_what_is_missing_is_named(office: Client, city: City) -> None:
    """1,200 m³ of a year: 1,000 t allow 2,200 m³ (1,600 advanced), 600 t allow 1,320, 500 t allow 1,100."""
    whole = dict.fromkeys(range(1, 13), 100_000)
    for name, tonnes in (("先进厂", "1000"), ("达标厂", "600"), ("超额厂", "500")):
        _makes(city.user(name, litres=whole), "印染布", tonnes)
    city.user("无产量厂", litres=whole)
    _makes(city.user("无定额厂", litres=whole), "香水", "5")
    _makes(city.user("缺水量厂", litres=whole | {3: None}), "印染布", "100")
    shown = {
        grade: _page(office, "norm_grades", year=2025, grade=grade)
        for grade in ("advanced", "qualified", "over", "unknown")
    }
    names = ("先进厂", "达标厂", "超额厂", "无产量厂", "无定额厂", "缺水量厂")
    found = {grade: [name for name in names if name in page] for grade, page in shown.items()}
    assert found == {
        "advanced": ["先进厂"],
        "qualified": ["达标厂"],
        "over": ["超额厂"],
        "unknown": ["无产量厂", "无定额厂", "缺水量厂"],
    }
    for words in ("没有登记产品或服务", "产品或服务没有对应的定额", "全年水量不全"):
        assert words in shown["unknown"]
    assert "1.09" in shown["over"]
    sent = office.get(reverse("norm_grades_export", args=["csv"]), {"year": "2025", "grade": "over"})
    assert "超额厂" in sent.content.decode("utf-8-sig") and "先进厂" not in sent.content.decode("utf-8-sig")


def test_others_see_norms_and_no_users(city: City) -> None:
    client = Client()
    client.force_login(make_account("qi", Role.ENTERPRISE_FILER))
    assert "印染布" in _page(client, "use_norms")
    assert client.get(reverse("norm_grades")).status_code == GONE
