"""The task centre shows work in the background, stops it, and gives its result."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Job, JobKind, JobState, Role
from shuiheng.services.file_store import keep_file

pytestmark = pytest.mark.django_db
GONE = 404


def _job(account: Account, **more: object) -> Job:
    return Job.objects.create(
        kind=JobKind.LETTERS, title="催办函", asked_by=account, place=the_office().place, **more
    )


def test_a_running_job_shows_its_progress_and_can_be_cancelled(office: Client, officer: Account) -> None:
    job = _job(officer, state=JobState.RUNNING, done=3, total=10)
    assert 'value="3"' in office.get(reverse("jobs")).content.decode()
    office.post(reverse("steer_job", args=[job.pk, "cancel"]))
    job.refresh_from_db()
    assert job.cancel_asked_at is not None


def test_the_result_is_sent_under_its_name(office: Client, officer: Account, looker: Client) -> None:
    kept = keep_file(b"PK")
    job = _job(officer, state=JobState.DONE, result_name="催办函.docx", result_stored_name=kept.name)
    answer = office.get(reverse("job_result", args=[job.pk]))
    assert answer.content == b"PK"
    assert "%E5%82%AC" in answer.headers["Content-Disposition"]
    assert looker.get(reverse("job_result", args=[job.pk])).status_code == GONE


def test_a_failed_job_says_what_to_do(office: Client, officer: Account) -> None:
    job = _job(officer, state=JobState.FAILED, error_code="services.job_failed", error_values={"job": "7"})
    assert "任务编号 7" in office.get(reverse("job_line", args=[job.pk])).content.decode()


def test_a_job_that_has_ended_cannot_be_cancelled(office: Client, officer: Account) -> None:
    job = _job(officer, state=JobState.DONE)
    answer = office.post(reverse("steer_job", args=[job.pk, "cancel"]), follow=True)
    assert 'class="messages"' in answer.content.decode()


def test_without_jobs_the_page_says_so(office: Client) -> None:
    assert "没有后台任务" in office.get(reverse("jobs")).content.decode()


def test_the_system_administrator_sees_how_all_work_stands_and_not_what_it_is_about(
    officer: Account, office: Client
) -> None:
    _job(officer, state=JobState.FAILED, done=3, total=10, error_code="services.job_failed")
    keeper = Client()
    keeper.force_login(make_account("sysadmin", Role.SYSTEM_ADMINISTRATOR))
    shown = keeper.get(reverse("jobs_watched")).content.decode()
    assert "3/10" in shown and "青禾市" in shown
    assert "催办函" not in shown.replace("批量催办函", "") and "李工" not in shown
    assert "没有后台任务" in keeper.get(reverse("jobs_watched") + "?state=done").content.decode()
    assert office.get(reverse("jobs_watched")).status_code == GONE
