"""Evidence through the page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import Evidence, Progress
from shuiheng.services.file_progress import file_progress
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def _sent(city: Reporting, content: bytes = PNG, name: str = "现场.png") -> str:
    path = f"/reporting/{city.period.pk}/{city.bureau.pk}/{city.task.pk}/evidence/"
    answer = browser(city.clerk).post(path, {"files": SimpleUploadedFile(name, content)}, follow=True)
    return str(answer.content.decode())


def test_a_file_sent_before_the_first_word_makes_the_draft() -> None:
    city = make_reporting()
    assert "已上传材料：现场.png" in _sent(city)
    assert Evidence.objects.get().progress == Progress.objects.get()


def test_a_file_joins_the_draft_that_is_there() -> None:
    city = make_reporting()
    row = city.save()
    assert "已上传材料" in _sent(city)
    assert Evidence.objects.get().progress == row
    assert Progress.objects.get().done_text == row.done_text


def test_a_refused_file_says_why() -> None:
    city = make_reporting()
    assert "不是可接收的材料格式" in _sent(city, b"<svg/>", "图.svg")
    assert not Evidence.objects.exists()


def test_a_file_is_sent_back_whole_and_shown_only_to_whom_it_concerns() -> None:
    city = make_reporting()
    _sent(city)
    path = f"/evidence/{Evidence.objects.get().pk}/"
    answer = browser(city.officer).get(path)
    assert answer.content == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert browser(city.stranger).get(path).status_code == 404


def test_a_picture_is_shown_and_a_text_is_not() -> None:
    city = make_reporting()
    _sent(city)
    answer = browser(city.officer).get(f"/evidence/{Evidence.objects.get().pk}/preview/")
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "image/png",
        "nosniff",
    )
    assert answer.headers["Content-Disposition"].startswith("inline;")
    _sent(city, "说明".encode(), "说明.txt")
    text = Evidence.objects.get(media_type="text/plain")
    assert browser(city.officer).get(f"/evidence/{text.pk}/preview/").status_code == 404


def test_a_file_is_judged_from_the_page_and_removed_by_its_unit() -> None:
    city = make_reporting()
    _sent(city)
    row = Evidence.objects.get()
    city.save()
    file_progress(city.clerk, row.progress_id)
    path = f"/evidence/{row.pk}/judge/"
    assert browser(city.officer).post(path, {"verdict": "perhaps"}).status_code == 404
    browser(city.officer).post(path, {"verdict": "bad"})
    row.refresh_from_db()
    assert row.is_good is None
    browser(city.officer).post(path, {"verdict": "bad", "note": "看不清"})
    row.refresh_from_db()
    assert (row.is_good, row.note) == (False, "看不清")
    browser(city.clerk).post(
        f"/reporting/{city.period.pk}/{city.bureau.pk}/file/", {"withdraw": row.progress_id}
    )
    browser(city.clerk).post(f"/evidence/{row.pk}/remove/")
    row.refresh_from_db()
    assert row.removed_at is not None
