"""A checked workbook is taken in as a whole, once, and can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.filled_form import filled
from services.reporting import Reporting, make_reporting, make_task
from shuiheng.adapters.records.models import Event, ImportBatch, ImportChange, Job, Progress
from shuiheng.adapters.rulebook import import_policy
from shuiheng.services import commit_batch as committing
from shuiheng.services.collect_progress import check_workbook, issue_form
from shuiheng.services.commit_batch import commit_batch, import_work, undo_batch
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.progress_content import content_json, content_of
from shuiheng.services.progress_errors import ReasonNeededError

pytestmark = pytest.mark.django_db


def _sent(city: Reporting, text: str = "完成两处", value: object = 2) -> bytes:
    form = issue_form(city.clerk, period=city.period.pk, unit=city.bureau.pk)[1]
    task = f"T{city.task.pk}"
    return filled(form, {(task, "done_text"): text, (f"{task}-G{city.target.pk}", "value"): value})


def _batch(city: Reporting, content: bytes | None = None) -> ImportBatch:
    content = content or _sent(city)
    return check_workbook(city.clerk, content, period=city.period.pk, unit=city.bureau.pk, name="填报.xlsx")


def _in_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "import_policy", lambda: replace(import_policy(), background_rows=0))


def test_a_batch_writes_what_its_check_showed_with_its_rows_and_events() -> None:
    city = make_reporting()
    batch = commit_batch(city.clerk, _batch(city).pk)
    row = Progress.objects.get()
    assert (batch.state, row.done_text, row.values.get().value, row.state) == (
        "committed",
        "完成两处",
        2,
        "draft",
    )
    change = ImportChange.objects.get()
    assert (change.subject, change.after["content"]) == (f"progress:{row.pk}", content_json(content_of(row)))
    assert Event.objects.filter(action__in=("import.committed", "progress.saved")).count() == 2


def test_the_same_batch_and_the_same_file_again_change_nothing() -> None:
    city = make_reporting()
    content = _sent(city)
    batch = _batch(city, content)
    commit_batch(city.clerk, batch.pk)
    events = Event.objects.count()
    assert commit_batch(city.clerk, batch.pk) == batch
    assert _batch(city, content) == batch
    assert (Event.objects.count(), Progress.objects.get().revision, ImportBatch.objects.count()) == (
        events,
        1,
        1,
    )


def test_a_batch_can_file_what_it_writes() -> None:
    city = make_reporting()
    commit_batch(city.clerk, _batch(city).pk, is_filed=True)
    assert Progress.objects.get().state == "filed"


def test_a_report_that_moved_since_the_check_stops_the_whole_batch() -> None:
    city = make_reporting()
    second = make_task(city.plan, "另一项任务", lead=city.bureau)
    form = issue_form(city.clerk, period=city.period.pk, unit=city.bureau.pk)[1]
    sent = filled(form, {(f"T{city.task.pk}", "done_text"): "甲", (f"T{second.pk}", "done_text"): "乙"})
    batch = _batch(city, sent)
    city.save(city.colleague, text="同事写的")
    with pytest.raises(ServiceError) as caught:
        commit_batch(city.clerk, batch.pk)
    assert caught.value.code == "progress.batch_moved"
    assert [row.done_text for row in Progress.objects.all()] == ["同事写的"]
    assert not ImportChange.objects.exists()


def test_a_blocked_batch_is_not_taken_in() -> None:
    city = make_reporting()
    batch = _batch(city, _sent(city, value="约两处"))
    with pytest.raises(ServiceError) as caught:
        commit_batch(city.clerk, batch.pk)
    assert caught.value.code == "progress.batch_blocked"


def test_undoing_puts_back_what_stood_before() -> None:
    city = make_reporting()
    city.save(text="原来的内容", obstacles="缺资金", values={city.target.pk: 1})
    before = content_json(content_of(Progress.objects.get()))
    batch = commit_batch(city.clerk, _batch(city).pk)
    with pytest.raises(ReasonNeededError):
        undo_batch(city.clerk, batch.pk, reason=" ")
    batch = undo_batch(city.clerk, batch.pk, reason="填错了单位")
    assert (batch.state, batch.undo_reason, batch.undone_by) == ("undone", "填错了单位", city.clerk)
    assert content_json(content_of(Progress.objects.get())) == before
    assert Event.objects.get(action="import.undone").reason == "填错了单位"
    with pytest.raises(ServiceError):
        undo_batch(city.clerk, batch.pk, reason="再次")
    with pytest.raises(ServiceError):
        commit_batch(city.clerk, batch.pk)


@pytest.mark.parametrize("is_filed", [True, False])
def test_a_batch_on_which_something_rests_is_not_undone(is_filed: bool) -> None:
    city = make_reporting()
    batch = commit_batch(city.clerk, _batch(city).pk)
    if is_filed:
        file_progress(city.clerk, Progress.objects.get().pk)
    else:
        city.save(city.colleague, text="之后改的")
    with pytest.raises(ServiceError) as caught:
        undo_batch(city.clerk, batch.pk, reason="撤销")
    assert (caught.value.code, caught.value.values) == ("progress.batch_in_use", {"count": "1"})


def test_another_unit_neither_commits_nor_undoes() -> None:
    city = make_reporting()
    batch = _batch(city)
    for act in (
        lambda: commit_batch(city.stranger, batch.pk),
        lambda: undo_batch(city.stranger, batch.pk, reason="x"),
    ):
        with pytest.raises(NotThereError):
            act()


def test_what_a_batch_changed_is_never_altered() -> None:
    city = make_reporting()
    commit_batch(city.clerk, _batch(city).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        ImportChange.objects.update(row=1)


def test_a_long_batch_is_written_by_the_worker_and_a_second_run_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    _in_background(monkeypatch)
    city = make_reporting()
    with django_capture_on_commit_callbacks(execute=True):
        batch = commit_batch(city.clerk, _batch(city).pk)
        assert batch.state == "running"
    batch.refresh_from_db()
    job = Job.objects.get(kind="import")
    assert (batch.state, job.state, job.result["rows"]) == ("committed", "done", 1)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    import_work(job.pk)
    assert (Progress.objects.get().revision, ImportChange.objects.count()) == (1, 1)


def test_a_long_batch_that_fails_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    _in_background(monkeypatch)
    city = make_reporting()
    batch = _batch(city)
    city.save(city.colleague, text="同事写的")
    with django_capture_on_commit_callbacks(execute=True):
        commit_batch(city.clerk, batch.pk)
    batch.refresh_from_db()
    job = Job.objects.get(kind="import")
    assert (batch.state, job.state, job.error_code) == ("checked", "failed", "progress.batch_moved")
