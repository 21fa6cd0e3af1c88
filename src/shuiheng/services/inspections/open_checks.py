"""Open checks: one by itself, or one for each object of a draw; and take one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    Account,
    Check,
    CheckMember,
    CheckState,
    DrawState,
    InspectionDraw,
    InspectionItem,
    InspectorEntry,
    Organisation,
    Permit,
    Place,
    Project,
    UserFact,
    WaterUser,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections.check_steps import locked_check, tell_check
from shuiheng.services.inspections.check_terms import team_size
from shuiheng.services.inspections.draw_scope import ObjectKind, object_key
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

LONGEST_SUBJECT, LONGEST_REASON = 160, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPlan:
    """Who is to look at what by when (检查安排).

    Args:
        area: Key of the district in which it lies, or of the city.
        items: Keys of the items of the register that are looked at.
        inspectors: Keys of the entries of the register of inspectors.
        user: Key of the water user, or None.
        project: Key of the project, or None.
        permit: Key of the permit, or None.
        subject: What is checked, in words, where none of these is given.
        due_on: The last day of the check, or None.
        planned_on: The day for which it is planned, or None.
    """

    area: int
    items: Sequence[int]
    inspectors: Sequence[int]
    user: int | None = None
    project: int | None = None
    permit: int | None = None
    subject: str = ""
    due_on: date | None = None
    planned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Object:
    words: str
    area: Place | None = None
    organisation: Organisation | None = None
    user: WaterUser | None = None
    project: Project | None = None
    permit: Permit | None = None


def open_check(actor: Actor, plan: CheckPlan) -> Check:
    """Open a check that no draw asked for: after a report, of a place, again.

    Raises:
        ServiceError: `checks.no_object`, `checks.no_items`, `checks.team_small`, `checks.days_turned`,
            `checks.no_rule`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_KEEP)
    area = row_for(account, Action.CHECKS_KEEP, Place, pk=plan.area)
    city = city_above(area)
    if plan.due_on and plan.planned_on and plan.due_on < plan.planned_on:
        raise ServiceError("checks.days_turned")
    found = _chosen(account, plan)
    items = list(InspectionItem.objects.filter(place=city, pk__in=plan.items, to_on__isnull=True))
    if not items:
        raise ServiceError("checks.no_items")
    team = list(InspectorEntry.objects.filter(place=city, pk__in=plan.inspectors, to_on__isnull=True))
    _refuse_small(city, team)
    with transaction.atomic():
        row = _opened(account, area, found, items)
        row.due_on, row.planned_on = plan.due_on, plan.planned_on
        row.save()
        _join(row, team)
        tell_check(account, row, "check.opened", subject=row.subject, inspectors=len(team))
    return row


@transaction.atomic
def open_checks(account: Account, draw: InspectionDraw) -> Sequence[Check]:
    """Open a check for each object of a draw that has none, with its team and items; again, it adds none.

    A check is of the district in which its object lies today, so that the district sees it; of that which
    drew where the ledger does not say. Whoever calls it has made sure that the account may.

    Raises:
        ServiceError: `checks.not_drawn`.
    """
    if draw.state != DrawState.DRAWN:
        raise ServiceError("checks.not_drawn")
    held = set(
        Check.objects.filter(draw=draw).exclude(state=CheckState.VOID).values_list("subject_key", flat=True)
    )
    entries = InspectorEntry.objects.in_bulk()
    items = {f"I{each.pk}": each for each in draw.items.all()}
    made = []
    for drawn in drawn_objects(draw.record):
        if drawn.number in held:
            continue
        found = _by_number(drawn.number)
        row = _opened(
            account,
            found.area or draw.area,
            found,
            [items[each] for each in drawn.items if each in items] or list(items.values()),
        )
        row.draw, row.subject_key, row.due_on = draw, drawn.number, draw.planned_to
        row.save()
        _join(row, [entries[int(each[1:])] for each in drawn.team])
        made.append(row)
    if made:
        tell_check(account, made[0], "check.opened", checks=[row.pk for row in made], draw=draw.pk)
    return made


