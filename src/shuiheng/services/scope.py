"""What an actor may see or change: the one function through which every query of a person goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.adapters.rulebook import Reach, role_rules
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action, Actor, memberships_of, reaches

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """How a table is tied to what rights reach over; empty where it is not.

    Args:
        place: Path to the place whose city it belongs to.
        organisation: Path to the organisation whose own it is.
        task: Path to the task of the register that it is part of.
        account: Path to the account whose own it is.
        plan: Path to the plan in whose tasks an organisation has a part.
        area: Path to the place, of the city or below, in which it lies.
        user: Path to the water user whose own it is.
        keeper: Path to the organisation that keeps the meter.
    """

    place: str = ""
    organisation: str = ""
    task: str = ""
    account: str = ""
    plan: str = ""
    area: str = ""
    user: str = ""
    keeper: str = ""


def _of_user(path: str) -> Paths:
    """Return how a table of the ledger is tied that leads to a water user by a path."""
    to = f"{path}__" if path else ""
    organisation = f"{to}organisation"
    return Paths(
        place=f"{to}city", organisation=organisation, area=f"{organisation}__place", user=path or "pk"
    )


def _of_meter(path: str) -> Paths:
    """Return how a table is tied that leads to a meter by a path; a meter may have no user."""
    to = f"{path}__" if path else ""
    return replace(_of_user(f"{to}user"), place=f"{to}city", keeper=f"{to}keeper")


def _of_project(path: str) -> Paths:
    """Return how a table is tied that leads to a project by a path."""
    return Paths(place=f"{path}__place", organisation=f"{path}__owner", area=f"{path}__area")


PATHS: dict[type[Model], Paths] = {
    tables.PlanDocument: Paths(place="place"),
    tables.PlanVersion: Paths(place="plan__place"),
    tables.PlanDecision: Paths(place="version__plan__place"),
    tables.PlanFinding: Paths(place="version__plan__place"),
    tables.PublishedTask: Paths(place="version__plan__place"),
    tables.TaskUnit: Paths(place="task__version__plan__place"),
    tables.PublishedTarget: Paths(place="version__plan__place"),
    tables.PublishedDuty: Paths(place="version__plan__place"),
    tables.PublishedThreshold: Paths(place="version__plan__place"),
    tables.Place: Paths(place="pk", area="pk"),
    tables.Organisation: Paths(place="place", organisation="pk", area="place", keeper="pk"),
    tables.OrganisationName: Paths(place="organisation__place", organisation="organisation"),
    tables.UnitMatch: Paths(place="place"),
    tables.Membership: Paths(place="organisation__place", organisation="organisation"),
    tables.PersonProposal: Paths(place="organisation__place", organisation="organisation"),
    tables.RegisterTask: Paths(place="plan__place", task="pk"),
    tables.TaskParty: Paths(place="task__plan__place", task="task"),
    tables.RegisterTarget: Paths(place="plan__place", task="task"),
    tables.TargetShare: Paths(place="target__plan__place", task="target__task"),
    tables.TaskStep: Paths(place="task__plan__place", task="task"),
    tables.AnnualPlan: Paths(place="plan__place"),
    tables.AnnualItem: Paths(place="annual_plan__plan__place", task="task"),
    tables.ReportingPeriod: Paths(place="plan__place", plan="plan"),
    tables.Progress: Paths(place="task__plan__place", organisation="organisation", task="task"),
    tables.ProgressStep: Paths(
        place="progress__task__plan__place", organisation="progress__organisation", task="progress__task"
    ),
    tables.Evidence: Paths(
        place="progress__task__plan__place", organisation="progress__organisation", task="progress__task"
    ),
    tables.Judgement: Paths(place="task__plan__place", task="task"),
    tables.Comment: Paths(place="task__plan__place", task="task"),
    tables.Meeting: Paths(place="plan__place"),
    tables.MeetingDecision: Paths(place="meeting__plan__place", task="task"),
    tables.Rectification: Paths(place="plan__place", organisation="organisation"),
    tables.AccountabilityEntry: Paths(place="plan__place", organisation="organisation"),
    tables.Message: Paths(place="organisation__place", organisation="organisation", account="account"),
    tables.ImportBatch: Paths(place="organisation__place", organisation="organisation", account="made_by"),
    tables.ReportRecord: Paths(place="plan__place"),
    tables.Letter: Paths(place="place", organisation="organisation"),
    tables.SignedLink: Paths(place="organisation__place", organisation="organisation"),
    tables.Job: Paths(place="place", account="asked_by"),
    tables.SavedFilter: Paths(account="account"),
    tables.Event: Paths(place="place"),
    tables.LedgerBatch: Paths(
        place="place",
        organisation="organisation",
        account="made_by",
        area="organisation__place",
        keeper="organisation",
    ),
    tables.WaterUser: _of_user(""),
    tables.Site: _of_user("user"),
    tables.WaterSource: _of_user("user"),
    tables.Permit: _of_user("source__user"),
    tables.UserMerge: _of_user("kept"),
    tables.LedgerDocument: _of_user("user"),
    tables.UserFact: _of_user("subject"),
    tables.SiteFact: _of_user("subject__user"),
    tables.SourceFact: _of_user("subject__user"),
    tables.PermitFact: _of_user("subject__source__user"),
    tables.ActivityFact: _of_user("subject"),
    tables.ContactFact: _of_user("subject"),
    tables.Meter: _of_meter(""),
    tables.MeterEvent: _of_meter("meter"),
    tables.MeterFact: _of_meter("subject"),
    tables.SettledMonth: _of_meter("meter"),
    tables.MeterFinding: _of_meter("meter"),
    tables.MeterFiling: _of_meter("meter"),
    tables.ReadingEdit: _of_meter("meter"),
    tables.MeterWatch: _of_meter("meter"),
    tables.UserUse: replace(_of_user("user"), place="city"),
    tables.CityUse: Paths(place="city"),
    tables.UseProfile: _of_user("subject"),
    tables.MemberList: Paths(place="place", area="place"),
    tables.MemberRow: _of_user("user"),
    tables.CityOutline: Paths(place="place", area="place"),
    tables.LocalRule: Paths(place="place"),
    tables.RuleCheck: Paths(place="place"),
    tables.UseNorm: Paths(place="place"),
    tables.RegionalCap: Paths(place="place", area="district"),
    tables.AllowanceRound: Paths(place="place"),
    tables.AllowanceProposal: _of_user("user"),
    tables.PlannedAllowance: _of_user("user"),
    tables.AllowanceEntry: _of_user("allowance__user"),
    tables.AllowanceMonth: _of_user("entry__allowance__user"),
    tables.UseWarning: _of_user("allowance__user"),
    tables.Project: Paths(place="place", organisation="owner", area="area"),
    tables.GateDocument: _of_project("project"),
    tables.GateFact: _of_project("project"),
    tables.GateRecord: _of_project("project"),
    tables.PermitRecord: _of_user("permit__source__user"),
    tables.EliminationList: Paths(place="place", area="place"),
    tables.ChargeRun: Paths(place="place"),
    tables.Charge: _of_user("user"),
    tables.ChargeEntry: _of_user("charge__user"),
    tables.AwardScheme: Paths(place="place"),
    tables.Award: _of_user("user"),
}
_PARTS = (tables.PlaceKind.DISTRICT, tables.PlaceKind.ZONE, tables.PlaceKind.TOWN)
_WHOLES = (tables.PlaceKind.CITY, *_PARTS)
SYSTEM_TABLES: frozenset[type[Model]] = frozenset(
    {
        tables.Account,
        tables.Membership,
        tables.PersonProposal,
        tables.ExternalIdentity,
        tables.Place,
        tables.Organisation,
        tables.OrganisationName,
        tables.Job,
        tables.WorkdayNotice,
        tables.WorkdayException,
        tables.Event,
    }
)


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
        return _closure(start, lambda keys: tables.Organisation.objects.filter(parent__in=keys))

    return _once(membership, "_organisations_below", found)


def _places_below(membership: tables.Membership) -> set[int]:
    """Return the place of a membership's organisation and the places below it."""

    def found() -> set[int]:
        start = {membership.organisation.place_id}
        return _closure(start, lambda keys: tables.Place.objects.filter(parent__in=keys))

    return _once(membership, "_places_below", found)


def _city_of(membership: tables.Membership) -> set[int]:
    """Return the places of the city: those below an office's own, else below the city above."""

    def found() -> set[int]:
        place = membership.organisation.place
        if membership.organisation.kind != tables.OrganisationKind.OFFICE:
            place = city_above(place)
        return _closure({place.pk}, lambda keys: tables.Place.objects.filter(parent__in=keys))

    return _once(membership, "_places_of_city", found)


def _once(membership: tables.Membership, name: str, find: Callable[[], set[int]]) -> set[int]:
    """Find once for a membership object; those of a request are kept for the request only."""
    known: set[int] | None = getattr(membership, name, None)
    if known is None:
        known = find()
        setattr(membership, name, known)
    return known


def _closure(start: set[int], children: Callable[[Iterable[int]], QuerySet[Any]]) -> set[int]:
    found, edge = set(start), set(start)
    while edge:
        edge = set(children(edge).values_list("pk", flat=True)) - found
        found |= edge
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
    "row_for",
    "scope",
    "sight",
]
