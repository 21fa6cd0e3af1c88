"""Whom a kind of programme may be about, as far as the registers of the city tell (候选对象)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.db.models import Q

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    CaseSubject,
    Organisation,
    Place,
    ProgrammeCase,
    Project,
    UserFact,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.site_types import FACT as SITE_TYPE
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.rules.conditions import facts_of
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.kinds.kinds_now import kinds_of

USER, PROJECT, AREA, ORGANISATION = "water_user", "project", "area", "organisation"


def has_register(kind: ProgrammeKind) -> bool:
    """Return whether a register of the city lists all of what cases of a kind are about.

    Places, parks and irrigation districts are users of the ledger where the kind asks for a type of site.
    """
    return kind.subject in WHOLE or SITE_TYPE in facts_of(kind.eligibility)


def candidates(seen: Sight, city: Place, kind: ProgrammeKind, on: date) -> Sequence[Subject]:
    """Return whom a kind may be about in a city on a day.

    What no register lists is known from the list of other things (其他对象) and from earlier cases of any
    kind that is about the same.

    Args:
        seen: What the reader may see.
        city: The city.
        kind: The kind.
        on: The day.
    """
    read = _reader(kind)
    found = [] if read is None else list(read(seen, city, kind.subject, on))
    if kind.subject in REGISTERS:
        return found
    found += _listed(seen, city, kind)
    known = {each.key for each in found}
    earlier = () if read is not None else _of_cases(seen, city, kind.subject, on)
    return [*found, *(each for each in earlier if each.key not in known)]


def listed_sorts(city: Place, on: date) -> Sequence[str]:
    """Return what kinds of a city are about that no register lists whole."""
    about = {kind.subject for kind in kinds_of(city, on).values()}
    return [sort for sort in programme_words().subjects if sort in about and sort not in REGISTERS]


def listed_facts(city: Place, sort: str, on: date) -> Sequence[str]:
    """Return the names of the facts that kinds about a sort of thing ask of it."""
    kinds = [kind for kind in kinds_of(city, on).values() if kind.subject == sort]
    asked = {name for kind in kinds for name in facts_of(kind.eligibility)}
    return [name for name in programme_words().facts if name in asked]


def user_key(key: int) -> str:
    """Return by what a water user is told apart as the subject of a case."""
    return f"user:{key}"


def _reader(kind: ProgrammeKind) -> Callable[[Sight, Place, str, date], Sequence[Subject]] | None:
    if kind.subject in READERS:
        return READERS[kind.subject]
    return _users if SITE_TYPE in facts_of(kind.eligibility) else None


def _users(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = standing(seen(UserFact).filter(subject__city=city, is_open=True), AsOf(on=on))
    rows = rows.filter(subject__merged_into__isnull=True).order_by("subject__number")
    columns = ("subject_id", "name", "subject__organisation_id", "district_id")
    return [
        Subject(
            key=user_key(user),
            name=name,
            sort=sort,
            user=user,
            organisation=unit,
            district=city.pk if district is None else district,
        )
        for user, name, unit, district in rows.values_list(*columns)
    ]


def _projects(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = seen(Project).filter(place=city, is_closed=False).order_by("pk")
    columns = ("pk", "name", "owner_id", "area_id")
    return [
        Subject(key=f"project:{key}", name=name, sort=sort, project=key, organisation=owner, district=area)
        for key, name, owner, area in rows.values_list(*columns)
    ]


def _areas(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = seen(Place).filter(Q(pk=city.pk) | Q(parent=city)).order_by("order", "pk")
    return [
        Subject(key=f"place:{key}", name=name, sort=sort, place=key, district=key)
        for key, name in rows.values_list("pk", "name")
    ]


def _organisations(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = seen(Organisation).filter(Q(place=city) | Q(place__parent=city), to_on__isnull=True)
    columns = ("pk", "name", "place_id")
    return [
        Subject(key=f"organisation:{key}", name=name, sort=sort, organisation=key, district=place)
        for key, name, place in rows.order_by("name", "pk").values_list(*columns)
    ]


def _listed(seen: Sight, city: Place, kind: ProgrammeKind) -> Sequence[Subject]:
    """Return what was listed; for a kind that asks for a type of site, only what has one."""
    rows = seen(CaseSubject).filter(place=city, sort=kind.subject, closed_at__isnull=True)
    asks_site = SITE_TYPE in facts_of(kind.eligibility)
    return [
        Subject(key=f"name:{name}", name=name, sort=kind.subject, district=district)
        for name, district, facts in rows.values_list("name", "district_id", "facts")
        if not asks_site or SITE_TYPE in facts
    ]


def _of_cases(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    """Return what earlier cases were about, each once, as its last case names it."""
    names = [kind.id for kind in kinds_of(city, on).values() if kind.subject == sort]
    closed = CaseSubject.objects.filter(place=city, sort=sort, closed_at__isnull=False)
    gone = {f"name:{name}" for name in closed.values_list("name", flat=True)}
    rows = seen(ProgrammeCase).filter(place=city, kind__in=names).order_by("subject_name", "-pk")
    columns = ("subject_key", "subject_name", "user_id", "organisation_id", "district_id")
    found: dict[str, Subject] = {}
    for key, name, user, unit, district in rows.values_list(*columns):
        if key not in found and key not in gone:
            about = Subject(key=key, name=name, sort=sort, user=user, organisation=unit, district=district)
            found[key] = about
    return list(found.values())


READERS: Mapping[str, Callable[[Sight, Place, str, date], Sequence[Subject]]] = MappingProxyType(
    {USER: _users, PROJECT: _projects, AREA: _areas, ORGANISATION: _organisations}
)
REGISTERS, WHOLE = frozenset(READERS), frozenset({USER, PROJECT, AREA})
