"""What the pages of the event log ask: rows in sight, what to filter by, the state of the seals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import Event, Seal
from shuiheng.services.permission import Action, Actor
from shuiheng.services.scope import row_for, scope
from shuiheng.services.seal_events import last_seal, waiting_events
from shuiheng.services.verify_log import last_verdict

EVENT_ACTIONS = (
    Action.EVENTS_LOOK,
    Action.EVENTS_LOOK_BUSINESS,
    Action.EVENTS_LOOK_ADMINISTRATION,
    Action.EVENTS_LOOK_AUDIT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events a reader wants; empty means all.

    Args:
        person: Part of the name of an account or of the name that is shown.
        unit: Part of the name of a unit.
        things: What was acted on: first halves of actions (`plan`).
        done: What was done: second halves of actions (`published`).
        subject: Beginning of a subject (`version:12`).
        first_on: First civil day.
        last_on: Last civil day.
        is_refused: Whether only refused acts are wanted.
    """

    person: str = ""
    unit: str = ""
    things: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    subject: str = ""
    first_on: date | None = None
    last_on: date | None = None
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """How the log stands.

    Args:
        last: The last seal, or None.
        waiting: Number of events that no seal holds yet.
        verdict: The event of the last verification, or None when there was none.
    """

    last: Seal | None
    waiting: int
    verdict: Event | None


def events_in_sight(actor: Actor, action: Action, wanted: EventFilter) -> QuerySet[Event]:
    """Return the events of one part of the log, the newest first."""
    rows = scope(actor, action, Event).select_related("actor", "organisation", "place", "sealed__seal")
    if wanted.person:
        names = Q(actor__username__icontains=wanted.person) | Q(actor__display_name__icontains=wanted.person)
        rows = rows.filter(names)
    if wanted.unit:
        rows = rows.filter(organisation__name__icontains=wanted.unit)
    rows = rows.filter(_any("action__startswith", {f"{thing}." for thing in wanted.things}))
    rows = rows.filter(_any("action__endswith", {f".{done}" for done in wanted.done}))
    if wanted.subject:
        rows = rows.filter(subject__startswith=wanted.subject)
    if wanted.first_on:
        rows = rows.filter(at__gte=_midnight(wanted.first_on))
    if wanted.last_on and wanted.last_on < date.max:
        rows = rows.filter(at__lt=_midnight(wanted.last_on + timedelta(days=1)))
    if wanted.is_refused:
        rows = rows.filter(is_refused=True)
    return rows.order_by("-pk")


def event_in_sight(actor: Actor, action: Action, key: str) -> Event:
    """Return one event.

    Raises:
        NotThereError: It does not exist, or it is not the actor's to see; both look the same.
    """
    return row_for(actor, action, Event, key=key)


def log_state() -> LogState:
    """Return how the log stands; it tells numbers and hashes only, so every reader of a part may see it."""
    return LogState(last=last_seal(), waiting=waiting_events(is_full=False).count(), verdict=last_verdict())


def _any(lookup: str, values: Iterable[str]) -> Q:
    """Return the condition that one of the values fits; with none, everything does."""
    wanted = Q()
    for value in sorted(values):
        wanted |= Q(**{lookup: value})
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
