"""Minutes of the coordinating body (联席会议), and the tasks that arise from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Meeting,
    MeetingDecision,
    Organisation,
    PlanDocument,
    RegisterTask,
    TaskOrigin,
    TaskParty,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is written down about a meeting.

    Args:
        title: Its name.
        held_on: The day.
        room: Where.
        text: The minutes.
        present: Keys of the organisations that were there.
    """

    title: str
    held_on: date
    room: str = ""
    text: str = ""
    present: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a meeting decided.

    Args:
        words: The decision.
        leads: Keys of the organisations that lead the task that arises; none makes no task.
        joint: Keys of those that take part.
        due_on: By when.
    """

    words: str
    leads: Sequence[int] = ()
    joint: Sequence[int] = field(default=())
    due_on: date | None = None


def record_meeting(actor: Actor, plan: str, minutes: Minutes) -> Meeting:
    """Write down a meeting of the body that coordinates a plan.

    Raises:
        ServiceError: `services.meeting_without_title`, `services.meeting_ahead`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.MEETINGS_KEEP)
    if not minutes.title.strip():
        raise ServiceError("services.meeting_without_title")
    if minutes.held_on > timezone.localdate():
        raise ServiceError("services.meeting_ahead", day=minutes.held_on.isoformat())
    with transaction.atomic():
        document = row_for(account, Action.MEETINGS_KEEP, PlanDocument, slug=plan)
        meeting = Meeting.objects.create(
            plan=document,
            title=minutes.title.strip()[:200],
            held_on=minutes.held_on,
            room=minutes.room.strip()[:200],
            minutes=minutes.text.strip(),
            recorded_by=account,
        )
        meeting.present.set(_units(account, minutes.present))
        record_event(
            account,
            "meeting.recorded",
            subject=f"meeting:{meeting.pk}",
            place=document.place,
            after={"title": meeting.title, "held_on": meeting.held_on.isoformat()},
        )
    return meeting


def add_decision(actor: Actor, meeting_key: int, decided: Decided) -> MeetingDecision:
    """Add what a meeting decided; with a leading unit it becomes a task of the register.

    Raises:
        ServiceError: `services.decision_without_words`, `services.decision_part_twice`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.MEETINGS_KEEP)
    if not decided.words.strip():
        raise ServiceError("services.decision_without_words")
    if set(decided.leads) & set(decided.joint):
        raise ServiceError("services.decision_part_twice")
    with transaction.atomic():
        meeting = row_for(account, Action.MEETINGS_KEEP, Meeting, pk=meeting_key)
        decision = MeetingDecision.objects.create(
            meeting=meeting,
            words=decided.words.strip(),
            order=meeting.decisions.count(),
            task=_task(account, meeting, decided) if decided.leads else None,
        )
        record_event(
            account,
            "meeting.decided",
            subject=f"meeting:{meeting.pk}",
            place=meeting.plan.place,
            after={"words": decision.words, "task": decision.task_id},
        )
    return decision


def _task(account: Account, meeting: Meeting, decided: Decided) -> RegisterTask:
    last = meeting.plan.register_tasks.aggregate(last=Max("order"))["last"] or 0
    task = RegisterTask.objects.create(
        plan=meeting.plan,
        origin=TaskOrigin.MEETING,
        path_text=meeting.title,
        text=decided.words.strip(),
        due_on=decided.due_on,
        order=last + 1,
    )
    for role, keys in (("lead", decided.leads), ("joint", decided.joint)):
        for order, unit in enumerate(_units(account, keys)):
            TaskParty.objects.create(
                task=task,
                organisation=unit,
                role=role,
                order=order,
                is_from_plan=False,
                from_on=meeting.held_on,
                set_by=account,
            )
    record_event(
        account,
        "task.arisen",
        subject=f"task:{task.pk}",
        place=meeting.plan.place,
        after={"text": task.text, "meeting": meeting.pk},
    )
    return task


def _units(account: Account, keys: Sequence[int]) -> list[Organisation]:
    """Return organisations in the order asked for; one that is not in sight does not exist."""
    found = scope(account, Action.ORGANISATIONS_LOOK, Organisation).in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
