"""A water user files on its page, is asked about doubtful registers, gets a receipt, and takes one back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from filing import PHOTO, Callbacks, Filer, make_filer, with_history
from shuiheng.adapters.records.models import Account, MeterFiling, Role
from shuiheng.services.found_city import join
from shuiheng.services.readings.file_month import file_month

pytestmark = pytest.mark.django_db
OK, FOUND, GONE, WRONG = 200, 302, 404, 422


@pytest.fixture
def filer(officer: Account, django_capture_on_commit_callbacks: Callbacks) -> Filer:
    made = make_filer(officer)
    with_history(officer, made, django_capture_on_commit_callbacks)
    return made


@pytest.fixture
def phone(filer: Filer) -> Client:
    client = Client()
    client.force_login(filer.account)
    return client


def _sent(filer: Filer, register: str, **more: object) -> dict[str, object]:
    month = f"{filer.month.month:%Y-%m}"
    typed = {"user": filer.user.pk, "month": month, "day": filer.day.isoformat()}
    return {**typed, f"register-{filer.meter.pk}": register, **more}


def test_the_first_page_of_a_filer_leads_to_the_form_with_the_months_beside(
    phone: Client, filer: Filer
) -> None:
    form = f"{reverse('filing')}?user={filer.user.pk}&amp;month={filer.month.month:%Y-%m}"
    assert f'href="{form}"' in phone.get(reverse("home")).content.decode()
    page = phone.get(form.replace("&amp;", "&")).content.decode()
    for words in (filer.meter.number, "19,000", "1,000", "远传表", f"{filer.month.month:%Y-%m}"):
        assert words in page
    assert 'inputmode="decimal"' in page and 'capture="environment"' in page


def test_a_register_is_filed_with_its_photo_and_the_receipt_says_so(
    phone: Client, filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    photo = SimpleUploadedFile("表.png", PHOTO, "image/png")
    with django_capture_on_commit_callbacks(execute=True):
        answer = phone.post(
            reverse("filing"), _sent(filer, "20,050", **{f"photo-{filer.meter.pk}": photo}), follow=True
        )
    row = MeterFiling.objects.get()
    assert answer.status_code == OK and "已收到，写入中" in answer.content.decode()
    page = phone.get(answer.redirect_chain[-1][0]).content.decode()
    for words in (f"-{row.pk:06d}", "已收到", "20,050", "已写入", "照片", "周芳"):
        assert words in page
    assert row.photo is not None
    assert "已填报 1 / 2" in phone.get(reverse("filing")).content.decode()


def test_a_doubtful_register_comes_back_with_what_was_typed_and_goes_with_a_remark(
    phone: Client, filer: Filer
) -> None:
    answer = phone.post(reverse("filing"), _sent(filer, "18000"))
    page = answer.content.decode()
    assert answer.status_code == WRONG and "低于上次读数" in page and 'value="18000"' in page
    assert f'name="remark-{filer.meter.pk}"' in page
    said = _sent(filer, "18000", **{f"remark-{filer.meter.pk}": "已换表"})
    assert phone.post(reverse("filing"), said).status_code == FOUND
    shown = phone.get(reverse("filing")).content.decode()
    assert 'value="已换表"' in shown
    assert phone.post(reverse("filing"), said).status_code == FOUND
    assert MeterFiling.objects.count() == 1


def test_what_cannot_be_filed_is_said(phone: Client, filer: Filer) -> None:
    for sent, words in (
        (_sent(filer, ""), "没有填写任何读数"),
        (_sent(filer, "20050", day="昨天"), "昨天"),
        (_sent(filer, "20050", month="2020-01"), "已经截止"),
        (_sent(filer, "1900500"), "满度"),
    ):
        answer = phone.post(reverse("filing"), sent)
        assert answer.status_code == WRONG and words in answer.content.decode()
    assert not MeterFiling.objects.exists()
    assert phone.get(reverse("filing"), {"user": "999999"}).status_code == GONE


@pytest.mark.parametrize(
    ("register", "words"),
    [("18000", "低于上次读数"), ("20050", "用水 1,050 m³"), ("两万", "不是读数"), ("", "")],
)
def test_a_register_is_looked_at_while_it_is_typed_and_nothing_is_saved(
    phone: Client, filer: Filer, register: str, words: str
) -> None:
    answer = phone.post(reverse("check_filed", args=[filer.meter.pk]), _sent(filer, register))
    page = answer.content.decode()
    assert answer.status_code == OK and "<html" not in page
    assert words in page if words else not page.strip()
    assert not MeterFiling.objects.exists()


def test_a_filing_is_taken_back_with_a_reason(
    phone: Client, filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = file_month(filer.account, filer.month.month, [filer.typed("20050")])[0]
    address = reverse("withdraw_filed", args=[row.pk])
    assert "没有说明" in phone.post(address, {"reason": ""}, follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = phone.post(address, {"reason": "抄错表"}, follow=True).content.decode()
    assert "已撤回" in page and "该月还没有填报" in page and "已更正或撤回的填报" in page


def test_without_meters_the_page_says_whom_to_ask(officer: Account, filer: Filer, phone: Client) -> None:
    stranger = Account.objects.create(username="none")
    join(stranger, filer.meter.keeper, Role.ENTERPRISE_FILER)
    client = Client()
    client.force_login(stranger)
    assert "请联系节水办登记" in client.get(reverse("filing")).content.decode()
    assert client.get(reverse("filed_month", args=[filer.user.pk, "2026-01"])).status_code == GONE


def test_nobody_looks_at_another_users_meters(officer: Account, filer: Filer) -> None:
    other = make_filer(officer, "青禾食品厂")
    client = Client()
    client.force_login(other.account)
    month = f"{filer.month.month:%Y-%m}"
    assert client.post(reverse("check_filed", args=[filer.meter.pk]), _sent(filer, "1")).status_code == GONE
    assert client.get(reverse("filed_month", args=[filer.user.pk, month])).status_code == GONE
    assert client.post(reverse("filing"), _sent(filer, "20050")).status_code == GONE
