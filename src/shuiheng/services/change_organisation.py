"""What becomes of organisations on a day: renamed, merged, split, closed; tasks follow the successor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    ChangeKind,
    Organisation,
    OrganisationChange,
    OrganisationName,
    TaskParty,
    TaskStep,
    UnitMatch,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.move_memberships import move_memberships
from shuiheng.services.name_initials import name_initials
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.sync_parties import STRONGEST_FIRST


@dataclass(slots=True)
class Moved:
    """What went over with an organisation or ended with it, by its keys."""

    parts: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    matches: list[int] = field(default_factory=list)


def rename_organisation(actor: Actor, key: int, *, name: str, on: date, basis: str) -> OrganisationChange:
    """Give an organisation another name from a day; it can be found by the former one.

    Args:
        actor: Who does it.
        key: Primary key of the organisation.
        name: Its name from that day.
        on: The day, not after today.
        basis: The document that says so.

    Raises:
        ServiceError: The day, the basis or the name cannot be so.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = _checked(actor, on, basis)
    name = name.strip()
    with transaction.atomic():
        organisation = _open(account, key)
        if not name or len(name) > 200 or name == organisation.name:
            raise ServiceError("services.organisation_field", field="name")
        if Organisation.objects.filter(place=organisation.place, name=name, to_on__isnull=True).exists():
            raise ServiceError("services.organisation_name_taken", name=name)
        former = organisation.name
        organisation.names.filter(name=name).delete()
        _keep_former_name(organisation, former, on)
        organisation.name = name
        organisation.initials = name_initials(f"{name}{organisation.short_name}")
        organisation.save(update_fields=["name", "initials"])
        return _write_down(
            account,
            ChangeKind.RENAMED,
            [organisation],
            [organisation],
            on=on,
            basis=basis,
            former_name=former,
        )


def merge_organisations(
    actor: Actor, keys: Sequence[int], into: int, *, on: date, basis: str
) -> OrganisationChange:
    """Close organisations on a day; another one takes over their tasks, steps, names and people.

    Args:
        actor: Who does it.
        keys: The organisations that end.
        into: The one that goes on.
        on: The day, not after today.
        basis: The document that says so.

    Raises:
        ServiceError: The day or the basis cannot be so, nothing is merged, or administrators
            work in one that ends.
        NotThereError, NotPermittedError: One is not the actor's, or is closed.
    """
    account = _checked(actor, on, basis)
    ending = [key for key in dict.fromkeys(keys) if key != into]
    if not ending:
        raise ServiceError("services.nothing_chosen")
    with transaction.atomic():
        heir = _open(account, into)
        closed, moved = [_open(account, key) for key in ending], Moved()
        for organisation in closed:
            _close(organisation, on)
            _hand_over(organisation, heir, on=on, by=account, moved=moved)
            move_memberships(account, organisation, heir, basis=basis)
            _keep_former_name(heir, organisation.name, on)
        return _write_down(account, ChangeKind.MERGED, closed, [heir], on=on, basis=basis, moved=moved)


def split_organisation(
    actor: Actor, key: int, into: Sequence[int], *, on: date, basis: str
) -> OrganisationChange:
    """Close an organisation on a day in favour of several; the first of them takes over tasks and people.

    Args:
        actor: Who does it.
        key: The organisation that ends.
        into: Those that go on, two or more; single tasks can be given to the others later.
        on: The day, not after today.
        basis: The document that says so.

    Raises:
        ServiceError: The day or the basis cannot be so, fewer than two go on, or administrators
            work in it.
        NotThereError, NotPermittedError: One is not the actor's, or is closed.
    """
    account = _checked(actor, on, basis)
    going_on = [each for each in dict.fromkeys(into) if each != key]
    if len(going_on) < 2:
        raise ServiceError("services.nothing_chosen")
    with transaction.atomic():
        organisation = _open(account, key)
        after = [_open(account, each) for each in going_on]
        _close(organisation, on)
        moved = Moved()
        _hand_over(organisation, after[0], on=on, by=account, moved=moved)
        move_memberships(account, organisation, after[0], basis=basis)
        return _write_down(account, ChangeKind.SPLIT, [organisation], after, on=on, basis=basis, moved=moved)


