"""Put a project into the register, change it, and close it (建设项目)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Organisation, Place, Project
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.allowances.norm_lookup import norm_key
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.gates.norm_facts import norms_on
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

LONG, LONGEST, MOST_USES = 200, 500, 200
MOST = Decimal("1e15")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFields:
    """What is said of a project.

    Args:
        name: Its name.
        kind: `new`, `rebuilt` or `enlarged`.
        stage: The stage that it has reached.
        area: Key of its district, or of the city.
        owner: Key of the organisation whose it is, or None when it is only named.
        owner_name: Name of an owner that is not in the register of units.
        category: Category by which duties are told apart.
        site_area_m2: Area of the site.
        building_area_m2: Floor area.
        planned: Planned water of a year in m³ by kind of water.
        norm: Key of the use norm of its main product, or its number where only one standard has it.
        activity: Planned amount of that product in a year, in the unit of the norm.
        uses: Processes and main equipment, as named.
        approved_on: Day on which its application for water was approved.
        begun_on: Day on which building of the water works began.
        note: What else is to be known.
    """

    name: str
    kind: str
    stage: str
    area: int
    owner: int | None = None
    owner_name: str = ""
    category: str = ""
    site_area_m2: Decimal | None = None
    building_area_m2: Decimal | None = None
    planned: Mapping[str, Decimal] = field(default_factory=dict)
    norm: str = ""
    activity: Decimal | None = None
    uses: Sequence[str] = ()
    approved_on: date | None = None
    begun_on: date | None = None
    note: str = ""


def add_project(actor: Actor, what: ProjectFields) -> Project:
    """Put a project into the register.

    Raises:
        ServiceError: `gates.field`: a field is missing or cannot be; `gates.owner_needed`.
        NotThereError, NotPermittedError: The district is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        area = row_for(account, Action.GATES_KEEP, Place, pk=what.area)
        project = Project(place=city_above(area), made_by=account, made_at=timezone.now())
        _write(account, project, what)
        tell_project(account, "project.registered", project, after=_said(project))
    return project


def change_project(actor: Actor, key: int, what: ProjectFields) -> Project:
    """Change what is said of a project; the day on which it reaches a stage is kept.

    Raises:
        ServiceError: `gates.field`, `gates.owner_needed`, `gates.closed`.
        NotThereError, NotPermittedError: The project or the district is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    with transaction.atomic():
        project = open_project(account, Action.GATES_KEEP, key)
        before = _said(project)
        _write(account, project, what)
        after = _said(project)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            tell_project(
                account,
                "project.changed",
                project,
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
            )
    return project


def close_project(actor: Actor, key: int, *, reason: str) -> Project:
    """Close a project: nothing is entered or decided any more; it stays to be looked at.

    Raises:
        ServiceError: `gates.reason_needed`, `gates.closed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.GATES_KEEP)
    if not reason.strip():
        raise ServiceError("gates.reason_needed")
    with transaction.atomic():
        project = open_project(account, Action.GATES_KEEP, key)
        project.is_closed = True
        project.save(update_fields=["is_closed"])
        tell_project(account, "project.closed", project, reason=reason.strip()[:LONGEST])
    return project


def open_project(account: Account, action: Action, key: int) -> Project:
    """Return a project of the actor under lock.

    Raises:
        ServiceError: `gates.closed`.
        NotThereError: It is not the actor's.
    """
    project = row_for(account, action, Project, lock=True, pk=key)
    if project.is_closed:
        raise ServiceError("gates.closed")
    return project


def tell_project(account: Account | None, action: str, project: Project, **said: Any) -> None:
    """Write an event about a project."""
    record_event(account, action, subject=f"project:{project.pk}", place=project.place, **said)


def _write(account: Account, project: Project, what: ProjectFields) -> None:
    area = row_for(account, Action.GATES_KEEP, Place, pk=what.area)
    if city_above(area).pk != project.place.pk:
        raise NotThereError(f"place:{what.area}")
    _check(what, project.kind)
    _check_norm(project, what.norm.strip())
    project.area, project.owner = area, _owner(account, project.place, what.owner)
    if project.owner is None and not what.owner_name.strip():
        raise ServiceError("gates.owner_needed")
    if project.stage != what.stage:
        project.days = {**project.days, what.stage: timezone.localdate().isoformat()}
    project.name, project.kind, project.stage = what.name.strip()[:LONG], what.kind, what.stage
    project.owner_name = what.owner_name.strip()[:LONG]
    project.category, project.norm = what.category, what.norm.strip()
    project.site_area_m2, project.building_area_m2 = what.site_area_m2, what.building_area_m2
    project.planned = {kind: str(volume) for kind, volume in what.planned.items()}
    project.activity = what.activity
    project.uses = [each.strip()[:LONG] for each in what.uses if each.strip()][:MOST_USES]
    project.approved_on, project.begun_on = what.approved_on, what.begun_on
    project.note = what.note.strip()[:LONGEST]
    project.save()


def _check(what: ProjectFields, kind: str) -> None:
    words = gate_words()
    numbers = {
        "site_area_m2": what.site_area_m2,
        "building_area_m2": what.building_area_m2,
        "activity": what.activity,
        **{f"planned_{name}": volume for name, volume in what.planned.items()},
    }
    wrong = {
        "name": not what.name.strip(),
        "kind": what.kind not in words.kinds or (what.kind == "renewal") is not (kind == "renewal"),
        "stage": what.stage not in words.stages,
        "category": bool(what.category) and what.category not in words.categories,
        "planned": not set(what.planned) <= set(words.waters),
        "begun_on": bool(what.approved_on and what.begun_on and what.begun_on < what.approved_on),
        **{
            name: number is not None and (not number.is_finite() or not 0 <= number < MOST)
            for name, number in numbers.items()
        },
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise ServiceError("gates.field", field=name)


def _check_norm(project: Project, norm: str) -> None:
    """Refuse a norm that the city does not have; one that the project named before may stay."""
    if norm and norm != project.norm:
        known = norms_on(project.place, timezone.localdate())
        if norm not in {name for each in known for name in (norm_key(each), each.id)}:
            raise ServiceError("gates.field", field="norm")


def _owner(account: Account, city: Place, key: int | None) -> Organisation | None:
    if key is None:
        return None
    owner = row_for(account, Action.GATES_KEEP, Organisation, pk=key)
    if city_above(owner.place).pk != city.pk:
        raise NotThereError(f"organisation:{key}")
    return owner


def _said(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "kind": project.kind,
        "stage": project.stage,
        "owner": project.owner.name if project.owner is not None else project.owner_name,
        "district": project.area.name,
        "category": project.category,
        "planned": project.planned,
        "site_area_m2": _plain(project.site_area_m2),
        "building_area_m2": _plain(project.building_area_m2),
        "norm": project.norm,
        "activity": _plain(project.activity),
        "uses": project.uses,
        "approved_on": _plain(project.approved_on),
        "begun_on": _plain(project.begun_on),
        "note": project.note,
    }


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
