"""Reporting by workbook through the page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.filled_form import filled
from services.reporting import make_reporting
from services.test_progress_doubts import sent_after
from shuiheng.adapters.records.models import ImportBatch, Progress
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db


def test_a_form_is_fetched_filled_sent_back_taken_in_and_undone() -> None:
    city = make_reporting()
    client = browser(city.clerk)
    desk = f"/reporting/{city.period.pk}/{city.bureau.pk}/"
    assert f"{desk}collect/" in client.get(desk).content.decode()
    form = client.get(f"{desk}form.xlsx")
    assert "filename*=UTF-8''" in form.headers["Content-Disposition"]
    sent = filled(form.content, {(f"T{city.task.pk}", "done_text"): "完成两处"})
    answer = client.post(f"{desk}collect/", {"file": SimpleUploadedFile("填报.xlsx", sent)})
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"/batches/{batch.pk}/"
    page = client.get(f"/batches/{batch.pk}/").content.decode()
    assert "现在还没有保存" in page and '<ins class="diff-new">完成两处</ins>' in page
    assert not Progress.objects.exists()
    assert "已写入 1 项" in client.post(f"/batches/{batch.pk}/commit/", follow=True).content.decode()
    assert Progress.objects.get().done_text == "完成两处"
    assert (
        "已撤销"
        in client.post(f"/batches/{batch.pk}/undo/", {"reason": "填错"}, follow=True).content.decode()
    )
    assert Progress.objects.get().done_text == ""
    assert "填报.xlsx" in client.get(f"{desk}collect/").content.decode()


def test_a_faulty_form_comes_back_marked_and_is_not_taken_in() -> None:
    city = make_reporting()
    client = browser(city.clerk)
    desk = f"/reporting/{city.period.pk}/{city.bureau.pk}/"
    form = client.get(f"{desk}form.xlsx").content
    goal = f"T{city.task.pk}-G{city.target.pk}"
    sent = filled(form, {(f"T{city.task.pk}", "done_text"): "完成", (goal, "value"): "约两处"})
    client.post(f"{desk}collect/", {"file": SimpleUploadedFile("填报.xlsx", sent)})
    batch = ImportBatch.objects.get()
    assert "未保存任何内容" in client.get(f"/batches/{batch.pk}/").content.decode()
    marked = client.get(f"/batches/{batch.pk}/marked/")
    assert marked.content[:2] == b"PK"
    assert "处错误" in client.post(f"/batches/{batch.pk}/commit/", follow=True).content.decode()


def test_a_doubt_is_explained_on_the_page_before_it_is_taken_in() -> None:
    city = make_reporting()
    client = browser(city.clerk)
    batch = sent_after(city, last=3, now=2)
    page = client.get(f"/batches/{batch.pk}/").content.decode()
    assert "比上期的 3 处 减少" in page and "未保存任何内容" not in page
    assert "没有写明原因" in client.post(f"/batches/{batch.pk}/commit/", follow=True).content.decode()
    row = batch.counts["unanswered"][0]
    answered = client.post(f"/batches/{batch.pk}/answer/", {f"reason-{row}": "一处返工"}, follow=True)
    assert "一处返工" in answered.content.decode() and "确认写入" in answered.content.decode()
    assert "已写入 1 项" in client.post(f"/batches/{batch.pk}/commit/", follow=True).content.decode()


def test_a_file_that_cannot_be_read_says_why() -> None:
    city = make_reporting()
    path = f"/reporting/{city.period.pk}/{city.bureau.pk}/collect/"
    answer = browser(city.clerk).post(path, {"file": SimpleUploadedFile("a.xlsx", b"MZ\x90\x00")})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_another_unit_finds_no_batch() -> None:
    city = make_reporting()
    client = browser(city.clerk)
    desk = f"/reporting/{city.period.pk}/{city.bureau.pk}/"
    form = client.get(f"{desk}form.xlsx").content
    client.post(f"{desk}collect/", {"file": SimpleUploadedFile("a.xlsx", form)})
    key = ImportBatch.objects.get().pk
    other = browser(city.stranger)
    for path in (f"/batches/{key}/", f"/batches/{key}/marked/", f"{desk}form.xlsx", "/batches/999/"):
        assert other.get(path).status_code == 404
    assert other.post(f"/batches/{key}/commit/").status_code == 404
