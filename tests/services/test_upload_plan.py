"""Taking in files."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from office import TEXT
from shuiheng.adapters.records.models import Account, Event, PlanVersion, VersionState
from shuiheng.services.errors import EmptyFileError, FileTooLargeError, NotPermittedError, NotThereError
from shuiheng.services.upload_plan import upload_plan


def test_an_uploaded_plan_is_read_and_compiled(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        version = upload_plan(officer, TEXT.encode(), name="方案.txt")
    version.refresh_from_db()
    assert version.state == VersionState.READY
    assert version.plan.title == "青禾市节水工作实施方案"
    assert Event.objects.filter(action="plan.uploaded", actor=officer).count() == 1


def test_a_refused_file_fails_with_its_code(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        version = upload_plan(officer, b"MZ\x90\x00 not a plan", name="plan.docx")
    version.refresh_from_db()
    assert version.state == VersionState.FAILED
    assert version.error_code.startswith("documents.")


def test_the_same_file_twice_adds_nothing(officer: Account) -> None:
    first = upload_plan(officer, b"text", name="a.txt")
    assert upload_plan(officer, b"text", name="b.txt") == first
    assert PlanVersion.objects.count() == 1


def test_a_new_version_counts_up_in_its_plan(officer: Account) -> None:
    first = upload_plan(officer, b"one", name="a.txt")
    second = upload_plan(officer, b"two", name="a.txt", plan=first.plan.slug)
    assert (second.plan, second.sequence) == (first.plan, 2)


def test_a_version_of_a_plan_that_does_not_exist_is_refused(officer: Account) -> None:
    with pytest.raises(NotThereError):
        upload_plan(officer, b"one", name="a.txt", plan="nowhere")


def test_a_reader_may_not_upload(reader: Account) -> None:
    with pytest.raises(NotPermittedError):
        upload_plan(reader, b"one", name="a.txt")
    assert not PlanVersion.objects.exists()


def test_the_limit_of_size_holds_on_both_sides(officer: Account, settings: Settings) -> None:
    settings.UPLOAD_BYTES = 4
    assert upload_plan(officer, b"1234", name="a.txt").byte_count == 4
    with pytest.raises(FileTooLargeError):
        upload_plan(officer, b"12345", name="a.txt")
    with pytest.raises(EmptyFileError):
        upload_plan(officer, b"", name="a.txt")
