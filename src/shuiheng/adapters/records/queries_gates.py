"""Projects with their facts and outcomes, permits as of a day, and lists of what is to be given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    EliminationList,
    GateDocument,
    GateFact,
    GateRecord,
    Permit,
    PermitFact,
    PermitRecord,
    Project,
    SourceFact,
    UserFact,
)
from shuiheng.adapters.records.sight import Sight

LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """Which projects are listed; empty fields do not filter.

    Args:
        words: Words in the name or the owner's name.
        kind: Kind of project.
        stage: Stage.
        area: Key of a district.
        has_closed: Whether closed ones are listed too.
    """

    words: str = ""
    kind: str = ""
    stage: str = ""
    area: int | None = None
    has_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitFilter:
    """Which permits are listed; empty fields do not filter.

    Args:
        words: Words in the number of the permit, or the name or number of the user.
        area: Key of a district.
        water: Kind of water.
        ends_from: First day of the end that is listed.
        ends_to: Last day of it.
        has_no_end: Whether only permits without a known end are listed.
    """

    words: str = ""
    area: int | None = None
    water: str = ""
    ends_from: date | None = None
    ends_to: date | None = None
    has_no_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitLine:
    """A permit as of a day with its user and source."""

    fact: PermitFact
    user: UserFact | None
    source: SourceFact | None
    begins_on: date


def projects(seen: Sight, wanted: ProjectFilter) -> QuerySet[Project]:
    """Return the projects in sight, the newest first."""
    rows = seen(Project).select_related("owner", "area", "permit")
    if not wanted.has_closed:
        rows = rows.filter(is_closed=False)
    for field, value in (("kind", wanted.kind), ("stage", wanted.stage), ("area", wanted.area)):
        rows = rows.filter(**{field: value}) if value else rows
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(owner_name__icontains=word) | Q(owner__name__icontains=word)
        )
    return rows.order_by("-pk")


def project_at(seen: Sight, key: int) -> Project | None:
    """Return a project in sight, or None."""
    rows = seen(Project).select_related("place", "owner", "area", "permit__source__user", "made_by")
    return rows.filter(pk=key).first()


def entered_facts(seen: Sight, project: Project) -> Sequence[GateFact]:
    """Return the facts of a project that stand."""
    rows = seen(GateFact).filter(project=project, superseded_at__isnull=True)
    return list(rows.select_related("document", "entered_by"))


def standing_records(seen: Sight, project: Project) -> Mapping[str, GateRecord]:
    """Return the outcomes of a project that stand, by gate."""
    rows = seen(GateRecord).filter(project=project, superseded_at__isnull=True)
    return {row.gate: row for row in rows.select_related("document", "decided_by")}


def past_records(seen: Sight, project: Project) -> Sequence[GateRecord]:
    """Return every outcome of a project, superseded ones too, the newest first."""
    return list(seen(GateRecord).filter(project=project).select_related("document", "decided_by"))


def documents_of(seen: Sight, project: Project) -> Sequence[GateDocument]:
    """Return the documents of a project, the newest first."""
    return list(seen(GateDocument).filter(project=project).select_related("added_by"))


def outcome_counts(seen: Sight, keys: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """Return how many gates of these projects have which confirmed outcome."""
    rows = seen(GateRecord).filter(project__in=keys, superseded_at__isnull=True)
    found: dict[int, dict[str, int]] = {}
    for key, outcome, count in rows.order_by().values_list("project", "outcome").annotate(n=Count("pk")):
        found.setdefault(key, {})[outcome] = count
    return found


def permit_facts(seen: Sight, wanted: PermitFilter, on: date) -> QuerySet[PermitFact]:
    """Return the permits in sight as of a day, those that end first at the top."""
    rows = standing(seen(PermitFact), AsOf(on=on)).filter(subject__source__user__merged_into__isnull=True)
    if wanted.area:
        users = standing(seen(UserFact).filter(district=wanted.area), AsOf(on=on)).values("subject")
        rows = rows.filter(subject__source__user__in=users)
    if wanted.water:
        sources = standing(seen(SourceFact).filter(water_kind=wanted.water), AsOf(on=on)).values("subject")
        rows = rows.filter(subject__source__in=sources)
    if wanted.ends_from is not None:
        rows = rows.filter(expires_on__gte=wanted.ends_from)
    if wanted.ends_to is not None:
        rows = rows.filter(expires_on__lte=wanted.ends_to)
    if wanted.has_no_end:
        rows = rows.filter(expires_on__isnull=True)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(subject__number__icontains=word)
            | Q(subject__source__user__organisation__name__icontains=word)
            | Q(subject__source__user__number__startswith=word)
        )
    return rows.select_related("subject__source__user__organisation", "subject__source__user__city").order_by(
        "expires_on", "subject__number", "pk"
    )


def permit_lines(seen: Sight, facts: Sequence[PermitFact], on: date) -> Sequence[PermitLine]:
    """Return permits with their users and sources as of a day."""
    users = {fact.subject.source.user_id for fact in facts}
    sources = {fact.subject.source_id for fact in facts}
    of_user = standing(seen(UserFact).filter(subject__in=users), AsOf(on=on)).select_related("district")
    of_source = standing(seen(SourceFact).filter(subject__in=sources), AsOf(on=on)).select_related(
        "authority"
    )
    named = {row.subject_id: row for row in of_user}
    watered = {row.subject_id: row for row in of_source}
    begun = _begins(seen, facts)
    return [
        PermitLine(
            fact=fact,
            user=named.get(fact.subject.source.user_id),
            source=watered.get(fact.subject.source_id),
            begins_on=begun[fact.subject_id],
        )
        for fact in facts
    ]


def permit_records(seen: Sight, permits: Collection[int]) -> Mapping[int, Sequence[PermitRecord]]:
    """Return what came in for permits and stands, the newest first, by permit."""
    rows = seen(PermitRecord).filter(permit__in=permits, superseded_at__isnull=True)
    found: dict[int, list[PermitRecord]] = {}
    for row in rows.select_related("recorded_by"):
        found.setdefault(row.permit_id, []).append(row)
    return found


def elimination_lists(seen: Sight, *, on: date | None = None) -> Sequence[EliminationList]:
    """Return the lists in sight, on a day only those that hold; the newest first."""
    rows = seen(EliminationList).select_related("sent_by", "ended_by")
    if on is not None:
        rows = rows.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return list(rows)


def open_renewals(seen: Sight, permits: Collection[int]) -> Mapping[int, Project]:
    """Return the renewals that are open for permits, by permit."""
    rows = seen(Project).filter(permit__in=permits, kind="renewal", is_closed=False)
    return {row.permit_id: row for row in rows if row.permit_id is not None}


def _begins(seen: Sight, facts: Sequence[PermitFact]) -> Mapping[int, date]:
    """Return since when each permit ends on the day on which it ends: the first day of its term."""
    keys = [fact.subject_id for fact in facts]
    beliefs = seen(PermitFact).filter(subject__in=keys, superseded_at__isnull=True)
    found = {fact.subject_id: fact.valid_from for fact in facts}
    ends = {fact.subject_id: fact.expires_on for fact in facts}
    for row in beliefs.order_by("-valid_from"):
        if row.valid_from <= found[row.subject_id] and row.expires_on == ends[row.subject_id]:
            found[row.subject_id] = row.valid_from
    return found


def projects_of_permit(seen: Sight, permit: Permit) -> Sequence[Project]:
    """Return the renewals of a permit, the newest first."""
    return list(seen(Project).filter(permit=permit))
