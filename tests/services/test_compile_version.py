"""Reading and compiling as a job."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Job, JobState, PlanVersion, VersionState
from shuiheng.services import compile_version as module
from shuiheng.services.compile_version import compile_version


def test_a_compiled_version_holds_document_plan_and_findings(ready: PlanVersion) -> None:
    assert ready.state == VersionState.READY
    assert ready.source_json["text"].startswith("青禾市")
    assert len(ready.compiled_json["tasks"]) == 4
    assert ready.findings.count() == len(ready.compiled_json["findings"])
    assert ready.plan.jurisdiction == "青禾市"


def test_running_a_job_that_is_done_changes_nothing(ready: PlanVersion) -> None:
    job = Job.objects.get(version=ready)
    before = job.ended_at
    compile_version(job.pk)
    job.refresh_from_db()
    assert job.ended_at == before


def test_a_fault_of_the_program_ends_in_a_state_that_people_see(
    ready: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "compile_plan", broken)
    job = Job.objects.create(version=ready)
    compile_version(job.pk)
    job.refresh_from_db()
    ready.refresh_from_db()
    assert (job.state, ready.state) == (JobState.FAILED, VersionState.FAILED)
    assert ready.error_code == "services.compile_failed"
