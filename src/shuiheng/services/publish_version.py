"""Publish a version: its items become the rows that boards, calendars and unit pages show."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PlanDocument, PlanVersion, VersionState
from shuiheng.adapters.records.published_rows import clear_rows, write_rows
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.services.decide_item import editable_version
from shuiheng.services.errors import OpenDoubtsError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.services.renew_findings import renew_findings
from shuiheng.services.sync_register import sync_register


def publish_version(actor: Actor, version_key: int, *, with_doubts: bool = False) -> PlanVersion:
    """Make a version the published one of its plan, in one transaction.

    The version that was published before is superseded. Doubts that are still open are
    listed with the version, so that a reader sees what was known then.

    Args:
        actor: Who publishes; needs the right to publish.
        version_key: Primary key of the version, which must be ready.
        with_doubts: Whether to publish although doubts are open.

    Raises:
        OpenDoubtsError: Doubts are open and `with_doubts` was not given.
        NotThereError, WrongStateError, NotPermittedError: It cannot be published.
    """
    account = require(actor, Action.PUBLISH)
    knowledge = load_knowledge()
    with transaction.atomic():
        version = editable_version(account, Action.PUBLISH, version_key)
        PlanDocument.objects.select_for_update().get(pk=version.plan_id)
        work = plan_at_work(version)
        if work.doubts and not with_doubts:
            raise OpenDoubtsError(count=len(work.doubts))
        superseded = list(PlanVersion.objects.filter(plan=version.plan, state=VersionState.PUBLISHED))
        for former in superseded:
            former.state = VersionState.SUPERSEDED
            former.save(update_fields=["state"])
            clear_rows(former)
        version.state = VersionState.PUBLISHED
        version.published_by, version.published_at = account, timezone.now()
        version.doubts_at_publishing = [{"kind": doubt.kind.value, "id": doubt.id} for doubt in work.doubts]
        version.save(update_fields=["state", "published_by", "published_at", "doubts_at_publishing"])
        renew_findings(version)
        write_rows(version, work.decided.plan, knowledge)
        sync_register(version.plan, by=account)
        record_event(
            account,
            "plan.published",
            subject=f"version:{version.pk}",
            after={"superseded": [former.pk for former in superseded]},
            open_doubts=len(work.doubts),
        )
    return version