def close_organisation(actor: Actor, key: int, *, on: date, basis: str) -> OrganisationChange:
    """Close an organisation that nobody succeeds; its parts in tasks and its people's roles end with it.

    Raises:
        ServiceError: The day or the basis cannot be so, it leads tasks that nobody else leads,
            or administrators work in it.
        NotThereError, NotPermittedError: It is not the actor's, or is closed.
    """
    account = _checked(actor, on, basis)
    with transaction.atomic():
        organisation = _open(account, key)
        alone = _led_alone(organisation)
        if alone:
            raise ServiceError("services.organisation_leads", count=str(alone))
        _close(organisation, on)
        parts = organisation.parts.filter(to_on__isnull=True)
        matches = UnitMatch.objects.filter(organisation=organisation)
        moved = Moved(parts=_keys(parts), matches=_keys(matches))
        parts.update(to_on=on)
        matches.update(organisation=None, is_confirmed=False)
        move_memberships(account, organisation, None, basis=basis)
        return _write_down(account, ChangeKind.CLOSED, [organisation], [], on=on, basis=basis, moved=moved)


def _checked(actor: Actor, on: date, basis: str) -> Account:
    account = require(actor, Action.ORGANISATIONS_EDIT)
    if on > timezone.localdate():
        raise ServiceError("services.day_to_come", day=on.isoformat())
    if not basis.strip():
        raise ServiceError("services.reason_needed")
    return account


def _open(account: Account, key: int) -> Organisation:
    return row_for(account, Action.ORGANISATIONS_EDIT, Organisation, lock=True, pk=key, to_on__isnull=True)


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _close(organisation: Organisation, on: date) -> None:
    organisation.to_on = on
    organisation.save(update_fields=["to_on"])


def _keep_former_name(organisation: Organisation, name: str, until: date) -> None:
    OrganisationName.objects.update_or_create(
        organisation=organisation,
        name=name,
        defaults={"is_former": True, "to_on": until, "initials": name_initials(name)},
    )


def _led_alone(organisation: Organisation) -> int:
    """Return how many tasks in force only this organisation leads."""
    leads = TaskParty.objects.filter(role="lead", to_on__isnull=True, task__withdrawn_at__isnull=True)
    led = leads.filter(organisation=organisation).values("task")
    shared = leads.filter(task__in=led).exclude(organisation=organisation).values("task")
    return leads.filter(organisation=organisation).exclude(task__in=shared).count()


def _hand_over(
    organisation: Organisation, heir: Organisation, *, on: date, by: Account, moved: Moved
) -> None:
    """Close the parts of one organisation and open them for its heir; the stronger role counts."""
    parts = list(organisation.parts.filter(to_on__isnull=True))
    held = {part.task_id: part for part in heir.parts.filter(to_on__isnull=True)}
    for part in parts:
        part.to_on = on
        own = held.get(part.task_id)
        if own is not None and STRONGEST_FIRST.index(own.role) > STRONGEST_FIRST.index(part.role):
            own.to_on = on
            own.save(update_fields=["to_on"])
            moved.parts.append(own.pk)
            own = None
        part.save(update_fields=["to_on"])
        moved.parts.append(part.pk)
        if own is None:
            moved.parts.append(_open_part(part, heir, on=on, by=by).pk)
    steps = TaskStep.objects.filter(organisation=organisation, done_on__isnull=True)
    matches = UnitMatch.objects.filter(organisation=organisation)
    groups = list(UnitMatch.objects.filter(members=organisation))
    moved.steps += _keys(steps)
    moved.matches += [*_keys(matches), *(match.pk for match in groups)]
    steps.update(organisation=heir)
    matches.update(organisation=heir)
    for match in groups:
        match.members.remove(organisation)
        match.members.add(heir)


def _open_part(part: TaskParty, heir: Organisation, *, on: date, by: Account) -> TaskParty:
    return TaskParty.objects.create(
        task_id=part.task_id,
        organisation=heir,
        role=part.role,
        order=part.order,
        is_from_plan=part.is_from_plan,
        from_on=on,
        set_by=by,
    )


def _write_down(  # noqa: PLR0913  a change has this many sides, all named
    account: Account,
    kind: ChangeKind,
    before: Sequence[Organisation],
    after: Sequence[Organisation],
    *,
    on: date,
    basis: str,
    former_name: str = "",
    moved: Moved | None = None,
) -> OrganisationChange:
    change = OrganisationChange.objects.create(
        kind=kind, on=on, basis=basis.strip()[:300], former_name=former_name, recorded_by=account
    )
    change.before.set(before)
    change.after.set(after)
    subject = (before[0] if before else after[0]).pk
    record_event(
        account,
        f"organisation.{kind.value}",
        subject=f"organisation:{subject}",
        place=before[0].place,
        reason=basis,
        before={"organisations": [former_name or each.name for each in before]},
        after={
            "organisations": [each.name for each in after],
            "from_on": on.isoformat(),
            "change": change.pk,
            "units": [each.pk for each in (*before, *after)],
            **asdict(moved or Moved()),
        },
    )
    return change
