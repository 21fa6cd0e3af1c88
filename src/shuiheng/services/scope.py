"""What an actor may see or change: the one function through which every query of a person goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.adapters.rulebook import Reach, role_rules
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action, Actor, memberships_of, reaches
from shuiheng.services.scope_paths import PATHS, SYSTEM_TABLES, Paths

M = TypeVar("M", bound=Model)

_PARTS = (tables.PlaceKind.DISTRICT, tables.PlaceKind.ZONE, tables.PlaceKind.TOWN)
_WHOLES = (tables.PlaceKind.CITY, *_PARTS)


def scope(actor: Actor, action: Action, table: type[M], at: date | None = None) -> QuerySet[M]:
    """Return the rows of `table` on which `actor` may do `action`.

    Args:
        actor: An account, or a visitor who is nobody.
        action: What is to be done.
        table: The table.
        at: The day whose memberships count; today unless told.

    Returns:
        A query, empty when no membership grants the action. What is not in it looks to the
        actor as if it did not exist.

    Raises:
        LookupError: The table is tied to nothing over which any right could reach. A table that
            is tied, but not to what this right reaches over, gives no rows.
    """
    wanted: Q | None = None
    for membership, reach in reaches(actor, action, at):
        part = _within(table, reach, membership, action)
        wanted = part if wanted is None else wanted | part
    rows: QuerySet[M] = table._default_manager.all()
    return rows.none() if wanted is None else rows.filter(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ActorSight:
    """What an actor may see by the right to an action, on a day."""

    actor: Actor
    action: Action
    at: date | None

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        return scope(self.actor, self.action, table, self.at)

    @property
    def grain(self) -> Grain:
        found = {reach for _, reach in reaches(self.actor, self.action, self.at)}
        if found == {Reach.CITY}:
            return Grain.CITY
        return Grain.USER if found and found <= {Reach.CITY, Reach.AREA} else Grain.METER


def sight(actor: Actor, action: Action = Action.LOOK, at: date | None = None) -> Sight:
    """Return `scope` for one actor and action, as the query functions of the records take it."""

    return _ActorSight(actor=actor, action=action, at=at)


def row_for(actor: Actor, action: Action, table: type[M], *, lock: bool = False, **wanted: Any) -> M:
    """Return the one row of `table` that is wanted, within what the actor may do.

    Raises:
        NotThereError: It does not exist, or it is not the actor's; both look the same.
    """
    rows = scope(actor, action, table)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.filter(**wanted).first()
    if row is None:
        raise NotThereError(f"{table._meta.model_name}:{sorted(wanted.items())}")
    return row


def roles_over(actor: Actor, action: Action, row: Model) -> set[str]:
    """Return the roles of the actor by which `action` may be done on a row."""
    found = set()
    for membership, reach in reaches(actor, action):
        known = _reached(membership)
        key = (reach, type(row), row.pk)
        if key not in known:
            rows = type(row)._default_manager.filter(pk=row.pk)
            known[key] = rows.filter(_within(type(row), reach, membership, action)).exists()
        if known[key]:
            found.add(membership.role)
    return found


def _reached(membership: tables.Membership) -> dict[tuple[Reach, type[Model], int], bool]:
    """Return what is known of the rows that a membership reaches; of a request it is kept for it only."""
    name = "_reached_rows"
    if not hasattr(membership, name):
        setattr(membership, name, {})
    known: dict[tuple[Reach, type[Model], int], bool] = getattr(membership, name)
    return known


def own_organisations(actor: Actor, action: Action) -> set[int]:
    """Return the keys of the organisations in whose name the actor may do `action`."""
    return {key for membership, _ in reaches(actor, action) for key in _below(membership)}


def own_places(actor: Actor, action: Action) -> list[tables.Place]:
    """Return the cities for which the actor may do `action`, each once."""
    found = {each.organisation.place_id: each.organisation.place for each, _ in reaches(actor, action)}
    return list(found.values())


def city_above(place: tables.Place) -> tables.Place:
    """Return the city in which a district, zone or town lies; a place above them is its own."""
    while place.kind in _PARTS and place.parent is not None and place.parent.kind in _WHOLES:
        place = place.parent
    return place


def _within(table: type[Model], reach: Reach, membership: tables.Membership, action: Action) -> Q:
    if table is tables.Event:
        return _events(reach, membership, action)
    if reach is Reach.SYSTEM and table in SYSTEM_TABLES:
        return Q(pk__isnull=False)
    found = _REACHES[reach](PATHS.get(table, Paths()), membership)
    if found is not None:
        return found
    if table in PATHS or table in SYSTEM_TABLES:
        return Q(pk__in=())
    raise LookupError(f"{action} reaches {reach}, to which {table.__name__} is not tied")


def _in_city(paths: Paths, membership: tables.Membership) -> Q | None:
    return Q(**{f"{paths.place}__in": _city_of(membership)}) if paths.place else None


def _in_area(paths: Paths, membership: tables.Membership) -> Q | None:
    return Q(**{f"{paths.area}__in": _places_below(membership)}) if paths.area else None


def _of_account(paths: Paths, membership: tables.Membership) -> Q | None:
    return Q(**{paths.account: membership.account_id}) if paths.account else None


def _supplied(paths: Paths, membership: tables.Membership) -> Q | None:
    """Return what belongs to users that the organisation supplies now, and the meters that it keeps."""
    organisations = _below(membership)
    sources = tables.SourceFact.objects.filter(
        supplier__in=organisations, superseded_at__isnull=True, valid_to__isnull=True
    )
    users = Q(Exists(sources.filter(subject__user=OuterRef(paths.user)))) if paths.user else None
    kept = Q(**{f"{paths.keeper}__in": organisations}) if paths.keeper else None
    return users | kept if users is not None and kept is not None else users or kept


def _of_unit(paths: Paths, membership: tables.Membership, *, with_led: bool = False) -> Q | None:
    organisations = _below(membership)
    parts = tables.TaskParty.objects.filter(organisation__in=organisations, to_on__isnull=True)
    if paths.plan:
        return Q(Exists(parts.filter(task__plan=OuterRef(paths.plan))))
    if not paths.organisation:
        return _on_task(paths.task, parts) if paths.task else None
    own = Q(**{f"{paths.organisation}__in": organisations})
    if with_led and paths.task:
        return own | _on_task(paths.task, parts.filter(role="lead"))
    return own


def _on_task(path: str, parts: QuerySet[tables.TaskParty]) -> Q:
    return Q(Exists(parts.filter(task=OuterRef(path))))


def _events(reach: Reach, membership: tables.Membership, action: Action) -> Q:
    """Return which part of the log: that of business users, of administrators, or of auditors."""
    administrators = {role for role, rule in role_rules().items() if rule.group == "administration"}
    audit = {tables.Role.AUDIT_ADMINISTRATOR.value}
    which = {
        Action.EVENTS_LOOK: ~Q(role__in=administrators),
        Action.EVENTS_LOOK_BUSINESS: ~Q(role__in=administrators),
        Action.EVENTS_LOOK_ADMINISTRATION: Q(role__in=administrators - audit),
        Action.EVENTS_LOOK_AUDIT: Q(role__in=audit),
    }.get(action)
    if which is None:
        raise LookupError(f"{action} is no right on the log")
    if reach is Reach.CITY:
        return which & Q(place__in=_city_of(membership))
    return which


def _below(membership: tables.Membership) -> set[int]:
    """Return the organisation of a membership and those below it."""

    def found() -> set[int]:
        start = {membership.organisation_id}
        return _closure(start, tables.Organisation.objects.all())

    return _once(membership, "_organisations_below", found)


def _places_below(membership: tables.Membership) -> set[int]:
    """Return the place of a membership's organisation and the places below it."""

    def found() -> set[int]:
        start = {membership.organisation.place_id}
        return _closure(start, tables.Place.objects.all())

    return _once(membership, "_places_below", found)


