"""Write into the accountability log (问责记录) what was done about a unit that did not do its part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    AccountabilityEntry,
    AccountabilityKind,
    Organisation,
    PlanDocument,
    RegisterTask,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry.

    Args:
        organisation: Key of the unit.
        kind: What was done.
        words: About what, in words.
        basis: By which rule; an entry without one is refused.
        on: The day.
        task: Key of the task, or None.
    """

    organisation: int
    kind: AccountabilityKind
    words: str
    basis: str
    on: date
    task: int | None = None


def enter_accountability(actor: Actor, plan: str, entry: Entry) -> AccountabilityEntry:
    """Write one entry; it cannot be changed afterwards, a later one corrects it.

    Raises:
        ServiceError: `services.accountability_incomplete`, `services.accountability_ahead`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.ACCOUNTABILITY_ENTER)
    if not entry.words.strip() or not entry.basis.strip():
        raise ServiceError("services.accountability_incomplete")
    if entry.on > timezone.localdate():
        raise ServiceError("services.accountability_ahead", day=entry.on.isoformat())
    with transaction.atomic():
        document = row_for(account, Action.ACCOUNTABILITY_ENTER, PlanDocument, slug=plan)
        unit = row_for(account, Action.ORGANISATIONS_LOOK, Organisation, pk=entry.organisation)
        task = None
        if entry.task is not None:
            task = row_for(account, Action.REGISTER_LOOK, RegisterTask, pk=entry.task, plan=document)
        row = AccountabilityEntry.objects.create(
            plan=document,
            task=task,
            organisation=unit,
            kind=entry.kind,
            words=entry.words.strip(),
            basis=entry.basis.strip()[:300],
            on=entry.on,
            entered_by=account,
        )
        record_event(
            account,
            "accountability.entered",
            subject=f"accountability:{row.pk}",
            place=document.place,
            after={"kind": row.kind, "words": row.words, "basis": row.basis},
        )
    return row