def void_check(actor: Actor, key: int, *, reason: str) -> Check:
    """Take a check back that will not be done, or was not done as the law asks.

    Raises:
        ServiceError: `checks.reason_needed`, `checks.wrong_state`, `checks.orders_open`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    states = [each for each in CheckState if each not in (CheckState.VOID, CheckState.CLOSED)]
    with transaction.atomic():
        row = locked_check(account, Action.CHECKS_DECIDE, key, *states)
        if not reason.strip():
            raise ServiceError("checks.reason_needed")
        if row.orders.exclude(state="void").exists():
            raise ServiceError("checks.orders_open")
        _void(account, row, reason=reason.strip())
    return row


def void_planned(account: Account, draw: InspectionDraw, *, reason: str) -> None:
    """Take back the checks of a draw that was ended and that nobody has begun; call it in its transaction."""
    planned = Check.objects.select_for_update().filter(draw=draw, state=CheckState.PLANNED)
    for row in planned.order_by("pk"):
        _void(account, row, reason=reason)


def _void(account: Account, row: Check, *, reason: str) -> None:
    row.state, row.end_reason = CheckState.VOID, reason[:LONGEST_REASON]
    row.ended_by, row.closed_at = account, timezone.now()
    row.save(update_fields=["state", "end_reason", "ended_by", "closed_at"])
    tell_check(account, row, "check.voided", reason=row.end_reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnObject:
    """An object that a record of a draw names, with its team and items."""

    number: str
    team: tuple[str, ...]
    items: tuple[str, ...]


def drawn_objects(record: Mapping[str, Any]) -> Sequence[DrawnObject]:
    """Return what the record of a draw says of its objects (docs/formats/draw.md)."""
    return [
        DrawnObject(
            number=each["id"],
            team=tuple(each["inspectors"]),
            items=tuple(each.get("items", ())),
        )
        for each in record.get("result", {}).get("drawn", ())
    ]


def kept_items(items: Sequence[InspectionItem]) -> list[dict[str, Any]]:
    """Return items with their questions as a check keeps them."""
    return [
        {
            "id": each.pk,
            "name": each.name,
            "source": each.source,
            "clause": each.clause,
            "questions": each.questions,
        }
        for each in items
    ]


def _opened(account: Account, area: Place, found: _Object, items: Sequence[InspectionItem]) -> Check:
    return Check(
        place=city_above(area),
        area=area,
        user=found.user,
        project=found.project,
        permit=found.permit,
        organisation=found.organisation,
        subject=found.words[:LONGEST_SUBJECT],
        items=kept_items(items),
        made_by=account,
        made_at=timezone.now(),
    )


def _join(row: Check, team: Sequence[InspectorEntry]) -> None:
    CheckMember.objects.bulk_create(CheckMember(of=row, inspector=each) for each in team)


def _chosen(account: Account, plan: CheckPlan) -> _Object:
    if plan.user is not None:
        user = row_for(account, Action.LEDGER_LOOK, WaterUser, pk=plan.user)
        return _of_user(user)
    if plan.project is not None:
        return _of_project(row_for(account, Action.GATES_LOOK, Project, pk=plan.project))
    if plan.permit is not None:
        return _of_permit(row_for(account, Action.LEDGER_LOOK, Permit, pk=plan.permit))
    if not plan.subject.strip():
        raise ServiceError("checks.no_object")
    return _Object(words=plan.subject.strip())


def _by_number(number: str) -> _Object:
    kind, key = object_key(number)
    try:
        if kind is ObjectKind.USER:
            return _of_user(WaterUser.objects.select_related("organisation").get(pk=key))
        if kind is ObjectKind.PROJECT:
            return _of_project(Project.objects.select_related("owner").get(pk=key))
        return _of_permit(Permit.objects.select_related("source__user__organisation").get(pk=key))
    except (WaterUser.DoesNotExist, Project.DoesNotExist, Permit.DoesNotExist) as error:
        raise NotThereError(number) from error


def _of_user(user: WaterUser) -> _Object:
    return _Object(
        words=user.organisation.name, area=_district(user), organisation=user.organisation, user=user
    )


def _of_project(project: Project) -> _Object:
    return _Object(words=project.name, area=project.area, organisation=project.owner, project=project)


def _of_permit(permit: Permit) -> _Object:
    user = permit.source.user
    return _Object(
        words=f"{user.organisation.name} {permit.number}".strip(),
        area=_district(user),
        organisation=user.organisation,
        user=user,
        permit=permit,
    )


def _district(user: WaterUser) -> Place | None:
    """Return in which district a user lies today by the ledger."""
    facts = standing(UserFact.objects.filter(subject=user), AsOf(on=timezone.localdate()))
    fact = facts.select_related("district__parent").first()
    return None if fact is None else fact.district


def _refuse_small(city: Place, team: Sequence[InspectorEntry]) -> None:
    least = team_size(city, timezone.localdate())
    if len(team) < least:
        raise ServiceError("checks.team_small", least=str(least))