def _city_of(membership: tables.Membership) -> set[int]:
    """Return the places of the city: those below an office's own, else below the city above."""

    def found() -> set[int]:
        place = membership.organisation.place
        if membership.organisation.kind != tables.OrganisationKind.OFFICE:
            place = city_above(place)
        return _closure({place.pk}, tables.Place.objects.all())

    return _once(membership, "_places_of_city", found)


def _once(membership: tables.Membership, name: str, find: Callable[[], set[int]]) -> set[int]:
    """Find once for a membership object; those of a request are kept for the request only."""
    known: set[int] | None = getattr(membership, name, None)
    if known is None:
        known = find()
        setattr(membership, name, known)
    return known


def _closure(start: set[int], rows: QuerySet[Any]) -> set[int]:
    """Return keys with those of all rows below; only levels below which there is one are asked for."""
    found, edge = set(start), set(start)
    has_below = Exists(rows.filter(parent=OuterRef("pk")))
    while edge:
        below = rows.filter(parent__in=edge).order_by().annotate(has_below=has_below)
        told = dict(below.values_list("pk", "has_below"))
        edge = {key for key, is_above in told.items() if is_above} - found
        found |= told.keys()
    return found


_REACHES: dict[Reach, Callable[[Paths, tables.Membership], Q | None]] = {
    Reach.SYSTEM: lambda paths, membership: None,
    Reach.CITY: _in_city,
    Reach.AREA: _in_area,
    Reach.SUPPLIED: _supplied,
    Reach.UNIT: _of_unit,
    Reach.INVOLVED: partial(_of_unit, with_led=True),
    Reach.SELF: _of_account,
}

__all__ = [
    "PATHS",
    "Paths",
    "city_above",
    "memberships_of",
    "own_organisations",
    "own_places",
    "roles_over",
    "row_for",
    "scope",
    "sight",
]
