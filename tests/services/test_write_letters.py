"""A run of letters numbers without gaps, goes on after a crash, and writes each letter once."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobState,
    Letter,
    Organisation,
    Progress,
    ReportingPeriod,
)
from shuiheng.services import write_letters as writing
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.write_letters import ask_reminder_letters, letter_file, write_letters
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
UNITS = ("水利局", "农业农村局", "财政局", "教育局")


@pytest.fixture
def period(officer: Account) -> ReportingPeriod:
    plan = make_plan(officer)
    for name in UNITS:
        make_task(plan, f"{name}的任务", make_unit(name))
    return make_period(plan, officer)


def _asked(officer: Account, period: ReportingPeriod) -> Job:
    units = list(Organisation.objects.values_list("pk", flat=True))
    by = timezone.localdate() + timedelta(days=7)
    return ask_reminder_letters(officer, period.pk, units, mark="青节水办", answer_by=by)


def test_each_unit_gets_one_letter_and_the_archive_holds_them_in_order(
    officer: Account, period: ReportingPeriod
) -> None:
    job = _asked(officer, period)
    write_letters(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"letters": 4, "skipped": 0})
    assert [letter.number for letter in Letter.objects.order_by("number")] == [1, 2, 3, 4]
    names = zipfile.ZipFile(io.BytesIO(kept_content(job.result_stored_name))).namelist()
    assert [name[:4] for name in names] == ["0001", "0002", "0003", "0004"]


@pytest.mark.parametrize("crash_at", [0, 1, 2, 3])
def test_a_crash_at_any_letter_leaves_no_gap_and_doubles_none(
    officer: Account, period: ReportingPeriod, monkeypatch: pytest.MonkeyPatch, crash_at: int
) -> None:
    job, kept, calls = _asked(officer, period), writing._kept, []

    def falls(*given: object) -> Letter:
        calls.append(1)
        if len(calls) == crash_at + 1:
            raise KeyboardInterrupt
        return kept(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_kept", falls)
        with pytest.raises(KeyboardInterrupt):
            write_letters(job.pk)
    assert Letter.objects.count() == crash_at
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)  # what the worker does when it starts
    write_letters(job.pk)
    assert [letter.number for letter in Letter.objects.order_by("number")] == [1, 2, 3, 4]
    assert Letter.objects.values("organisation").distinct().count() == 4


def test_a_unit_that_reported_meanwhile_gets_none(officer: Account, period: ReportingPeriod) -> None:
    job = _asked(officer, period)
    task = period.plan.register_tasks.first()
    assert task is not None
    Progress.objects.create(
        period=period, task=task, organisation=task.parties.get().organisation, state="filed"
    )
    write_letters(job.pk)
    job.refresh_from_db()
    assert job.result == {"letters": 3, "skipped": 1}


def test_the_same_letter_gives_the_same_file(officer: Account, period: ReportingPeriod) -> None:
    write_letters(_asked(officer, period).pk)
    letter = Letter.objects.first()
    assert letter is not None
    assert letter_file(letter) == letter_file(letter)
    assert letter.snapshot_id.startswith("sha256:")


def test_asking_queues_the_work(
    officer: Account,
    period: ReportingPeriod,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = _asked(officer, period)
    job.refresh_from_db()
    assert (job.state, job.error_code, job.error_values) == (JobState.DONE, "", {})
    assert Letter.objects.count() == 4


def test_what_makes_no_sense_is_refused(officer: Account, period: ReportingPeriod) -> None:
    today = timezone.localdate()
    units = list(Organisation.objects.values_list("pk", flat=True))
    for given, mark, by, code in (
        (units, "青1", today, "services.mark_form"),
        (units, "青", today - timedelta(days=1), "services.answer_day_passed"),
        ([], "青", today, "services.no_letters"),
    ):
        with pytest.raises(ServiceError) as refused:
            ask_reminder_letters(officer, period.pk, given, mark=mark, answer_by=by)
        assert refused.value.code == code


def test_asking_twice_makes_one_run(officer: Account, period: ReportingPeriod) -> None:
    job = _asked(officer, period)
    with pytest.raises(ServiceError) as refused:
        _asked(officer, period)
    assert refused.value.code == "services.letters_under_way"
    write_letters(job.pk)
    assert _asked(officer, period).pk != job.pk
