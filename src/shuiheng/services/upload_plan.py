"""Take in a file as a new plan or as a new version of one."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from shuiheng.adapters.records.models import Account, Job, Place, PlanDocument, PlanVersion, VersionState
from shuiheng.services.background import enqueue
from shuiheng.services.errors import EmptyFileError, FileTooLargeError, NotThereError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import own_places, row_for, scope

SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def upload_plan(  # noqa: PLR0913  each is named at the call
    actor: Actor,
    content: bytes,
    *,
    name: str,
    plan: str | None = None,
    place: Place | None = None,
    is_synthetic: bool = False,
) -> PlanVersion:
    """Store a file and queue its reading; the same file twice adds nothing.

    Args:
        actor: Who uploads; needs the right to upload.
        content: The file.
        name: Its name, for display only.
        plan: Slug of the plan of which it is a new version; None makes a new plan.
        place: The city of a new plan; the first for which the actor may upload unless told.
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
        document = row_for(account, Action.UPLOAD, PlanDocument, lock=True, slug=plan) if plan else None
        city = document.place if document else _city(account, place)
        twin = _twin(account, content, document, city)
        if twin:
            return twin
        if document is None:
            document = _new_plan(account, city, shown_name(name), is_synthetic=is_synthetic)
        return _new_version(account, document, content=content, name=name)


def _city(account: Account, wanted: Place | None) -> Place:
    """Return the city of a new plan."""
    cities = own_places(account, Action.UPLOAD)
    if wanted is None:
        return cities[0]
    if wanted not in cities:
        raise NotThereError(f"place:{wanted.slug}")
    return wanted


def _twin(account: Account, content: bytes, document: PlanDocument | None, city: Place) -> PlanVersion | None:
    """Return a version that holds the same file and has not failed, in this plan or in the city's."""
    same = scope(account, Action.UPLOAD, PlanVersion).filter(sha256=hashlib.sha256(content).hexdigest())
    same = same.exclude(state__in=(VersionState.FAILED, VersionState.WITHDRAWN))
    return (same.filter(plan=document) if document else same.filter(plan__place=city)).order_by("pk").first()


def _new_plan(account: Account, city: Place, name: str, *, is_synthetic: bool) -> PlanDocument:
    slug = "".join(secrets.choice(SLUG_LETTERS) for _ in range(8))
    title = name.rsplit(".", 1)[0]
    return PlanDocument.objects.create(
        slug=slug, title=title, place=city, is_synthetic=is_synthetic, created_by=account
    )


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
    job = Job.objects.create(version=version, place=document.place, asked_by=account)
    record_event(
        account,
        "plan.uploaded",
        subject=f"version:{version.pk}",
        after={"plan": document.pk, "job": job.pk},
        sha256=kept.sha256,
    )
    transaction.on_commit(lambda: enqueue(job.pk))
    return version
