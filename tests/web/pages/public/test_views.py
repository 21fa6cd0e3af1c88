"""Anybody reports without an account or a script, reads the own answer, and no page names a person."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from filing import PHOTO
from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import PublicReport, PublicReportPhoto
from shuiheng.services.public_reports import take_report as taking
from shuiheng.services.public_reports.publish_report import publish_report, word_answer
from shuiheng.services.public_reports.report_terms import DailyLimits
from shuiheng.web.pages.public import views

pytestmark = pytest.mark.django_db
OK, GONE, REFUSED, ENOUGH, TOO_LARGE = 200, 404, 422, 429, 413
LARGEST = 200 * 1024
_MARK, _KEPT = re.compile(r'name="form" value="([^"]+)"'), re.compile(r"data-(number|code)[^>]*>([^<]+)<")


def _typed(client: Client, town: Town, **changed: object) -> dict[str, object]:
    page = client.get(reverse("public_form", args=[town.place.slug])).content.decode()
    found = _MARK.search(page)
    assert found is not None
    return {**asdict(LEAK), "form": found[1], **changed}


def _send(client: Client, town: Town, **changed: object) -> str:
    answer = client.post(reverse("public_form", args=[town.place.slug]), _typed(client, town, **changed))
    return str(answer.content.decode())


def test_a_report_is_sent_with_a_photo_and_its_answer_is_read(town: Town) -> None:
    client = Client()
    photo = SimpleUploadedFile("a.png", PHOTO, content_type="image/png")
    kept = dict(_KEPT.findall(_send(client, town, photos=photo)))
    assert PublicReport.objects.get().number == kept["number"] and PublicReportPhoto.objects.count() == 1
    town_answer = reverse("public_answer", args=[town.place.slug])
    assert "已收到，等待分办" in client.post(town_answer, kept).content.decode()
    wrong = client.post(town_answer, {**kept, "code": "AAAAAAAAAA"})
    assert wrong.status_code == REFUSED and "没有查到" in wrong.content.decode()
    assert kept["number"] in wrong.content.decode()


def test_what_is_wrong_is_named_and_what_was_typed_stays(town: Town) -> None:
    client = Client()
    typed = _typed(client, town, spot=" ")
    answer = client.post(reverse("public_form", args=[town.place.slug]), typed)
    page = answer.content.decode()
    assert answer.status_code == REFUSED and "“地点”没有填写" in page
    assert LEAK.words in page and LEAK.phone in page and f'value="{typed["form"]}"' in page
    assert "没有被受理" in _send(client, town, website="http://x")
    assert "12345" in page and not PublicReport.objects.exists()


def test_the_limit_of_an_address_says_how_else_to_report(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    tight = DailyLimits(per_address=0, per_city=5, lookups=0, photos=0, photo_mb=1, photos_mb=1)
    monkeypatch.setattr(taking, "daily_limits", lambda place, on: tight)
    client = Client()
    answer = client.post(reverse("public_form", args=[town.place.slug]), _typed(client, town))
    assert answer.status_code == ENOUGH and "12345" in answer.content.decode()


def test_what_is_too_large_is_refused_unread(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.public_form, "most_bytes", 100)
    answer = Client().post(reverse("public_form", args=[town.place.slug]), {"words": "x" * 200})
    assert answer.status_code == TOO_LARGE and "内容太大" in answer.content.decode()


def test_pages_are_light_need_no_script_and_hold_no_person(town: Town) -> None:
    row = town.answered()
    word_answer(town.clerk, row.pk, title="消火栓漏水", answer="已更换阀门")
    publish_report(town.reviewer, row.pk)
    client = Client()
    assert client.get(reverse("public_start")).headers["Location"].endswith(f"/{town.place.slug}/")
    for name in ("public_form", "public_answer", "public_published"):
        answer = client.get(reverse(name, args=[town.place.slug]))
        page = answer.content.decode()
        assert answer.status_code == OK and len(answer.content) < LARGEST and "<script" not in page
        assert not any(word in page for word in (LEAK.name, LEAK.phone, LEAK.words, row.number))
    assert "已更换阀门" in page and "sessionid" not in client.cookies
    assert client.get(reverse("public_form", args=["nowhere"])).status_code == GONE


def test_cities_are_listed_where_there_are_several(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "open_cities", lambda: [town.place, town.district])
    page = Client().get(reverse("public_start")).content.decode()
    assert town.place.name in page and town.district.name in page
