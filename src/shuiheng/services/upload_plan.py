"""Take in a file as a new plan or as a new version of one."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from shuiheng.adapters.records.models import Account, Job, PlanDocument, PlanVersion, VersionState
from shuiheng.services.background import enqueue
from shuiheng.services.errors import EmptyFileError, FileTooLargeError, NotThereError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.permission import Action, Actor, require

SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def upload_plan(
    actor: Actor, content: bytes, *, name: str, plan: str | None = None, is_synthetic: bool = False
) -> PlanVersion:
    """Store a file and queue its reading; the same file twice adds nothing.

    Args:
        actor: Who uploads; needs the right to upload.
        content: The file.
        name: Its name, for display only.
        plan: Slug of the plan of which it is a new version; None makes a new plan.
        is_synthetic: Whether a new plan is made up, so that every page says so.

    Returns:
        The new version, or the one that holds the same file in the same plan already.

    Raises:
        EmptyFileError, FileTooLargeError, NotThereError, NotPermittedError: It was not taken in.
    """
    account = require(actor, Action.UPLOAD)
    if not content:
        raise EmptyFileError
    if len(content) > settings.UPLOAD_BYTES:
        raise FileTooLargeError(limit_mb=settings.UPLOAD_BYTES // 2**20)
    with transaction.atomic():
        document = _wanted_plan(plan)
        twin = _twin(content, document)
        if twin:
            return twin
        if document is None:
            document = _new_plan(account, shown_name(name), is_synthetic=is_synthetic)
        return _new_version(account, document, content=content, name=name)


def _wanted_plan(slug: str | None) -> PlanDocument | None:
    if slug is None:
        return None
    document = PlanDocument.objects.select_for_update().filter(slug=slug).first()
    if document is None:
        raise NotThereError(slug)
    return document


def _twin(content: bytes, document: PlanDocument | None) -> PlanVersion | None:
    """Return a version that holds the same file and has not failed, in this plan or in any."""
    same = PlanVersion.objects.filter(sha256=hashlib.sha256(content).hexdigest())
    same = same.exclude(state__in=(VersionState.FAILED, VersionState.WITHDRAWN))
    return (same.filter(plan=document) if document else same).order_by("pk").first()


def _new_plan(account: Account, name: str, *, is_synthetic: bool) -> PlanDocument:
    slug = "".join(secrets.choice(SLUG_LETTERS) for _ in range(8))
    title = name.rsplit(".", 1)[0]
    return PlanDocument.objects.create(slug=slug, title=title, is_synthetic=is_synthetic, created_by=account)


def _new_version(account: Account, document: PlanDocument, *, content: bytes, name: str) -> PlanVersion:
    last = document.versions.aggregate(last=Max("sequence"))["last"] or 0
    kept = keep_file(content)
    version = PlanVersion.objects.create(
        plan=document,
        sequence=last + 1,
        stored_name=kept.name,
        sha256=kept.sha256,
        original_name=shown_name(name),
        byte_count=kept.byte_count,
        uploaded_by=account,
    )
    job = Job.objects.create(version=version)
    record_event(account, "plan.uploaded", subject=f"version:{version.pk}", sha256=kept.sha256)
    transaction.on_commit(lambda: enqueue(job.pk))
    return version
