"""Uploading."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import TEXT
from shuiheng.adapters.records.models import Job, PlanVersion


def test_several_files_are_taken_in_and_their_progress_shown(
    office: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    files = [
        SimpleUploadedFile("一.txt", TEXT.encode()),
        SimpleUploadedFile("二.docx", b"PK\x03\x04 broken"),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post("/upload/", {"files": files})
    page = office.get(response["Location"]).content.decode()
    assert "打开核对" in page and "未能处理" in page
    assert PlanVersion.objects.count() == 2


def test_an_empty_file_is_refused_in_words(office: Client) -> None:
    response = office.post("/upload/", {"files": [SimpleUploadedFile("空.txt", b"")]})
    assert response.status_code == 422
    assert "文件没有任何内容" in response.content.decode()


def test_a_new_version_goes_to_its_plan(office: Client, ready: PlanVersion) -> None:
    office.post("/upload/", {"files": [SimpleUploadedFile("新.txt", b"new")], "plan": ready.plan.slug})
    assert ready.plan.versions.count() == 2


def test_a_running_job_asks_again_and_a_finished_one_does_not(office: Client, ready: PlanVersion) -> None:
    job = Job.objects.create(version=ready, state="running", phase="reading", done=3, total=9)
    page = office.get(f"/jobs/{job.pk}/").content.decode()
    assert "hx-trigger" in page and "3/9" in page
    job.state = "done"
    job.save()
    assert "hx-trigger" not in office.get(f"/jobs/{job.pk}/").content.decode()


def test_strange_lists_of_versions_are_answered(office: Client) -> None:
    assert office.get("/upload/?versions=x,-1,99999999999999999999,").status_code == 200
