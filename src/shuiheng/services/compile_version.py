"""Read and compile one version: the work of a background job."""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.documents import DocumentRefusedError, read_document
from shuiheng.adapters.records.models import Job, JobState, PlanVersion, VersionState
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans import Plan, SourceDocument
from shuiheng.plans.compiler import COMPILER, compile_plan
from shuiheng.plans.document_json import document_from_json, document_json
from shuiheng.plans.plan_json import plan_json
from shuiheng.services.errors import NotThereError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import kept_content
from shuiheng.services.renew_findings import renew_findings

logger = logging.getLogger(__name__)
REPORT_EVERY_PERCENT = 2


def compile_version(job_key: int) -> None:
    """Do the job with this key: read the file, compile the plan, store both with the findings.

    Running it again does the same work again and ends in the same rows. A file that is
    refused, and a fault of the program, end in a state that people see.
    """
    job = _claim(job_key)
    if job is None:
        return
    version = _version(job)
    try:
        document = _read(job)
        _enter(job, VersionState.COMPILING)
        as_of = timezone.localdate()
        plan = compile_plan(document, load_knowledge(), as_of=as_of)
        _store(job, document, plan, as_of=as_of)
    except (DocumentRefusedError, NotThereError) as error:
        _fail(job, error.code, {str(name): str(value) for name, value in dict(error.values).items()})
    except Exception:
        logger.exception("job %s on version %s failed", job.pk, version.pk)
        _fail(job, "services.compile_failed", {"job": str(job.pk)})


def _version(job: Job) -> PlanVersion:
    if job.version is None:
        raise NotThereError(f"version of job:{job.pk}")
    return job.version


def _claim(job_key: int) -> Job | None:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update()
            .filter(pk=job_key, state=JobState.WAITING, version__isnull=False)
            .first()
        )
        if job is None:
            return None
        job.state, job.phase, job.started_at = JobState.RUNNING, VersionState.READING, timezone.now()
        job.save()
        PlanVersion.objects.filter(pk=_version(job).pk).update(
            state=VersionState.READING, error_code="", error_values={}
        )
    return job


def _read(job: Job) -> SourceDocument:
    """Return the stored reading when there is one, else read the file and report progress."""
    if _version(job).source_json is not None:
        return document_from_json(_version(job).source_json)
    reported = 0

    def on_progress(done: int, total: int) -> None:
        nonlocal reported
        percent = 100 * done // max(total, 1)
        if percent - reported >= REPORT_EVERY_PERCENT:
            reported = percent
            Job.objects.filter(pk=job.pk).update(done=done, total=total)

    content = kept_content(_version(job).stored_name)
    return read_document(content, name=_version(job).original_name, on_progress=on_progress)


def _enter(job: Job, state: VersionState) -> None:
    Job.objects.filter(pk=job.pk).update(phase=state)
    PlanVersion.objects.filter(pk=_version(job).pk).update(state=state)


def _store(job: Job, document: SourceDocument, plan: Plan, *, as_of: date) -> None:
    version = _version(job)
    with transaction.atomic():
        version.source_json = document_json(document)
        version.compiled_json = plan_json(plan)
        version.media_type = document.media_type[:120]
        version.compiler_version, version.compiled_as_of = COMPILER, as_of
        version.state, version.error_code, version.error_values = VersionState.READY, "", {}
        version.save()
        is_renamed = _name_the_plan(version, plan)
        Job.objects.filter(pk=job.pk).update(
            state=JobState.DONE, phase=VersionState.READY, ended_at=timezone.now()
        )
        renew_findings(version)
        record_event(
            None,
            "version.compiled",
            subject=f"version:{version.pk}",
            place=version.plan.place,
            after={"plan": version.plan.pk, "is_renamed": is_renamed},  # its words are in the version
            compiler=COMPILER,
        )


def _name_the_plan(version: PlanVersion, plan: Plan) -> bool:
    """Give the plan the title and place that its newest version states; return whether they are new."""
    document = version.plan
    before = (document.title, document.jurisdiction)
    document.title = (plan.header.title or document.title)[:300]
    document.jurisdiction = (plan.header.jurisdiction or document.jurisdiction)[:100]
    document.save()
    return (document.title, document.jurisdiction) != before


def _fail(job: Job, code: str, values: dict[str, str]) -> None:
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(
            state=JobState.FAILED, error_code=code, error_values=values, ended_at=timezone.now()
        )
        PlanVersion.objects.filter(pk=_version(job).pk).update(
            state=VersionState.FAILED, error_code=code, error_values=values
        )
        record_event(None, "version.failed", subject=f"version:{_version(job).pk}", code=code)
