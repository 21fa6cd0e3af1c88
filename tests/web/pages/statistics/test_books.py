"""The office sends a workbook, looks at the differences, enters it; a second person confirms."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office import the_office
from services.indicators.statistic_books import filled
from shuiheng.adapters.records.models import Account, Statistic, StatisticBatch

pytestmark = pytest.mark.django_db
GONE = 404


def _form(office: Client) -> bytes:
    asked = {"place": the_office().place_id, "topic": "population", "from": 2024, "until": 2024}
    answer = office.get(reverse("statistic_book_form"), asked)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]


def _send(office: Client, **row: object) -> str:
    given = {"place": the_office().place.name, "fact": "用水总量", "year": 2024, "source": "年鉴", **row}
    file = SimpleUploadedFile("统计.xlsx", filled(_form(office), [given]))
    return office.post(reverse("send_statistic_book"), {"file": file}, follow=True).content.decode()


def test_a_workbook_is_checked_entered_and_confirmed_by_another(office: Client, reviewer: Account) -> None:
    page = _send(office, value=3.7, unit="亿m³")
    assert "校验通过，还没有写入" in page and "37,000" in page and "3.7 亿m³" in page
    batch = StatisticBatch.objects.get()
    page = office.post(reverse("take_statistic_book", args=(batch.pk,)), follow=True).content.decode()
    assert "已写入，待另一人确认。" in page
    second = Client()
    second.force_login(reviewer)
    row = Statistic.objects.get()
    second.post(reverse("decide_statistics"), {"statistic": [row.pk], "decision": "confirm"})
    assert Statistic.objects.get().state == "confirmed"
    answer = office.post(reverse("undo_statistic_book", args=(batch.pk,)), {"reason": "传错"}, follow=True)
    assert "不能整批撤销" in answer.content.decode()


def test_a_fault_is_shown_and_the_workbook_comes_back_marked(office: Client) -> None:
    page = _send(office, value=3.7, unit="石")
    assert "有错误，未写入任何内容" in page and "无法识别" in page
    marked = office.get(reverse("marked_statistic_book", args=(StatisticBatch.objects.get().pk,)))
    assert marked.status_code == 200 and "spreadsheet" in marked["Content-Type"]


def test_a_batch_is_undone_while_it_waits(office: Client) -> None:
    _send(office, value=37000)
    key = StatisticBatch.objects.get().pk
    office.post(reverse("take_statistic_book", args=(key,)))
    answer = office.post(reverse("undo_statistic_book", args=(key,)), {"reason": "传错"}, follow=True)
    assert "已撤销整批。" in answer.content.decode()
    assert not Statistic.objects.filter(superseded_at__isnull=True).exists()
    assert "统计.xlsx" in office.get(reverse("statistic_books")).content.decode()


def test_nothing_chosen_and_other_places_are_refused(office: Client) -> None:
    assert "没有选择" in office.post(reverse("send_statistic_book"), follow=True).content.decode()
    assert office.get(reverse("statistic_book_form"), {"place": 10**9}).status_code == GONE
    assert office.get(reverse("statistic_book", args=(10**9,))).status_code == GONE
