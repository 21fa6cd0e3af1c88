"""Find what a new case can be about: a water user, a project, a unit or a place in sight, or only a name."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import CaseSubject, Organisation, Place, Project, WaterUser
from shuiheng.adapters.records.queries_case_subjects import (
    listed_found,
    organisations_found,
    places_found,
    projects_found,
    users_found,
)
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action, Actor, may
from shuiheng.services.scope import row_for, sight

AREA, PROJECT, ORGANISATION = "area", "project", "organisation"
USER_KEY, PROJECT_KEY, PLACE_KEY, UNIT_KEY = "user", "project", "place", "organisation"
LISTED_KEY = "name"


def subjects_found(actor: Actor, kind: ProgrammeKind, words: str) -> list[Subject]:
    """Return what a case of a kind can be about, by words of its name; areas also without words."""
    if kind.subject == AREA:
        return [_area(row) for row in places_found(sight(actor, Action.CASES_KEEP), words)]
    if kind.subject == PROJECT:
        rows = projects_found(sight(actor, Action.GATES_LOOK), words) if may(actor, Action.GATES_LOOK) else ()
        return [_project(row) for row in rows]
    if kind.subject == ORGANISATION:
        units = organisations_found(sight(actor, Action.ORGANISATIONS_LOOK), words)
        return [_unit(row) for row in units]
    users: Sequence[WaterUser] = users_found(sight(actor, Action.LEDGER_LOOK), words)
    listed = listed_found(sight(actor, Action.CASES_KEEP), kind.subject, words)
    return [*(_listed(row) for row in listed), *(_user(row, kind.subject) for row in users)]


def subject_chosen(actor: Actor, kind: ProgrammeKind, key: str) -> Subject:
    """Return what a key names, when a case of the kind can be about it.

    Raises:
        NotThereError: It is not there, not the actor's, or of another sort.
    """
    sort, _, number = key.partition(":")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) <= len("123456789012") else 0
    if sort == PLACE_KEY and kind.subject == AREA:
        return _area(row_for(actor, Action.CASES_KEEP, Place, pk=pk))
    if sort == PROJECT_KEY and kind.subject == PROJECT:
        return _project(row_for(actor, Action.GATES_LOOK, Project, pk=pk))
    if sort == UNIT_KEY and kind.subject == ORGANISATION:
        return _unit(row_for(actor, Action.ORGANISATIONS_LOOK, Organisation, pk=pk))
    if sort == LISTED_KEY and kind.subject not in (AREA, PROJECT, ORGANISATION):
        return _listed(
            row_for(
                actor,
                Action.CASES_KEEP,
                CaseSubject,
                sort=kind.subject,
                name=number,
                closed_at__isnull=True,
            )
        )
    if sort == USER_KEY and kind.subject not in (AREA, PROJECT, ORGANISATION):
        return _user(row_for(actor, Action.LEDGER_LOOK, WaterUser, pk=pk), kind.subject)
    raise NotThereError(f"subject:{key}")


def subject_named(kind: ProgrammeKind, name: str) -> Subject:
    """Return what no table holds, told apart by its name alone."""
    plain = " ".join(name.split())
    return Subject(key=f"name:{plain}", name=plain, sort=kind.subject)


def _listed(row: CaseSubject) -> Subject:
    return Subject(key=f"name:{row.name}", name=row.name, sort=row.sort, district=row.district_id)


def _user(row: WaterUser, sort: str) -> Subject:
    unit = row.organisation
    return Subject(
        key=f"{USER_KEY}:{row.pk}",
        name=unit.name,
        sort=sort,
        user=row.pk,
        organisation=unit.pk,
        district=unit.place_id,
    )


def _project(row: Project) -> Subject:
    return Subject(
        key=f"{PROJECT_KEY}:{row.pk}",
        name=row.name,
        sort=PROJECT,
        project=row.pk,
        organisation=row.owner_id,
        district=row.area_id,
    )


def _area(row: Place) -> Subject:
    return Subject(key=f"{PLACE_KEY}:{row.pk}", name=row.name, sort=AREA, place=row.pk, district=row.pk)


def _unit(row: Organisation) -> Subject:
    return Subject(
        key=f"{UNIT_KEY}:{row.pk}",
        name=row.name,
        sort=ORGANISATION,
        organisation=row.pk,
        district=row.place_id,
    )
