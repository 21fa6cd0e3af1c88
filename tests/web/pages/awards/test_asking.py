"""A user asks on its own page, the office enters what came on paper."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.awards.made_up import City, irrigation, use_rate
from shuiheng.adapters.records.models import Award, SchemeKind
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED, GONE = 422, 404


def test_a_user_finds_what_is_open_and_asks_with_its_documents(city: City, browser: Browser) -> None:
    scheme, user = city.scheme(), city.user("甲厂")
    city.scheme(is_open=False)
    client = browser(city.filer(user))
    page = client.get(reverse("awards")).content.decode()
    address = f"{reverse('ask_for_award', args=[user.pk])}?scheme={scheme.pk}"
    assert page.count("?scheme=") == 1 and address in page
    assert "青禾市节水奖励办法" in client.get(address).content.decode()
    files = [SimpleUploadedFile(name, b"ok") for name in ("a.txt", "b.txt")]
    files[1].write(b"more")
    files[1].seek(0)
    typed = {
        "scheme": scheme.pk,
        "subject": "节水型企业",
        "matter": "other",
        "basis": "已验收",
        "files": files,
    }
    answer = client.post(reverse("ask_for_award", args=[user.pk]), typed, follow=True)
    said = answer.content.decode()
    assert "申请已提交" in said and "50,000.00" in said and "a.txt" in said and "b.txt" in said
    assert Award.objects.get().documents.count() == len(files)
    assert "节水型企业" in client.get(reverse("awards")).content.decode()


def test_what_is_missing_stays_typed_and_is_named(city: City, browser: Browser) -> None:
    scheme, user = city.scheme(), city.user("甲厂")
    typed = {"scheme": scheme.pk, "subject": "节水型企业", "matter": "other", "basis": ""}
    answer = browser(city.filer(user)).post(reverse("ask_for_award", args=[user.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == REFUSED
    assert "依据和理由" in page and 'value="节水型企业"' in page
    assert not Award.objects.exists()


def test_irrigation_asks_for_its_figures(
    city: City, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_rate(monkeypatch)
    scheme, user = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION), city.user("灌溉站")
    typed = {
        "scheme": scheme.pk,
        "subject": "一号地块",
        "matter": "irrigation",
        "basis": "低于定额",
        "crop": "小麦",
        "area_mu": "100",
        "norm_m3_mu": "300",
        "metered": "power",
        "energy_kwh": "5,800",
        "m3_kwh": "5",
    }
    client = browser(city.filer(user))
    page = client.post(reverse("ask_for_award", args=[user.pk]), typed, follow=True).content.decode()
    assert "5800 × 5" in page and "50.00" in page and "以电折水" in page
    short = typed | {"subject": "二号地块", "m3_kwh": ""}
    answer = client.post(reverse("ask_for_award", args=[user.pk]), short)
    assert answer.status_code == REFUSED
    assert "每度电提水量" in answer.content.decode()


def test_the_office_finds_a_user_and_enters_for_it(city: City, browser: Browser) -> None:
    scheme, user = city.scheme(), city.user("甲厂")
    office = browser(city.clerk)
    found = office.get(reverse("award_scheme", args=[scheme.pk]), {"user": "甲"}).content.decode()
    assert f"{reverse('enter_for_award', args=[user.pk])}?scheme={scheme.pk}" in found
    typed = {"scheme": scheme.pk, "subject": "节水型企业", "matter": "other", "basis": "纸质申请"}
    office.post(reverse("enter_for_award", args=[user.pk]), typed)
    assert Award.objects.get().asked_by == city.clerk


def test_without_an_open_scheme_one_is_sent_to_the_list_and_to_others_units_nowhere(
    city: City, browser: Browser
) -> None:
    user, other = city.user("甲厂"), city.user("乙厂")
    client = browser(city.filer(user))
    answer = client.get(reverse("ask_for_award", args=[user.pk]), follow=True)
    assert "请选择受理中的项目" in answer.content.decode()
    scheme = city.scheme()
    assert client.get(reverse("ask_for_award", args=[other.pk]), {"scheme": scheme.pk}).status_code == GONE
    assert client.get(reverse("enter_for_award", args=[user.pk])).status_code == GONE
